import { encodeCbor } from '../cbor/encode';
import type { CborMap } from '../cbor/types';
import { PIN } from './ceremonies';
import { members, type Answer, type Host } from './host';
import { getToken } from './platform-pin';

const BE = 0x08;

/** authenticatorBioEnrollment with a fresh token of the PIN; on keys without permissions `permissions` is undefined. */
export async function bio(
  host: Host,
  subCommand: number,
  params?: CborMap,
  how: { permissions?: number | undefined; command?: number; version?: 1 | 2 } = {},
): Promise<Answer> {
  const { command = 0x09, version = 2 } = how;
  const permissions = 'permissions' in how ? how.permissions : BE;
  const { token } = await getToken(host, PIN, permissions, undefined, version);
  if (token === undefined) throw new Error('no token');
  const encoded = params === undefined ? Buffer.alloc(0) : encodeCbor(params);
  const param = token.authenticate(Buffer.concat([Buffer.of(1, subCommand), encoded]));
  return host.cbor(command, members({ 1: 1, 2: subCommand, 3: params, 4: version, 5: param }));
}

/** Enrols a fingerprint by fingers that are all good; gives its template id. */
export async function enrolFinger(host: Host, how: Parameters<typeof bio>[3] = {}): Promise<Buffer> {
  const begun = await bio(host, 0x01, members({}), how);
  if (begun.status !== 0) throw new Error(`enrollBegin: status ${begun.status}`);
  const id = begun.body?.get(4) as Buffer;
  for (let left = begun.body?.get(6) as number; left > 0;) {
    const next = await bio(host, 0x02, members({ 1: id }), how);
    if (next.status !== 0) throw new Error(`enrollCaptureNextSample: status ${next.status}`);
    left = next.body?.get(6) as number;
  }
  return id;
}
