/**
 * One CBOR item with the way it is written: unlike a decoded value it can be wrong in every way that bytes can be.
 * `width` writes the head longer than need be, `claims` another length than the true one, `open` an indefinite one.
 */
export type Tree = { width?: 1 | 2 | 4 | 8; claims?: bigint; open?: boolean } & (
  | { kind: 'integer'; value: bigint }
  | { kind: 'bytes' | 'text'; value: Uint8Array }
  | { kind: 'array'; items: readonly Tree[] }
  | { kind: 'map'; entries: readonly (readonly [Tree, Tree])[] }
  /** false, true, null, and everything that is no CBOR at all. */
  | { kind: 'raw'; value: Uint8Array }
);

const MAJOR = { integer: 0, bytes: 2, text: 3, array: 4, map: 5 } as const;
const BREAK = Uint8Array.of(0xff);
/** What is nested deeper was bent before, and is not taken apart again. */
const MAX_DEPTH = 100;

export const integer = (value: bigint | number): Tree => ({ kind: 'integer', value: BigInt(value) });
export const text = (value: string): Tree => ({ kind: 'text', value: Buffer.from(value) });
export const bytes = (value: Uint8Array): Tree => ({ kind: 'bytes', value });
export const raw = (...value: number[]): Tree => ({ kind: 'raw', value: Uint8Array.from(value) });

/** Reads one canonical item, as a good key or program writes it; undefined where it is none. Gives what follows, too. */
export function readTree(from: Uint8Array): { tree: Tree; rest: Uint8Array } | undefined {
  const buffer = Buffer.from(from.buffer, from.byteOffset, from.byteLength);
  let at = 0;
  const take = (length: number): Buffer => {
    if (length > buffer.length - at) throw new NoItem();
    at += length;
    return buffer.subarray(at - length, at);
  };
  const item = (depth: number): Tree => {
    if (depth > MAX_DEPTH) throw new NoItem();
    const within = () => item(depth + 1);
    const initial = take(1).readUInt8();
    const [major, info] = [initial >> 5, initial & 0x1f];
    if (major === 7) return raw(initial);
    if (info > 27 || major === 6) throw new NoItem();
    const argument = info < 24 ? BigInt(info) : BigInt(`0x${take(1 << (info - 24)).toString('hex')}`);
    if (major === 0) return integer(argument);
    if (major === 1) return integer(-1n - argument);
    const length = Number(argument);
    // Every item takes a byte at least.
    if (length > buffer.length - at) throw new NoItem();
    if (major === 4) return { kind: 'array', items: Array.from({ length }, within) };
    if (major === 5) return { kind: 'map', entries: Array.from({ length }, () => [within(), within()] as const) };
    return { kind: major === 2 ? 'bytes' : 'text', value: Uint8Array.from(take(length)) };
  };
  try {
    return { tree: item(0), rest: from.subarray(at) };
  } catch (error) {
    if (error instanceof NoItem) return undefined;
    throw error;
  }
}

/** Writes an item with all that is odd about it. */
export function writeTree(tree: Tree): Uint8Array {
  if (tree.kind === 'raw') return tree.value;
  if (tree.kind === 'integer') {
    const { value } = tree;
    return value < 0n ? head(1, -1n - value, tree) : head(0, value, tree);
  }
  const major = MAJOR[tree.kind];
  const { length, parts } = contentOf(tree);
  if (!tree.open) return Buffer.concat([head(major, tree.claims ?? BigInt(length), tree), ...parts]);
  const isString = tree.kind === 'bytes' || tree.kind === 'text';
  // Strings of indefinite length are made of strings of a definite one.
  const chunks = isString ? [head(major, BigInt(length), {}), ...parts] : parts;
  return Buffer.concat([Uint8Array.of((major << 5) | 31), ...chunks, BREAK]);
}

/** What stands behind the head, and the length that the head has to tell. */
function contentOf(tree: Exclude<Tree, { kind: 'raw' | 'integer' }>): { length: number; parts: Uint8Array[] } {
  if (tree.kind === 'array') return { length: tree.items.length, parts: tree.items.map(writeTree) };
  if (tree.kind === 'map') {
    const parts = tree.entries.flatMap(([key, value]) => [writeTree(key), writeTree(value)]);
    return { length: tree.entries.length, parts };
  }
  return { length: tree.value.length, parts: [tree.value] };
}

function head(major: number, argument: bigint, { width }: Pick<Tree, 'width'>): Uint8Array {
  const type = major << 5;
  const least = argument < 24n ? 0 : argument <= 0xffn ? 1 : argument <= 0xffffn ? 2 : argument <= 0xffffffffn ? 4 : 8;
  const size = Math.max(least, width ?? 0);
  if (size === 0) return Uint8Array.of(type | Number(argument));
  const digits = BigInt.asUintN(64, argument)
    .toString(16)
    .padStart(2 * size, '0');
  return Buffer.concat([Uint8Array.of(type | (24 + Math.log2(size))), Buffer.from(digits, 'hex')]);
}

/** The bytes are no canonical CBOR item. */
class NoItem extends Error {}
