import { createHash } from 'node:crypto';

/**
 * A Merkle tree as RFC 6962 §2.1 has it (Certificate Transparency): leaves and nodes are hashed under different
 * prefixes, so that no node passes for a leaf. It is kept by its peaks, the roots of the full subtrees from left to
 * right (one for each 1 in the binary form of its size): enough to append to it, and to tell its root.
 */
export interface Tree {
  size: number;
  /** SHA-256, base64url. */
  peaks: readonly string[];
}

export const EMPTY: Tree = { size: 0, peaks: [] };

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

const bytesOf = (hash: string) => Buffer.from(hash, 'base64url');

/** The hash of a leaf, base64url. */
export function leafHash(data: string | Buffer): string {
  return createHash('sha256').update(LEAF).update(data).digest('base64url');
}

function nodeHash(left: string, right: string): string {
  return createHash('sha256').update(NODE).update(bytesOf(left)).update(bytesOf(right)).digest('base64url');
}

/** The tree with further leaves at its right end. @param leaves hashes of {@link leafHash} */
export function append(tree: Tree, leaves: readonly string[]): Tree {
  const peaks = [...tree.peaks];
  let { size } = tree;
  for (const leaf of leaves) {
    let peak = leaf;
    // As in adding 1 to a binary number: each full subtree of the same size is a carry.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) peak = nodeHash(peaks.pop() ?? '', peak);
    peaks.push(peak);
    size += 1;
  }
  return { size, peaks };
}

/** The Merkle tree hash, base64url: of no leaves, the hash of nothing. */
export function rootOf({ peaks }: Tree): string {
  const last = peaks.at(-1);
  if (last === undefined) return createHash('sha256').digest('base64url');
  return peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}
