import { createHash } from 'node:crypto';

import { encodeCbor } from '../cbor/encode';
import type { CborMap } from '../cbor/types';
import type { VirtualDevice } from '../device';
import { descriptor, enrol, PIN, RP_ID } from '../testing/ceremonies';
import { members, named, openHost, testDevice, type Answer, type Host } from '../testing/host';
import { getToken, setPin } from '../testing/platform-pin';
import { Status } from './status';

const MANAGE = 0x0a;
const CM = 0x04;
const hash = (rpId: string): Buffer => createHash('sha256').update(rpId).digest();

describe('credential management', () => {
  let device: VirtualDevice;
  let host: Host;
  let ann: Buffer;
  beforeEach(async () => {
    device = await testDevice();
    host = await openHost(device);
    await setPin(host, PIN);
    ann = await enrol(host);
    await enrol(host, { 3: named({ id: Buffer.from('eve'), name: 'eve' }), 6: named({ credProtect: 3 }) });
  });
  afterEach(() => host.detach());

  const manage = async (
    subCommand: number,
    params?: CborMap,
    { permissions = CM, rpId, command = MANAGE }: { permissions?: number; rpId?: string; command?: number } = {},
  ): Promise<Answer> => {
    const { token } = await getToken(host, PIN, permissions, rpId);
    const encoded = params === undefined ? Buffer.alloc(0) : encodeCbor(params);
    const param = token!.authenticate(Buffer.concat([Buffer.of(subCommand), encoded]));
    return host.cbor(command, members({ 1: subCommand, 2: params, 3: 2, 4: param }));
  };
  const next = (subCommand: number): Promise<Answer> => host.cbor(MANAGE, members({ 1: subCommand }));
  const userName = ({ body }: Answer): unknown => (body?.get(6) as CborMap).get('name');

  test('counts what is there and what fits', async () => {
    const { body } = await manage(0x01);
    expect([body?.get(1), body?.get(2)]).toEqual([2, 98]);
  });

  test('lists RPs and their credentials, step by step', async () => {
    const rp = await manage(0x02);
    expect(rp.body).toEqual(members({ 3: named({ id: RP_ID, name: 'Keyvouch' }), 4: hash(RP_ID), 5: 1 }));
    expect((await next(0x03)).status).toBe(Status.NOT_ALLOWED);
    const first = await manage(0x04, members({ 1: hash(RP_ID) }));
    expect([userName(first), first.body?.get(9), first.body?.get(10)]).toEqual(['eve', 2, 3]);
    const second = await next(0x05);
    expect([userName(second), second.body?.has(9), second.body?.get(10)]).toEqual(['ann@keyvouch.test', false, 1]);
    expect((await next(0x05)).status).toBe(Status.NOT_ALLOWED);
  });

  test('a step after anything else is NOT_ALLOWED', async () => {
    await manage(0x04, members({ 1: hash(RP_ID) }));
    await host.cbor(0x04);
    expect((await next(0x05)).status).toBe(Status.NOT_ALLOWED);
  });

  test.each([
    ['metadata with a token for one RP', 0x01, undefined, { rpId: RP_ID }, Status.PIN_AUTH_INVALID],
    ['RPs with a token for one RP', 0x02, undefined, { rpId: RP_ID }, Status.PIN_AUTH_INVALID],
    ['metadata with a token for something else', 0x01, undefined, { permissions: 0x20 }, Status.PIN_AUTH_INVALID],
    ['its own credentials with a token for one RP', 0x04, members({ 1: hash(RP_ID) }), { rpId: RP_ID }, Status.OK],
    ["another's credentials", 0x04, members({ 1: hash(RP_ID) }), { rpId: 'other.test' }, Status.PIN_AUTH_INVALID],
    ['credentials of an unknown RP', 0x04, members({ 1: hash('other.test') }), {}, Status.NO_CREDENTIALS],
    ['an rpIDHash of another size', 0x04, members({ 1: Buffer.alloc(31) }), {}, Status.INVALID_LENGTH],
    ['deleting what is not there', 0x06, members({ 2: descriptor(Buffer.alloc(32)) }), {}, Status.NO_CREDENTIALS],
    ['metadata by the command of before CTAP 2.1', 0x01, undefined, { command: 0x41 }, Status.OK],
  ])('%s', async (_name, subCommand, params, how, expected) => {
    expect((await manage(subCommand, params, how)).status).toBe(expected);
  });

  test('deletes exactly one', async () => {
    expect((await manage(0x06, members({ 2: descriptor(ann) }))).status).toBe(Status.OK);
    expect(userName(await manage(0x04, members({ 1: hash(RP_ID) })))).toBe('eve');
    expect(device.condition().credentials).toBe(1);
  });

  test('updates names, but never whose credential it is', async () => {
    const update = (user: CborMap): Promise<Answer> => manage(0x07, members({ 2: descriptor(ann), 3: user }));
    expect((await update(named({ id: Buffer.from('ann'), name: 'anna' }))).status).toBe(Status.OK);
    await manage(0x04, members({ 1: hash(RP_ID) }));
    const user = (await next(0x05)).body?.get(6);
    expect(user).toEqual(named({ id: Buffer.from('ann'), name: 'anna' }));
    expect((await update(named({ id: Buffer.from('eve'), name: 'x' }))).status).toBe(Status.INVALID_PARAMETER);
  });

  test('an empty key has no RPs to list', async () => {
    await host.cbor(0x07);
    await setPin(host, PIN);
    expect((await manage(0x02)).status).toBe(Status.NO_CREDENTIALS);
  });
});
