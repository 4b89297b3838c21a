import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync, inflateSync } from 'node:zlib';
import { type Secret } from '../protocol/secret';
import { cborMap, encodeCbor } from './cbor';
import { type LargeBlobMap, readElement } from './large-blob-array';

const TAG_BYTES = 16;
/** No key holds so much that more could come out of it honestly. */
const MOST_BYTES = 1 << 22;

/** Encrypts a blob under a credential's largeBlobKey: an element for the array (CTAP 2.1 §6.10.3). */
export function sealBlob(key: Secret<Uint8Array>, data: Uint8Array): Uint8Array {
  const nonce = Uint8Array.from(randomBytes(12));
  const cipher = createCipheriv('aes-256-gcm', key.reveal(), nonce);
  cipher.setAAD(associatedData(data.length));
  const body = Buffer.concat([cipher.update(deflateRawSync(data)), cipher.final(), cipher.getAuthTag()]);
  return encodeCbor(
    cborMap([
      [0x01, Uint8Array.from(body)],
      [0x02, nonce],
      [0x03, data.length],
    ]),
  );
}

/** Whether this element was encrypted under this key. */
export function isSealedBy(key: Secret<Uint8Array>, element: Uint8Array): boolean {
  const map = readElement(element);
  return map !== undefined && decrypt(key, map) !== undefined;
}

/** The blob in an element; undefined where the element is another credential's or does not come out whole. */
export function openBlob(key: Secret<Uint8Array>, element: Uint8Array): Uint8Array | undefined {
  const map = readElement(element);
  const compressed = map && decrypt(key, map);
  if (!compressed || map.origSize > MOST_BYTES) return undefined;
  // RFC 1951 is what the specification says; some programs have written RFC 1950, which is the same in a wrapper.
  for (const inflate of [inflateRawSync, inflateSync]) {
    try {
      const data = inflate(compressed, { maxOutputLength: map.origSize + 1 });
      if (data.length === map.origSize) return Uint8Array.from(data);
    } catch {
      // The other one may fit.
    }
  }
  return undefined;
}

function decrypt(key: Secret<Uint8Array>, { ciphertext, nonce, origSize }: LargeBlobMap): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.reveal(), nonce);
    decipher.setAAD(associatedData(origSize));
    decipher.setAuthTag(ciphertext.subarray(ciphertext.length - TAG_BYTES));
    return Buffer.concat([decipher.update(ciphertext.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    // Wrong key or changed data: GCM does not tell which.
    return undefined;
  }
}

/** "blob", then the size before compression as 64 bits, the lowest byte first. */
function associatedData(origSize: number): Uint8Array {
  const data = Buffer.alloc(12);
  data.write('blob', 'latin1');
  data.writeBigUInt64LE(BigInt(origSize), 4);
  return data;
}
