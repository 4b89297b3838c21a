import { X509Certificate } from 'node:crypto';

import { decodeCbor } from '../cbor/decode';
import { encodeCbor } from '../cbor/encode';
import type { CborMap, CborValue } from '../cbor/types';
import { modern } from '../profiles';
import { freshState } from '../state';
import { memoryStore } from '../store';
import { descriptor, enrol, getAssertionRequest, makeCredentialRequest } from '../testing/ceremonies';
import { PIN, RP_ID, credentialId, withToken } from '../testing/ceremonies';
import { members, named, openHost, testDevice, type Answer, type Host } from '../testing/host';
import { getToken, setPin } from '../testing/platform-pin';
import { Status } from './status';

const [MAKE, ASSERT, CONFIG] = [0x01, 0x02, 0x0d] as const;
const RK = { 7: named({ rk: true }) };
const BLOB = Buffer.from('a blob of 20 bytes..');

let host: Host;
beforeEach(async () => {
  host = await openHost(await testDevice());
});
afterEach(() => host.detach());

/** The extensions in an assertion's authenticator data. */
const outputs = ({ body }: Answer): CborValue => {
  const data = body?.get(2) as Buffer;
  return (data[32]! & 0x80) === 0 ? new Map() : decodeCbor(data.subarray(37));
};
const endsWith = ({ body }: Answer, extensions: CborMap): boolean => {
  const tail = encodeCbor(extensions);
  return (body?.get(2) as Buffer).subarray(-tail.length).equals(tail);
};
const make = (extensions: CborMap, more: Record<number, CborValue> = {}): Promise<Answer> =>
  host.cbor(MAKE, makeCredentialRequest({ 6: extensions, ...more }));

describe('credBlob', () => {
  const asked = named({ credBlob: true });

  test.each<[string, Buffer, Record<number, CborValue>, boolean]>([
    ['a discoverable credential keeps it', BLOB, RK, true],
    ['of 32 bytes', Buffer.alloc(32, 1), RK, true],
    ['of 33 bytes is left out', Buffer.alloc(33, 1), RK, false],
    ['of a non-discoverable credential is left out', BLOB, {}, false],
  ])('%s', async (_name, blob, options, kept) => {
    const made = await make(named({ credBlob: blob }), options);
    expect([made.status, endsWith(made, named({ credBlob: kept }))]).toEqual([Status.OK, true]);
    const answer = await host.cbor(ASSERT, getAssertionRequest({ 3: [descriptor(credentialId(made))], 4: asked }));
    expect(outputs(answer)).toEqual(named({ credBlob: kept ? blob : Buffer.alloc(0) }));
  });

  test('is told only where it is asked for', async () => {
    await make(named({ credBlob: BLOB }), RK);
    expect(outputs(await host.cbor(ASSERT, getAssertionRequest()))).toEqual(new Map());
    const not = getAssertionRequest({ 4: named({ credBlob: false }) });
    expect(outputs(await host.cbor(ASSERT, not))).toEqual(new Map());
  });
});

describe('largeBlobKey', () => {
  const asked = named({ largeBlobKey: true });

  test('is given beside the authenticator data, the same each time', async () => {
    const made = await make(asked, RK);
    const key = made.body?.get(5) as Buffer;
    expect(key).toHaveLength(32);
    expect((made.body?.get(2) as Buffer)[32]! & 0x80).toBe(0);
    expect((await host.cbor(ASSERT, getAssertionRequest({ 4: asked }))).body?.get(7)).toEqual(key);
    expect((await host.cbor(ASSERT, getAssertionRequest())).body?.has(7)).toBe(false);
  });

  test('is not there for credentials that were made without', async () => {
    await make(named({}), RK);
    expect((await host.cbor(ASSERT, getAssertionRequest({ 4: asked }))).body?.has(7)).toBe(false);
  });

  test('is listed by credential management', async () => {
    await setPin(host, PIN);
    await enrol(host, { 6: asked });
    const { token } = await getToken(host, PIN, 0x04);
    const params = members({ 1: Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(RP_ID))) });
    const param = token!.authenticate(Buffer.concat([Buffer.of(4), encodeCbor(params)]));
    const listed = await host.cbor(0x0a, members({ 1: 4, 2: params, 3: 2, 4: param }));
    expect(listed.body?.get(0x0b)).toHaveLength(32);
  });

  test.each<[string, CborMap, Record<number, CborValue>, number]>([
    ['false', named({ largeBlobKey: false }), RK, Status.INVALID_OPTION],
    ['without rk', asked, {}, Status.INVALID_OPTION],
    ['a number', named({ largeBlobKey: 1 }), RK, Status.CBOR_UNEXPECTED_TYPE],
  ])('%s is refused', async (_name, extensions, options, expected) => {
    expect((await make(extensions, options)).status).toBe(expected);
  });

  test('false is refused in getAssertion too', async () => {
    const request = getAssertionRequest({ 4: named({ largeBlobKey: false }) });
    expect((await host.cbor(ASSERT, request)).status).toBe(Status.INVALID_OPTION);
  });
});

