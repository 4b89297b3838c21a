import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { EMPTY, append, leafHash, rootOf } from './merkle';

/** The inputs and roots by which implementations of Certificate Transparency test themselves. */
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = INPUTS.map((hex) => leafHash(Buffer.from(hex, 'hex')));

test.each(ROOTS.map((root, size) => [size, root] as const))('the root of %d leaves', (size, root) => {
  const tree = append(EMPTY, leaves.slice(0, size));
  expect(Buffer.from(rootOf(tree), 'base64url').toString('hex')).toBe(root);
  expect(tree.size).toBe(size);
});

/** RFC 6962 §2.1 as it is written there: split at the largest power of two below the size. */
function defined(list: readonly string[]): string {
  const [only] = list;
  if (only === undefined) return createHash('sha256').digest('base64url');
  if (list.length === 1) return only;
  let split = 1;
  while (split * 2 < list.length) split *= 2;
  return rootOf({ size: 2, peaks: [defined(list.slice(0, split)), defined(list.slice(split))] });
}

test('appended in any portions, the root is that of the definition', () => {
  const leaf = fc.string().map((text) => leafHash(text));
  fc.assert(
    fc.property(fc.array(fc.array(leaf, { maxLength: 9 }), { maxLength: 9 }), (portions) => {
      const tree = portions.reduce(append, EMPTY);
      expect(rootOf(tree)).toBe(defined(portions.flat()));
      expect(tree.peaks).toHaveLength(tree.size.toString(2).replaceAll('0', '').length);
    }),
    { numRuns: 100 },
  );
});

test('another leaf, another order, one leaf less: another root', () => {
  const whole = rootOf(append(EMPTY, leaves));
  for (let at = 0; at < leaves.length; at += 1) {
    const other = leaves.with(at, leafHash('other'));
    const swapped = leaves.with(at, leaves[(at + 1) % 8]!).with((at + 1) % 8, leaves[at]!);
    for (const list of [other, swapped, leaves.toSpliced(at, 1)]) {
      expect(rootOf(append(EMPTY, list))).not.toBe(whole);
    }
  }
});
