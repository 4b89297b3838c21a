import { randomBytes } from 'node:crypto';
import { keyMalformed } from '../hid/faults';
import { hasStatus } from '../ctap/ctap-fault';
import { getAssertion } from '../ctap/get-assertion';
import { type PinToken } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { type Key } from './key';

/** Room for everything of a getAssertion request but the allow list and the relying party's id. */
const REQUEST_OVERHEAD = 160;
/** A descriptor's own bytes around the id. */
const DESCRIPTOR_OVERHEAD = 28;

/** What a silent question is about. */
export interface SilentQuestion {
  rpId: string;
  credentialIds: readonly Uint8Array[];
  /** With it, credentials that answer only to a verified person are found too. */
  token?: PinToken;
  signal?: AbortSignal | undefined;
}

/**
 * Asks without a touch for one of these credentials (up=false): the signature is over random bytes of our own, says
 * "nobody was here", and is dropped. For a list that one request holds: see {@link listParts}.
 *
 * @returns one that is on the key, undefined for none, and 'unknown' where the key does not answer such questions
 */
export async function askSilently(key: Key, question: SilentQuestion): Promise<Uint8Array | undefined | 'unknown'> {
  const { rpId, credentialIds: allowList, token, signal } = question;
  try {
    const request = { rpId, clientDataHash: Uint8Array.from(randomBytes(32)), allowList, userPresence: false };
    const answer = await getAssertion(key.ctap, token ? { ...request, token } : request, { signal, limitMs: 10_000 });
    // Older keys leave the id out; with more than one in the list they may not.
    const named = answer.credentialId ?? allowList[0];
    const found = allowList.find((id) => named && Buffer.compare(id, named) === 0);
    if (!found) throw keyMalformed('answered for a credential that it was not asked for');
    return found;
  } catch (error) {
    if (hasStatus(error, STATUS.NO_CREDENTIALS)) return undefined;
    if (hasStatus(error, ...NO_SILENT_ANSWERS)) return 'unknown';
    throw error;
  }
}

const NO_SILENT_ANSWERS = [
  STATUS.UNSUPPORTED_OPTION,
  STATUS.INVALID_OPTION,
  STATUS.INVALID_PARAMETER,
  STATUS.MISSING_PARAMETER,
  STATUS.UP_REQUIRED,
  STATUS.PUAT_REQUIRED,
  STATUS.NOT_ALLOWED,
  STATUS.UNAUTHORIZED_PERMISSION,
  STATUS.LIMIT_EXCEEDED,
  STATUS.REQUEST_TOO_LARGE,
];

/** Cuts a list to what one request of this key holds; ids longer than the key makes cannot be on it. */
export function listParts(key: Pick<Key, 'info'>, rpId: string, credentialIds: readonly Uint8Array[]): Uint8Array[][] {
  const { maxCredentialCountInList, maxCredentialIdLength = Infinity, maxMsgSize } = key.info;
  const mostIds = Math.max(1, maxCredentialCountInList ?? 1);
  const mostBytes = Math.max(1024, maxMsgSize) - REQUEST_OVERHEAD - Buffer.byteLength(rpId);
  const parts: Uint8Array[][] = [];
  let room = 0;
  for (const id of credentialIds) {
    const size = id.length + DESCRIPTOR_OVERHEAD;
    if (id.length > maxCredentialIdLength || size > mostBytes) continue;
    const last = parts.at(-1);
    if (last && last.length < mostIds && size <= room) {
      last.push(id);
      room -= size;
    } else {
      parts.push([id]);
      room = mostBytes - size;
    }
  }
  return parts;
}