describe('enterprise attestation', () => {
  const enable = (): Promise<Answer> => host.cbor(CONFIG, members({ 1: 1 }));
  const serial = Buffer.from('060b2b0601040182e51c010102', 'hex');
  const attest = (kind: number, rpId = RP_ID): Promise<Answer> =>
    host.cbor(MAKE, makeCredentialRequest({ 2: named({ id: rpId }), 10: kind }));
  const names = ({ body }: Answer): boolean => ((body?.get(3) as CborMap).get('x5c') as Buffer[])[0]!.includes(serial);

  test.each<[string, number, string, boolean]>([
    ['platform managed, any RP', 2, RP_ID, true],
    ['vendor facilitated, an RP of the list', 1, 'enterprise.keyvouch.test', true],
    ['vendor facilitated, any other RP', 1, RP_ID, false],
  ])('%s', async (_name, kind, rpId, enterprise) => {
    expect((await enable()).status).toBe(Status.OK);
    const made = await attest(kind, rpId);
    expect([made.status, names(made), made.body?.get(4)]).toEqual([Status.OK, enterprise, enterprise || undefined]);
  });

  test('is off until it is enabled, and after a reset', async () => {
    const option = async (): Promise<unknown> => ((await host.cbor(0x04)).body?.get(4) as CborMap).get('ep');
    expect([await option(), (await attest(2)).status]).toEqual([false, Status.INVALID_PARAMETER]);
    await enable();
    await enable();
    expect(await option()).toBe(true);
    await host.cbor(0x07);
    expect([await option(), (await attest(2)).status]).toEqual([false, Status.INVALID_PARAMETER]);
  });

  test('a kind that there is not', async () => {
    await enable();
    expect((await attest(3)).status).toBe(Status.INVALID_OPTION);
  });

  test('a model without it refuses to enable it and has no option for it', async () => {
    const { enterpriseAttestation: _, ...without } = modern;
    host = await openHost(await testDevice({ profile: without }));
    expect((await enable()).status).toBe(Status.INVALID_PARAMETER);
    expect(((await host.cbor(0x04)).body?.get(4) as CborMap).has('ep')).toBe(false);
  });

  test("both certificates are the same key's, under the same root", async () => {
    const store = memoryStore(freshState(modern));
    const device = await testDevice({ store });
    const { leafCertPem, enterpriseCertPem } = store.read().attestation!;
    const [leaf, enterprise] = [leafCertPem, enterpriseCertPem!].map((pem) => new X509Certificate(pem));
    expect(enterprise!.publicKey.equals(leaf!.publicKey)).toBe(true);
    expect(enterprise!.verify(new X509Certificate(device.attestationRootPem).publicKey)).toBe(true);
    expect([leaf!.raw.includes(serial), enterprise!.raw.includes(serial)]).toEqual([false, true]);
  });
});

describe('minPinLength', () => {
  test.each([
    ['an RP of the list', RP_ID, true],
    ['any other RP', 'other.test', false],
  ])('%s', async (_name, rpId, told) => {
    await host.cbor(CONFIG, members({ 1: 3, 2: members({ 1: 6, 2: [RP_ID] }) }));
    const made = await make(named({ minPinLength: true }), { 2: named({ id: rpId }) });
    expect(endsWith(made, named({ minPinLength: 6 }))).toBe(told);
  });
});

test('all extensions at once, with a token', async () => {
  await setPin(host, PIN);
  const extensions = named({ credBlob: BLOB, credProtect: 3, 'hmac-secret': true, largeBlobKey: true });
  const made = await host.cbor(MAKE, await withToken(host, makeCredentialRequest({ 6: extensions, ...RK }), 1));
  expect(endsWith(made, named({ credBlob: true, credProtect: 3, 'hmac-secret': true }))).toBe(true);
});
