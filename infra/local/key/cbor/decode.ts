import type { CborKey, CborValue } from './types';

/** Says that bytes are not CTAP2 canonical CBOR, and why. */
export class CborError extends Error {
  override readonly name = 'CborError';
}

/** CTAP 2.1 §8: at most four levels of maps and arrays. */
const MAX_DEPTH = 4;

/**
 * Decodes exactly one item of CTAP2 canonical CBOR (CTAP 2.1 §8) and refuses everything that general decoders forgive:
 * longer integers than needed, indefinite lengths, tags, unsorted or repeated map keys, broken UTF-8, trailing bytes.
 * @throws CborError
 */
export function decodeCbor(bytes: Uint8Array): CborValue {
  const reader = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const value = reader.value(0);
  if (!reader.done()) throw new CborError('bytes after the end of the item');
  return value;
}

class Reader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  done(): boolean {
    return this.#at === this.bytes.length;
  }

  value(depth: number): CborValue {
    const initial = this.take(1).readUInt8();
    const major = initial >> 5;
    const info = initial & 0x1f;
    if (major === 7) return simple(info);
    if (major === 6) throw new CborError('a tag');
    const argument = this.argument(info);
    if (major === 0) return argument;
    if (major === 1) return typeof argument === 'bigint' ? -1n - argument : negative(argument);
    const length = this.length(argument);
    if (major === 2) return Buffer.from(this.take(length));
    if (major === 3) return text(this.take(length));
    if (depth >= MAX_DEPTH) throw new CborError('nested too deeply');
    return major === 4 ? this.array(length, depth + 1) : this.map(length, depth + 1);
  }

  private array(length: number, depth: number): CborValue[] {
    return Array.from({ length }, () => this.value(depth));
  }

  private map(length: number, depth: number): Map<CborKey, CborValue> {
    const map = new Map<CborKey, CborValue>();
    let before: Buffer | undefined;
    for (let i = 0; i < length; i++) {
      const from = this.#at;
      const key = this.value(depth);
      if (typeof key !== 'number' && typeof key !== 'bigint' && typeof key !== 'string') {
        throw new CborError('a map key that is neither an integer nor text');
      }
      const encoded = this.bytes.subarray(from, this.#at);
      // Strictly rising encoded keys: this finds wrong order and repeated keys at once.
      if (before !== undefined && Buffer.compare(before, encoded) >= 0) throw new CborError('map keys out of order');
      before = encoded;
      map.set(key, this.value(depth));
    }
    return map;
  }

  /** Beyond 2^53 a bigint. */
  private argument(info: number): number | bigint {
    if (info < 24) return info;
    if (info > 27) throw new CborError('an indefinite length or a reserved head');
    const size = 1 << (info - 24);
    const bytes = this.take(size);
    const argument = size < 8 ? bytes.readUIntBE(0, size) : narrow(bytes.readBigUInt64BE());
    const least = size === 1 ? 24 : 2 ** (4 * size);
    if (argument < least) throw new CborError('an integer longer than needed');
    return argument;
  }

  /** A length is checked against what is left, so that a lying head cannot make us allocate. Each item needs a byte. */
  private length(argument: number | bigint): number {
    if (argument > this.bytes.length - this.#at) throw new CborError('the item ends early');
    return Number(argument);
  }

  private take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.bytes.length) throw new CborError('the item ends early');
    const part = this.bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}

function simple(info: number): boolean | null {
  if (info === 20) return false;
  if (info === 21) return true;
  if (info === 22) return null;
  throw new CborError('a float or simple value that no CTAP2 message has');
}

/** -2^53 and below are no safe numbers, though what encodes them may be. */
function negative(argument: number): number | bigint {
  return argument < Number.MAX_SAFE_INTEGER ? -1 - argument : -1n - BigInt(argument);
}

function narrow(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function text(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new CborError('text that is not UTF-8', { cause });
  }
}
