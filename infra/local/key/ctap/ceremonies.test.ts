import { createHash, createPublicKey, verify } from 'node:crypto';

import { decodeCbor } from '../cbor/decode';
import { encodeCbor } from '../cbor/encode';
import type { CborMap } from '../cbor/types';
import type { VirtualDevice } from '../device';
import { modern } from '../profiles';
import {
  credentialId,
  descriptor,
  enrol,
  getAssertionRequest,
  HASH,
  makeCredentialRequest,
} from '../testing/ceremonies';
import { PIN, RP_ID, withToken } from '../testing/ceremonies';
import { members, named, openHost, testDevice, type Answer, type Host } from '../testing/host';
import { agree, setPin } from '../testing/platform-pin';
import { Status } from './status';

const MAKE = 0x01;
const ASSERT = 0x02;
const NEXT = 0x08;
const SILENT = { 5: named({ up: false }) };

let device: VirtualDevice;
let host: Host;
beforeEach(async () => {
  device = await testDevice();
  host = await openHost(device);
});
afterEach(() => host.detach());

const flags = ({ body }: Answer): number => (body?.get(2) as Buffer).readUInt8(32);
const counter = ({ body }: Answer): number => (body?.get(2) as Buffer).readUInt32BE(33);
const userOf = ({ body }: Answer): unknown =>
  body?.get(4) && Object.fromEntries(body.get(4) as ReadonlyMap<string, unknown>);
const assertWithPin = async (replace: Parameters<typeof getAssertionRequest>[0] = {}): Promise<Answer> =>
  host.cbor(ASSERT, await withToken(host, getAssertionRequest(replace), 2));

/** The public key in a makeCredential's authData, for Node. */
function publicKey({ body }: Answer): ReturnType<typeof createPublicKey> {
  const data = body?.get(2) as Buffer;
  const cose = decodeCbor(data.subarray(55 + data.readUInt16BE(53))) as CborMap;
  const [x = '', y = ''] = [-2, -3].map((at) => (cose.get(at) as Buffer | undefined)?.toString('base64url'));
  const jwk = cose.get(3) === -7 ? { kty: 'EC', crv: 'P-256', x, y } : { kty: 'OKP', crv: 'Ed25519', x };
  return createPublicKey({ format: 'jwk', key: jwk });
}

