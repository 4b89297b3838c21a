import { type Dice } from '../../seed';
import { integer, raw, readTree, text, type Tree, writeTree } from './cbor-tree';
import { falseLength, oddItem } from './odd-items';

type Of<K extends Tree['kind']> = Extract<Tree, { kind: K }>;
type Bend<T extends Tree = Tree> = (tree: T, dice: Dice) => Tree;

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);
const swapped = <T>(list: readonly T[], a: number, b: number): T[] =>
  list.map((item, at) => (at === a ? (list[b] ?? item) : at === b ? (list[a] ?? item) : item));

const ANY: readonly Bend[] = [
  (_tree, dice) => oddItem(dice),
  (_tree, dice) => oddItem(dice),
  (tree) => ({ kind: 'array', items: [tree] }),
  (tree) => ({ kind: 'map', entries: [[integer(1), tree]] }),
  (tree, dice) => raw(dice.one([0xc0, 0xc1, 0xc2, 0xc6, 0xdb]), ...writeTree(tree)),
  (tree, dice) => ({ ...tree, width: dice.one([1, 2, 4, 8] as const) }),
  (tree) => ({ ...tree, open: true }),
];

const INTEGER: readonly Bend<Of<'integer'>>[] = [
  ({ value }, dice) => integer(value + dice.one([-1n, 1n, 1000n])),
  ({ value }) => integer(-1n - value),
  ({ value }, dice) => integer(value ^ (1n << BigInt(dice.below(63)))),
];

const STRING: readonly Bend<Of<'bytes' | 'text'>>[] = [
  (tree, dice) => ({ ...tree, value: tree.value.subarray(0, dice.below(tree.value.length + 1)) }),
  (tree, dice) => ({ ...tree, value: tree.value.subarray(dice.below(tree.value.length + 1)) }),
  (tree, dice) => ({ ...tree, value: Buffer.concat([tree.value, Buffer.alloc(1 + dice.below(64), dice.below(256))]) }),
  (tree) => ({ ...tree, kind: tree.kind === 'bytes' ? 'text' : 'bytes' }),
  (tree, dice) => ({ ...tree, claims: falseLength(tree.value.length, dice) }),
  (tree, dice) => ({ ...tree, value: flipped(tree.value, dice) }),
  (tree, dice) => ({ ...tree, value: flipped(tree.value, dice) }),
  (tree, dice) => ({ ...tree, value: bentWithin(tree.value, dice) }),
];

const ARRAY: readonly Bend<Of<'array'>>[] = [
  (tree, dice) => ({ ...tree, items: without(tree.items, dice.below(tree.items.length)) }),
  (tree, dice) => ({ ...tree, items: [...tree.items, dice.one([...tree.items, oddItem(dice)])] }),
  (tree, dice) => ({ ...tree, items: Array.from({ length: 2 + dice.below(1000) }, () => tree.items[0] ?? raw(0)) }),
  (tree, dice) => ({ ...tree, claims: falseLength(tree.items.length, dice) }),
];

const MAP: readonly Bend<Of<'map'>>[] = [
  (tree, dice) => ({ ...tree, entries: without(tree.entries, dice.below(tree.entries.length)) }),
  (tree, dice) => ({ ...tree, entries: without(tree.entries, dice.below(tree.entries.length)) }),
  // The same key twice, with another value.
  (tree, dice) => ({
    ...tree,
    entries: [...tree.entries, [tree.entries[dice.below(tree.entries.length)]?.[0] ?? raw(0), oddItem(dice)]],
  }),
  (tree, dice) => ({ ...tree, entries: [...tree.entries, [integer(dice.below(256)), oddItem(dice)]] }),
  (tree, dice) => ({ ...tree, entries: [[oddItem(dice), oddItem(dice)], ...tree.entries] }),
  (tree, dice) => ({
    ...tree,
    entries: [...tree.entries, [text(dice.one(['id', 'name', '__proto__'])), oddItem(dice)]],
  }),
  (tree, dice) => ({
    ...tree,
    entries: swapped(tree.entries, dice.below(tree.entries.length), dice.below(tree.entries.length)),
  }),
  // The values change places, the keys do not.
  (tree, dice) => {
    const [a, b] = [dice.below(tree.entries.length), dice.below(tree.entries.length)];
    const values = swapped(
      tree.entries.map(([, value]) => value),
      a,
      b,
    );
    return { ...tree, entries: tree.entries.map(([key, value], at) => [key, values[at] ?? value]) };
  },
  (tree, dice) => ({ ...tree, claims: falseLength(tree.entries.length, dice) }),
];

function flipped(value: Uint8Array, dice: Dice): Uint8Array {
  const copy = Uint8Array.from(value);
  for (let left = 1 + dice.below(3); left > 0 && copy.length > 0; left -= 1) {
    const at = dice.below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << dice.below(8));
  }
  return copy;
}

/** Bends authenticator data where its own structure is: flags, length of the id, the CBOR of the public key. */
function bentWithin(value: Uint8Array, dice: Dice): Uint8Array {
  const copy = Buffer.from(value);
  if (copy.length < 37) return flipped(value, dice);
  if (copy.length < 55 || dice.below(3) === 0) {
    copy[32] = dice.below(256);
    return copy;
  }
  if (dice.below(2) === 0) {
    copy.writeUInt16BE(dice.one([0, 1, 63, 1023, 1024, 65_535]), 53);
    return copy;
  }
  const from = 55 + copy.readUInt16BE(53);
  const found = from < copy.length ? readTree(copy.subarray(from)) : undefined;
  if (!found) return flipped(value, dice);
  return Buffer.concat([copy.subarray(0, from), writeTree(bendTree(found.tree, dice)), found.rest]);
}

/** Every item of a tree, itself included. */
function itemsOf(tree: Tree): Tree[] {
  const found = [tree];
  // Grows while it is walked through: trees may be thousands of levels deep.
  for (const item of found) {
    if (item.kind === 'array') for (const each of item.items) found.push(each);
    if (item.kind === 'map') for (const [key, value] of item.entries) found.push(key, value);
  }
  return found;
}

function exchanged(tree: Tree, from: Tree, to: Tree): Tree {
  if (tree === from) return to;
  if (tree.kind === 'array') return { ...tree, items: tree.items.map((item) => exchanged(item, from, to)) };
  if (tree.kind === 'map') {
    const entries = tree.entries.map(([key, value]) => [exchanged(key, from, to), exchanged(value, from, to)] as const);
    return { ...tree, entries };
  }
  return tree;
}

function bendItem(tree: Tree, dice: Dice): Tree {
  if (dice.below(3) === 0) return dice.one(ANY)(tree, dice);
  if (tree.kind === 'integer') return dice.one(INTEGER)(tree, dice);
  if (tree.kind === 'bytes' || tree.kind === 'text') return dice.one(STRING)(tree, dice);
  if (tree.kind === 'array') return dice.one(ARRAY)(tree, dice);
  if (tree.kind === 'map') return dice.one(MAP)(tree, dice);
  return dice.one(ANY)(tree, dice);
}

/** Makes one item of a tree wrong, any of them. */
export function bendTree(tree: Tree, dice: Dice): Tree {
  const target = dice.one(itemsOf(tree));
  return exchanged(tree, target, bendItem(target, dice));
}
