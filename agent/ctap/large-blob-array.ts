import { decodeCbor } from './cbor';
import { scanItem } from './cbor-scan';

/** CBOR's head byte of an array with up to 23, 255 and 65 535 elements. */
const ARRAY = { few: 0x80, one: 0x98, two: 0x99 } as const;

/**
 * Cuts the array into its elements as they were written: those of other programs must come back unchanged, whatever is
 * in them. An array that cannot be read counts as empty, like a torn one (CTAP 2.1 §6.10.2).
 */
export function splitArray(array: Uint8Array): Uint8Array[] {
  try {
    // Checks the whole before any part is cut out of it.
    if (scanItem(array) !== array.length) return [];
    const head = arrayHead(array);
    const elements: Uint8Array[] = [];
    let at = head.size;
    for (let i = 0; i < head.count; i++) {
      const end = scanItem(array, at);
      elements.push(array.slice(at, end));
      at = end;
    }
    return elements;
  } catch {
    return [];
  }
}

/** The array that {@link splitArray} takes apart. */
export function joinArray(elements: readonly Uint8Array[]): Uint8Array {
  const count = elements.length;
  const head =
    count < 24 ? [ARRAY.few + count] : count < 256 ? [ARRAY.one, count] : [ARRAY.two, count >> 8, count & 0xff];
  return Uint8Array.from(Buffer.concat([Buffer.from(head), ...elements]));
}

/** A large blob as it lies in the array: AES-256-GCM over what DEFLATE made of it (CTAP 2.1 §6.10.3). */
export interface LargeBlobMap {
  ciphertext: Uint8Array;
  nonce: Uint8Array;
  /** Bytes before compression. */
  origSize: number;
}

/** Reads one element; undefined for what is no large blob map. */
export function readElement(element: Uint8Array): LargeBlobMap | undefined {
  let map: unknown;
  try {
    map = decodeCbor(element);
  } catch {
    return undefined;
  }
  if (!(map instanceof Map)) return undefined;
  const members: ReadonlyMap<unknown, unknown> = map;
  const ciphertext = members.get(0x01);
  const nonce = members.get(0x02);
  const origSize = members.get(0x03);
  if (!(ciphertext instanceof Uint8Array) || ciphertext.length < 16) return undefined;
  if (!(nonce instanceof Uint8Array) || nonce.length !== 12) return undefined;
  if (typeof origSize !== 'number' || !Number.isSafeInteger(origSize) || origSize < 0) return undefined;
  return { ciphertext, nonce, origSize };
}

function arrayHead(array: Uint8Array): { count: number; size: number } {
  const [first = 0, one = 0, two = 0] = array;
  if (first === ARRAY.one) return { count: one, size: 2 };
  if (first === ARRAY.two) return { count: one * 256 + two, size: 3 };
  if (first >= ARRAY.few && first < ARRAY.few + 24) return { count: first - ARRAY.few, size: 1 };
  throw new Error('no array of a sensible length');
}
