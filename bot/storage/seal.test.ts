import { z } from 'zod';
import { createSealer } from './seal';
import { createSealedRows } from './sealed';

const rows = createSealedRows(createSealer(Buffer.alloc(32, 1)));
const schema = z.object({ n: z.number() });
const stored = () => ({ ...rows.make('out', 'p', 'r', { n: 1 }), etag: 'e', writtenAt: '' });

function refusal(open: () => unknown): unknown {
  try {
    return open();
  } catch (error) {
    return error;
  }
}

test('a sealed row opens', () => expect(rows.open('out', stored(), schema)).toEqual({ n: 1 }));

test.each<[string, () => unknown]>([
  ['of another kind', () => rows.open('state', stored(), schema)],
  ['in another partition', () => rows.open('out', { ...stored(), pk: 'q' }, schema)],
  ['under another key', () => rows.open('out', { ...stored(), rk: 'q' }, schema)],
  ['whose keys run together otherwise', () => rows.open('out', { ...stored(), pk: 'p","r', rk: '' }, schema)],
  [
    'whose body was changed',
    () => rows.open('out', { ...stored(), props: { ...stored().props, s00: '{"n":2}' } }, schema),
  ],
  [
    'to whose body something was added',
    () => rows.open('out', { ...stored(), props: { ...stored().props, s01: ' ' } }, schema),
  ],
  ['without a seal', () => rows.open('out', { ...stored(), props: { s00: '{"n":1}' } }, schema)],
  ['with an empty seal', () => rows.open('out', { ...stored(), props: { ...stored().props, seal: '' } }, schema)],
  [
    'with a seal that is no text',
    () => rows.open('out', { ...stored(), props: { ...stored().props, seal: 1 } }, schema),
  ],
  ['without a body', () => rows.open('out', { ...stored(), props: { seal: stored().props.seal } }, schema)],
  ['sealed with another key', () => createSealedRows(createSealer(Buffer.alloc(32, 2))).open('out', stored(), schema)],
])('a row %s is refused, and never to be tried again', (_, open) => {
  expect(refusal(open)).toMatchObject({ code: 'storage-tampered', retry: false });
});

test('a sealed row that is not of its schema is odd', () => {
  const other = z.object({ other: z.string() });
  expect(refusal(() => rows.open('out', stored(), other))).toMatchObject({ code: 'storage-odd-row' });
});

test('a short key is refused', () => expect(() => createSealer(Buffer.alloc(31))).toThrow(RangeError));
