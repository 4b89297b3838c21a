import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keyMalformed } from '../hid/faults';
import { MAX_MESSAGE_BYTES } from '../hid/frames';
import { cborMap } from './cbor';
import { ctapFault } from './ctap-fault';
import { CTAP2, type Ctap, DEFAULT_MAX_MESSAGE_BYTES, type Send } from './ctap';
import { type AuthenticatorInfo } from './get-info';
import { type PinToken } from './pin-token';
import { bytes, readReply } from './reply';
import { STATUS } from './status';

/** Bytes of a message around a fragment (CTAP 2.1 §6.10: maxFragmentLength). */
const MESSAGE_OVERHEAD = 64;
const CHECK_BYTES = 16;
/** The least that a key with large blobs holds, and the most that is believed. */
const LEAST_ARRAY_BYTES = 1024;
const MOST_ARRAY_BYTES = 1 << 20;

const REPLY = { 0x01: 'fragment' };
const schema = z.object({ fragment: bytes });

/** The key's storage for large blobs, as the array's bytes without their check. */
export interface LargeBlobs {
  /** Undefined where the check does not fit: the array was torn and counts as empty (CTAP 2.1 §6.10.2). */
  read(): Promise<Uint8Array | undefined>;
  /**
   * Replaces the whole array; needs a token with the permission largeBlobWrite, where the key has a PIN or a fingerprint.
   *
   * @throws Fault `key-large-blobs-full`, before anything is written
   */
  write(array: Uint8Array, token: PinToken | undefined): Promise<void>;
}

/** Speaks authenticatorLargeBlobs to a key (CTAP 2.1 §6.10). */
export function createLargeBlobs(ctap: Ctap, info: AuthenticatorInfo): LargeBlobs {
  const messageBytes = Math.min(Math.max(info.maxMsgSize, DEFAULT_MAX_MESSAGE_BYTES), MAX_MESSAGE_BYTES);
  const mostFragment = messageBytes - MESSAGE_OVERHEAD;
  const capacity = Math.min(Math.max(info.maxSerializedLargeBlobArray ?? 0, LEAST_ARRAY_BYTES), MOST_ARRAY_BYTES);

  async function fragments(send: Send): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let offset = 0; ;) {
      const request = cborMap([
        [0x01, mostFragment],
        [0x03, offset],
      ]);
      const reply = await send(CTAP2.largeBlobs, request, { limitMs: 10_000 });
      const { fragment } = readReply('largeBlobs', reply, REPLY, schema);
      parts.push(fragment);
      offset += fragment.length;
      if (offset > capacity) throw keyMalformed('more large blobs than the key has room for');
      // A short fragment is the last one.
      if (fragment.length < mostFragment) return Buffer.concat(parts);
    }
  }

  return {
    read: () =>
      ctap.sequence(async (send) => {
        const all = await fragments(send);
        const array = all.subarray(0, Math.max(0, all.length - CHECK_BYTES));
        const intact = Buffer.compare(all.subarray(array.length), check(array)) === 0;
        return intact ? Uint8Array.from(array) : undefined;
      }),
    write: (array, token) =>
      ctap.sequence(async (send) => {
        const all = Buffer.concat([array, check(array)]);
        if (all.length > capacity) {
          throw ctapFault(STATUS.LARGE_BLOB_STORAGE_FULL, { bytes: all.length, limit: capacity });
        }
        for (let offset = 0; offset < all.length; offset += mostFragment) {
          const fragment = Uint8Array.from(all.subarray(offset, offset + mostFragment));
          const request = cborMap([
            [0x02, fragment],
            [0x03, offset],
            // The whole length is told once, at the beginning.
            [0x04, offset === 0 ? all.length : undefined],
            [0x05, token?.authenticate(signedPart(offset, fragment))],
            [0x06, token?.protocol],
          ]);
          await send(CTAP2.largeBlobs, request, { limitMs: 20_000 });
        }
      }),
  };
}

/** The left 16 bytes of SHA-256 over the array. */
function check(array: Uint8Array): Uint8Array {
  return createHash('sha256').update(array).digest().subarray(0, CHECK_BYTES);
}

/** What the token signs for one fragment (CTAP 2.1 §6.10.2). */
function signedPart(offset: number, fragment: Uint8Array): Uint8Array {
  const place = Buffer.alloc(4);
  place.writeUInt32LE(offset);
  const digest = createHash('sha256').update(fragment).digest();
  return Buffer.concat([Buffer.alloc(32, 0xff), Buffer.of(CTAP2.largeBlobs, 0x00), place, digest]);
}