describe('makeCredential', () => {
  test.each([
    ['a key without PIN', false, {}, false, Status.OK],
    ['a key without PIN, discoverable', false, { rk: true }, false, Status.OK],
    ['a key with PIN', true, {}, false, Status.OK],
    ['a key with PIN, discoverable', true, { rk: true }, false, Status.PUAT_REQUIRED],
    ['a key with PIN, discoverable, with token', true, { rk: true }, true, Status.OK],
    ['uv beside a token', true, { rk: true, uv: true }, true, Status.OK],
  ])('on %s', async (_name, hasPin, options, token, expected) => {
    if (hasPin) await setPin(host, PIN);
    const request = makeCredentialRequest({ 7: named(options) });
    const answer = await host.cbor(MAKE, token ? await withToken(host, request, 1) : request);
    expect(answer.status).toBe(expected);
    if (expected === Status.OK) expect(flags(answer)).toBe(token ? 0x45 : 0x41);
  });

  test('a token is worth one registration', async () => {
    await setPin(host, PIN);
    const request = await withToken(host, makeCredentialRequest(), 1);
    expect((await host.cbor(MAKE, request)).status).toBe(Status.OK);
    expect((await host.cbor(MAKE, request)).status).toBe(Status.PIN_AUTH_INVALID);
  });

  test.each([
    ['first', [-8, -7], -8],
    ['the first that the key knows', [-257, -7, -8], -7],
  ])('takes the algorithm that the platform names %s', async (_name, algs, expected) => {
    const list = algs.map((alg) => named({ alg, type: 'public-key' }));
    const made = await host.cbor(MAKE, makeCredentialRequest({ 4: list }));
    const answer = await host.cbor(ASSERT, getAssertionRequest({ 3: [descriptor(credentialId(made))] }));
    const signed = Buffer.concat([answer.body?.get(2) as Buffer, HASH]);
    const hash = expected === -7 ? 'sha256' : null;
    expect(verify(hash, signed, publicKey(made), answer.body?.get(3) as Buffer)).toBe(true);
  });

  test('the same RP and user again replaces the discoverable credential', async () => {
    await setPin(host, PIN);
    const first = await enrol(host);
    const second = await enrol(host);
    expect(device.condition().credentials).toBe(1);
    expect((await host.cbor(ASSERT, getAssertionRequest({ 3: [descriptor(first)], ...SILENT }))).status).toBe(0x2e);
    expect((await host.cbor(ASSERT, getAssertionRequest({ 3: [descriptor(second)], ...SILENT }))).status).toBe(0);
  });

  test('a full key says KEY_STORE_FULL, but still replaces', async () => {
    device = await testDevice({ profile: { ...modern, maxDiscoverableCredentials: 1 } });
    host = await openHost(device);
    await setPin(host, PIN);
    await enrol(host);
    const other = makeCredentialRequest({ 3: named({ id: Buffer.from('eve') }), 7: named({ rk: true }) });
    expect((await host.cbor(MAKE, await withToken(host, other, 1))).status).toBe(Status.KEY_STORE_FULL);
    await enrol(host);
  });

  test('an excluded credential is told of only after a touch', async () => {
    await setPin(host, PIN);
    const id = await enrol(host);
    const request = await withToken(host, makeCredentialRequest({ 5: [descriptor(id)] }), 1);
    device.touchBy('manual');
    let answered = false;
    const answer = host.cbor(MAKE, request).finally(() => (answered = true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([answered, device.light()]).toEqual([false, 'blinking']);
    device.touch();
    expect((await answer).status).toBe(Status.CREDENTIAL_EXCLUDED);
  });

  test.each([
    [1, false, Status.CREDENTIAL_EXCLUDED],
    [2, false, Status.CREDENTIAL_EXCLUDED],
    [3, false, Status.OK],
    [3, true, Status.CREDENTIAL_EXCLUDED],
  ])('credProtect %d, with token %s, in the excludeList', async (level, token, expected) => {
    await setPin(host, PIN);
    const id = await enrol(host, { 6: named({ credProtect: level }) });
    const request = makeCredentialRequest({ 5: [descriptor(id)] });
    expect((await host.cbor(MAKE, token ? await withToken(host, request, 1) : request)).status).toBe(expected);
  });

  test('an empty pinUvAuthParam asks, after a touch, whether there is a PIN', async () => {
    await setPin(host, PIN);
    const answer = await host.cbor(MAKE, makeCredentialRequest({ 8: Buffer.alloc(0) }));
    expect(answer.status).toBe(Status.PIN_INVALID);
    expect(answer.keepalives).toEqual([2, 1]);
  });

  test('answers canonically, with the extensions that were asked for and no others', async () => {
    const extensions = named({ credProtect: 2, 'hmac-secret': true, minPinLength: true });
    const { body } = await host.cbor(MAKE, makeCredentialRequest({ 6: extensions }));
    const data = body?.get(2) as Buffer;
    const tail = encodeCbor(named({ credProtect: 2, 'hmac-secret': true }));
    expect(data.subarray(-tail.length)).toEqual(tail);
    expect([...(body?.keys() ?? [])]).toEqual([1, 2, 3]);
    expect(data.subarray(0, 32)).toEqual(createHash('sha256').update(RP_ID).digest());
  });
});

describe('getAssertion', () => {
  beforeEach(async () => {
    await setPin(host, PIN);
  });

  test('a silent assertion needs neither touch nor PIN and says so', async () => {
    const id = await enrol(host);
    device.touchBy('manual');
    const answer = await host.cbor(ASSERT, getAssertionRequest({ 3: [descriptor(id)], ...SILENT }));
    expect([answer.status, flags(answer)]).toEqual([Status.OK, 0x00]);
  });

  test.each([
    [1, 'allowList', Status.OK],
    [2, 'allowList', Status.OK],
    [3, 'allowList', Status.NO_CREDENTIALS],
    [1, 'no list', Status.OK],
    [2, 'no list', Status.NO_CREDENTIALS],
    [3, 'no list', Status.NO_CREDENTIALS],
  ])('credProtect %d without PIN, %s', async (level, list, expected) => {
    const id = await enrol(host, { 6: named({ credProtect: level }) });
    const request = getAssertionRequest({ 3: list === 'allowList' ? [descriptor(id)] : undefined });
    expect((await host.cbor(ASSERT, request)).status).toBe(expected);
    expect((await assertWithPin()).status).toBe(Status.OK);
  });

  test('several accounts: newest first, names only with PIN, then the rest one by one', async () => {
    await enrol(host);
    await enrol(host, { 3: named({ id: Buffer.from('eve'), name: 'eve@keyvouch.test' }) });
    const first = await assertWithPin();
    expect(first.body?.get(5)).toBe(2);
    expect(userOf(first)).toEqual({ id: Buffer.from('eve'), name: 'eve@keyvouch.test' });
    const second = await host.cbor(NEXT);
    expect(userOf(second)).toEqual({ id: Buffer.from('ann'), name: 'ann@keyvouch.test', displayName: 'Ann' });
    expect(counter(second)).toBeGreaterThan(counter(first));
    expect((await host.cbor(NEXT)).status).toBe(Status.NOT_ALLOWED);
    const withoutPin = await host.cbor(ASSERT, getAssertionRequest());
    expect(userOf(withoutPin)).toEqual({ id: Buffer.from('eve') });
  });

  test('anything in between ends getNextAssertion', async () => {
    await enrol(host);
    await enrol(host, { 3: named({ id: Buffer.from('eve') }) });
    await assertWithPin();
    await host.cbor(0x04);
    expect((await host.cbor(NEXT)).status).toBe(Status.NOT_ALLOWED);
  });

  test('a single account is named by its handle alone, a sealed credential by nothing', async () => {
    const id = await enrol(host);
    const single = await assertWithPin({ 3: [descriptor(id)] });
    expect(userOf(single)).toEqual({ id: Buffer.from('ann') });
    expect(single.body?.has(5)).toBe(false);
    const sealed = credentialId(await host.cbor(MAKE, makeCredentialRequest()));
    expect((await assertWithPin({ 3: [descriptor(sealed)] })).body?.has(4)).toBe(false);
  });

  test('a sealed credential is unknown to another RP, and after a reset', async () => {
    const sealed = credentialId(await host.cbor(MAKE, makeCredentialRequest()));
    const request = getAssertionRequest({ 3: [descriptor(sealed)], ...SILENT });
    expect((await host.cbor(ASSERT, request)).status).toBe(Status.OK);
    expect((await host.cbor(ASSERT, new Map([...request, [1, 'other.test']]))).status).toBe(Status.NO_CREDENTIALS);
    expect((await host.cbor(0x07)).status).toBe(Status.OK);
    expect((await host.cbor(ASSERT, request)).status).toBe(Status.NO_CREDENTIALS);
  });

  test.each([1, 2] as const)(
    'hmac-secret by protocol %d: the same salt gives the same secret, with PIN another',
    async (version) => {
      const id = await enrol(host, { 6: named({ 'hmac-secret': true }) });
      const secret = async (salt: Buffer, pin: boolean): Promise<Buffer> => {
        const agreement = await agree(host, version);
        const saltEnc = agreement.encrypt(salt);
        const input = members({
          1: agreement.keyAgreement,
          2: saltEnc,
          3: agreement.authenticate(saltEnc),
          4: version,
        });
        const replace = { 3: [descriptor(id)], 4: named({ 'hmac-secret': input }) };
        const { body } = pin ? await assertWithPin(replace) : await host.cbor(ASSERT, getAssertionRequest(replace));
        const output = decodeCbor((body?.get(2) as Buffer).subarray(37)) as CborMap;
        return agreement.decrypt(output.get('hmac-secret') as Buffer);
      };
      const one = Buffer.alloc(32, 1);
      const two = Buffer.alloc(32, 2);
      const both = await secret(Buffer.concat([one, two]), false);
      expect(both).toHaveLength(64);
      expect(await secret(one, false)).toEqual(both.subarray(0, 32));
      expect(await secret(two, false)).toEqual(both.subarray(32));
      expect(await secret(one, true)).not.toEqual(both.subarray(0, 32));
    },
  );

  test.each([
    ['a forged saltAuth', 32, true, Status.PIN_AUTH_INVALID],
    ['half a salt', 16, false, Status.INVALID_LENGTH],
    ['three salts', 96, false, Status.INVALID_LENGTH],
  ])('hmac-secret with %s', async (_name, size, forged, expected) => {
    const id = await enrol(host, { 6: named({ 'hmac-secret': true }) });
    const agreement = await agree(host);
    const saltEnc = agreement.encrypt(Buffer.alloc(size));
    const saltAuth = forged ? HASH : agreement.authenticate(saltEnc);
    const input = members({ 1: agreement.keyAgreement, 2: saltEnc, 3: saltAuth, 4: 2 });
    const request = getAssertionRequest({ 3: [descriptor(id)], 4: named({ 'hmac-secret': input }) });
    expect((await host.cbor(ASSERT, request)).status).toBe(expected);
  });
});
