import type { CborMap, CborValue } from '../cbor/types';
import { members, named, type Answer, type Host } from './host';
import { getToken } from './platform-pin';

export const RP_ID = 'keyvouch.test';
export const HASH = Buffer.alloc(32, 0xcd);
export const PIN = '1234';

/** The members of a makeCredential that is right in every way but for what is replaced; undefined leaves out. */
export function makeCredentialRequest(replace: Readonly<Record<number, CborValue | undefined>> = {}): CborMap {
  return members({
    1: HASH,
    2: named({ id: RP_ID, name: 'Keyvouch' }),
    3: named({ id: Buffer.from('ann'), name: 'ann@keyvouch.test', displayName: 'Ann' }),
    4: [named({ alg: -7, type: 'public-key' })],
    ...replace,
  });
}

export function getAssertionRequest(replace: Readonly<Record<number, CborValue | undefined>> = {}): CborMap {
  return members({ 1: RP_ID, 2: HASH, ...replace });
}

/** Adds a fresh token's pinUvAuthParam; makeCredential has it at 8 and 9, getAssertion at 6 and 7. */
export async function withToken(host: Host, request: CborMap, permission: 1 | 2): Promise<CborMap> {
  const { token } = await getToken(host, PIN, permission, RP_ID);
  if (token === undefined) throw new Error('no token');
  const at = permission === 1 ? 8 : 6;
  return new Map([...request, [at, token.authenticate(HASH)], [at + 1, token.version]]);
}

/** Registers a credential on a key with PIN; gives its id. */
export async function enrol(host: Host, replace: Readonly<Record<number, CborValue>> = {}): Promise<Buffer> {
  const request = makeCredentialRequest({ 7: named({ rk: true }), ...replace });
  const answer = await host.cbor(0x01, await withToken(host, request, 1));
  if (answer.status !== 0) throw new Error(`makeCredential: status ${answer.status}`);
  return credentialId(answer);
}

/** The credential id in the authData of a makeCredential's answer. */
export function credentialId({ body }: Answer): Buffer {
  const data = body?.get(2) as Buffer;
  return data.subarray(55, 55 + data.readUInt16BE(53));
}

export function descriptor(id: Buffer): CborMap {
  return named({ id, type: 'public-key' });
}
