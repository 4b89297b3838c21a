import type { CborMap } from '../cbor/types';
import { sha256 } from '../credentials';
import { Permission } from '../pin/token';
import { isProtected, type Key } from './key';
import { bytes, optional, unsigned } from './params';
import { readPinUvAuth } from './pin-uv-auth';
import { CtapError } from './status';

/** Members of the request (CTAP 2.1 §6.10). */
const Member = {
  get: 0x01,
  set: 0x02,
  offset: 0x03,
  length: 0x04,
  pinUvAuthParam: 0x05,
  pinUvAuthProtocol: 0x06,
} as const;

const CHECK_LENGTH = 16;
/** An empty CBOR array and its check value: what every key begins with (§6.10). */
const INITIAL = withCheck(Buffer.of(0x80));

/** authenticatorLargeBlobs (§6.10.2): reads and writes the serialised large-blob array in fragments. */
export function largeBlobs(key: Key, params: CborMap): CborMap | undefined {
  const get = optional(params, Member.get, unsigned);
  const set = optional(params, Member.set, bytes);
  const offset = optional(params, Member.offset, unsigned);
  const length = optional(params, Member.length, unsigned);
  if (offset === undefined) throw new CtapError('INVALID_PARAMETER', 'no offset');
  if (get !== undefined && set === undefined) {
    const stray = [Member.length, Member.pinUvAuthParam, Member.pinUvAuthProtocol].some((member) => params.has(member));
    if (stray) throw new CtapError('INVALID_PARAMETER', 'a member of writing');
    return read(key, get, offset);
  }
  if (get !== undefined || set === undefined) throw new CtapError('INVALID_PARAMETER', 'either get or set');
  return write(key, params, { set, offset, length });
}

function read(key: Key, count: number, offset: number): CborMap {
  if (count > maxFragment(key)) throw new CtapError('INVALID_LENGTH', 'a fragment too long');
  const { largeBlobs: kept } = key.store.read();
  const array = kept === undefined ? INITIAL : Buffer.from(kept, 'base64url');
  if (offset > array.length) throw new CtapError('INVALID_PARAMETER', 'beyond the end');
  return new Map([[0x01, array.subarray(offset, offset + count)]]);
}

interface Fragment {
  readonly set: Buffer;
  readonly offset: number;
  readonly length: number | undefined;
}

/** The array replaces the old one as a whole, once its last fragment has come and its check value is right. */
function write(key: Key, params: CborMap, fragment: Fragment): undefined {
  const { set, offset } = fragment;
  if (set.length > maxFragment(key)) throw new CtapError('INVALID_LENGTH', 'a fragment too long');
  const expected = expectedWrite(key, fragment);
  authorize(key, params, fragment);
  if (offset + set.length > expected.length) throw new CtapError('INVALID_PARAMETER', 'more than announced');

  const written = Buffer.concat([expected.written, set]);
  key.pending.largeBlobs = { length: expected.length, written };
  if (written.length < expected.length) return undefined;
  key.pending.largeBlobs = undefined;
  if (!withCheck(written.subarray(0, -CHECK_LENGTH)).equals(written)) throw new CtapError('INTEGRITY_FAILURE');
  key.store.change((state) => ({ ...state, largeBlobs: written.toString('base64url') }));
  return undefined;
}

/** What this fragment goes on with: a new array at offset 0, else the one that was begun. */
function expectedWrite(key: Key, { offset, length }: Fragment): { length: number; written: Buffer } {
  if (offset > 0) {
    if (length !== undefined) throw new CtapError('INVALID_PARAMETER', 'length is for the first fragment');
    const begun = key.pending.largeBlobs;
    if (begun?.written.length !== offset) throw new CtapError('INVALID_SEQ');
    return begun;
  }
  if (length === undefined) throw new CtapError('INVALID_PARAMETER', 'no length');
  if (length > (key.profile.maxLargeBlobs ?? 0)) throw new CtapError('LARGE_BLOB_STORAGE_FULL');
  if (length <= CHECK_LENGTH) throw new CtapError('INVALID_PARAMETER', 'shorter than any array');
  return { length, written: Buffer.alloc(0) };
}

/** The param is over 32 × ff || 0c 00 || offset, little endian || SHA-256 of the fragment. */
function authorize(key: Key, params: CborMap, { set, offset }: Fragment): void {
  const at = { parameter: Member.pinUvAuthParam, protocol: Member.pinUvAuthProtocol };
  const auth = readPinUvAuth(key, params, at);
  if (!isProtected(key) && !key.store.read().alwaysUv) return;
  if (auth === undefined) throw new CtapError('PUAT_REQUIRED');
  const head = Buffer.concat([Buffer.alloc(32, 0xff), Buffer.of(0x0c, 0x00), Buffer.alloc(4)]);
  head.writeUInt32LE(offset, 34);
  const message = Buffer.concat([head, sha256(set)]);
  const valid = key.token.verify(auth.protocol, message, auth.parameter) && key.token.has(Permission.lbw);
  if (!valid) throw new CtapError('PIN_AUTH_INVALID');
}

function maxFragment({ profile }: Key): number {
  return profile.maxMsgSize - 64;
}

function withCheck(array: Buffer): Buffer {
  return Buffer.concat([array, sha256(array).subarray(0, CHECK_LENGTH)]);
}
