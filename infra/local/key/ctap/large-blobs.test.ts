import { createHash } from 'node:crypto';

import type { CborValue } from '../cbor/types';
import type { VirtualDevice } from '../device';
import { modern } from '../profiles';
import { enrol, PIN } from '../testing/ceremonies';
import { members, openHost, testDevice, type Answer, type Host } from '../testing/host';
import { getToken, setPin, type PlatformToken } from '../testing/platform-pin';
import { Status } from './status';

const LARGE_BLOBS = 0x0c;
const LBW = 0x10;
/** CTAP 2.1 §6.10: the initial serialised large-blob array, as the specification prints it. */
const INITIAL = Buffer.from('8076be8b528d0075f7aae98d6fa57a6d3c', 'hex');
const MAX_FRAGMENT = modern.maxMsgSize - 64;

const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
const array = (size: number): Buffer => {
  const content = Buffer.alloc(size - 16, 0x5a);
  return Buffer.concat([content, sha256(content).subarray(0, 16)]);
};

describe('authenticatorLargeBlobs', () => {
  let device: VirtualDevice;
  let host: Host;
  beforeEach(async () => {
    device = await testDevice();
    host = await openHost(device);
  });
  afterEach(() => host.detach());

  const call = (request: Record<number, CborValue | undefined>): Promise<Answer> =>
    host.cbor(LARGE_BLOBS, members(request));
  const read = async (offset = 0, count = MAX_FRAGMENT): Promise<unknown> =>
    (await call({ 1: count, 3: offset })).body?.get(1);
  const write = (set: Buffer, offset: number, length?: number, token?: PlatformToken): Promise<Answer> => {
    const at = Buffer.alloc(4);
    at.writeUInt32LE(offset);
    const message = Buffer.concat([Buffer.alloc(32, 0xff), Buffer.of(0x0c, 0), at, sha256(set)]);
    const auth = token === undefined ? {} : { 5: token.authenticate(message), 6: token.version };
    return call({ 2: set, 3: offset, 4: length, ...auth });
  };
  const token = async (permissions = LBW): Promise<PlatformToken> => (await getToken(host, PIN, permissions)).token!;

  test('begins with the array of the specification', async () => {
    expect(await read()).toEqual(INITIAL);
    expect(await read(1, 4)).toEqual(INITIAL.subarray(1, 5));
    expect(await read(17)).toEqual(Buffer.alloc(0));
  });

  test('is written in fragments and replaced as a whole at the last one', async () => {
    const whole = array(3_000);
    expect((await write(whole.subarray(0, MAX_FRAGMENT), 0, 3_000)).status).toBe(Status.OK);
    expect(await read()).toEqual(INITIAL);
    expect((await write(whole.subarray(MAX_FRAGMENT), MAX_FRAGMENT)).status).toBe(Status.OK);
    expect(Buffer.concat([(await read()) as Buffer, (await read(MAX_FRAGMENT)) as Buffer])).toEqual(whole);
  });

  test('an array whose check value is wrong leaves the old one', async () => {
    await write(array(40), 0, 40);
    const broken = array(60);
    broken[0] = 0;
    expect((await write(broken, 0, 60)).status).toBe(Status.INTEGRITY_FAILURE);
    expect(await read()).toEqual(array(40));
  });

  test('beginning again forgets what was begun', async () => {
    await write(array(100).subarray(0, 50), 0, 100);
    expect((await write(array(40), 0, 40)).status).toBe(Status.OK);
    expect((await write(array(100).subarray(50), 50)).status).toBe(Status.INVALID_SEQ);
  });

  test('a key with a PIN wants a token with lbw for each fragment', async () => {
    await setPin(host, PIN);
    const whole = array(100);
    expect((await write(whole, 0, 100)).status).toBe(Status.PUAT_REQUIRED);
    expect((await write(whole, 0, 100, await token(0x04))).status).toBe(Status.PIN_AUTH_INVALID);
    const right = await token();
    expect((await write(whole.subarray(0, 50), 0, 100, right)).status).toBe(Status.OK);
    expect((await write(whole.subarray(50), 50, undefined, right)).status).toBe(Status.OK);
    expect(await read()).toEqual(whole);
  });

  test('a token keeps lbw after an assertion, and nothing else', async () => {
    await setPin(host, PIN);
    await enrol(host);
    const { token: both } = await getToken(host, PIN, 0x02 | LBW, 'keyvouch.test');
    const hash = Buffer.alloc(32, 0xcd);
    const request = members({ 1: 'keyvouch.test', 2: hash, 6: both!.authenticate(hash), 7: 2 });
    expect((await host.cbor(0x02, request)).status).toBe(Status.OK);
    expect((await host.cbor(0x02, request)).status).toBe(Status.PIN_AUTH_INVALID);
    expect((await write(array(40), 0, 40, both)).status).toBe(Status.OK);
  });

  test('survives a power cut, ends with a reset', async () => {
    await write(array(40), 0, 40);
    device.power(false);
    device.power(true);
    host = await openHost(device);
    expect(await read()).toEqual(array(40));
    await host.cbor(0x07);
    expect(await read()).toEqual(INITIAL);
  });

  const blob = Buffer.alloc(20);
  test.each<[string, Record<number, CborValue>, number]>([
    ['no offset', { 1: 1 }, Status.INVALID_PARAMETER],
    ['neither get nor set', { 3: 0 }, Status.INVALID_PARAMETER],
    ['get and set', { 1: 1, 2: blob, 3: 0 }, Status.INVALID_PARAMETER],
    ['get with length', { 1: 1, 3: 0, 4: 17 }, Status.INVALID_PARAMETER],
    ['get with pinUvAuthParam', { 1: 1, 3: 0, 5: blob }, Status.INVALID_PARAMETER],
    ['get with pinUvAuthProtocol', { 1: 1, 3: 0, 6: 2 }, Status.INVALID_PARAMETER],
    ['get of the longest fragment', { 1: MAX_FRAGMENT, 3: 0 }, Status.OK],
    ['get of more', { 1: MAX_FRAGMENT + 1, 3: 0 }, Status.INVALID_LENGTH],
    ['get beyond the end', { 1: 1, 3: 18 }, Status.INVALID_PARAMETER],
    ['get as text', { 1: 'x', 3: 0 }, Status.CBOR_UNEXPECTED_TYPE],
    ['a negative offset', { 1: 1, 3: -1 }, Status.CBOR_UNEXPECTED_TYPE],
    ['an offset of 64 bits', { 1: 1, 3: 2n ** 60n }, Status.CBOR_UNEXPECTED_TYPE],
    ['set of more than a fragment', { 2: Buffer.alloc(MAX_FRAGMENT + 1), 3: 0, 4: 3000 }, Status.INVALID_LENGTH],
    ['set without length', { 2: blob, 3: 0 }, Status.INVALID_PARAMETER],
    ['set of an array too short', { 2: blob, 3: 0, 4: 16 }, Status.INVALID_PARAMETER],
    ['set of an array too long', { 2: blob, 3: 0, 4: 4097 }, Status.LARGE_BLOB_STORAGE_FULL],
    ['set of more than announced', { 2: blob, 3: 0, 4: 19 }, Status.INVALID_PARAMETER],
    ['set in the middle of nothing', { 2: blob, 3: 20 }, Status.INVALID_SEQ],
    ['set in the middle with length', { 2: blob, 3: 20, 4: 40 }, Status.INVALID_PARAMETER],
    ['set with pinUvAuthParam alone', { 2: blob, 3: 0, 4: 40, 5: blob }, Status.MISSING_PARAMETER],
    ['set with protocol 3', { 2: blob, 3: 0, 4: 40, 5: blob, 6: 3 }, Status.INVALID_PARAMETER],
  ])('%s', async (_name, request, expected) => {
    expect((await call(request)).status).toBe(expected);
  });
});
