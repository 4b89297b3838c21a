import { createCipheriv, randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { Secret } from '../protocol/secret';
import { cborMap, decodeCbor, encodeCbor } from './cbor';
import { isSealedBy, openBlob, sealBlob } from './large-blob-crypto';

const KEY = new Secret(Uint8Array.from(randomBytes(32)));
const OTHER = new Secret(Uint8Array.from(randomBytes(32)));

/** An element as another program may write it. */
function element(compressed: Uint8Array, origSize: number): Uint8Array {
  const nonce = Uint8Array.from(randomBytes(12));
  const data = Buffer.alloc(12);
  data.write('blob');
  data.writeUInt32LE(origSize, 4);
  const cipher = createCipheriv('aes-256-gcm', KEY.reveal(), nonce).setAAD(data);
  const body = Buffer.concat([cipher.update(compressed), cipher.final(), cipher.getAuthTag()]);
  return encodeCbor(
    cborMap([
      [1, Uint8Array.from(body)],
      [2, nonce],
      [3, origSize],
    ]),
  );
}

it('what is sealed under a key opens under that key and no other', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (data) => {
      const sealed = sealBlob(KEY, data);
      expect(openBlob(KEY, sealed)).toEqual(data);
      expect([isSealedBy(KEY, sealed), isSealedBy(OTHER, sealed)]).toEqual([true, false]);
      expect(openBlob(OTHER, sealed)).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});

it('any changed byte is noticed', () => {
  const sealed = sealBlob(KEY, Uint8Array.from(Buffer.from('hello')));
  for (let i = 0; i < sealed.length; i++) {
    const changed = sealed.map((byte, at) => (at === i ? byte ^ 0x01 : byte));
    expect(openBlob(KEY, changed)).toBeUndefined();
  }
});

it('hides how well it compresses, not how long it is', () => {
  const map = decodeCbor(sealBlob(KEY, new Uint8Array(1500)));
  expect(map instanceof Map && map.get(3)).toBe(1500);
  expect(map instanceof Map && (map.get(1) as Uint8Array).length).toBeLessThan(100);
});

it('opens what was compressed in the wrapper of RFC 1950, as some programs do', () => {
  const data = Buffer.from('written by another program');
  expect(openBlob(KEY, element(deflateSync(data), data.length))).toEqual(Uint8Array.from(data));
});

it.each([
  ['says another size than it has', element(deflateSync(Buffer.alloc(100)), 99)],
  ['blows up beyond its size', element(deflateSync(Buffer.alloc(5_000_000)), 10)],
  ['claims a size beyond any key', element(deflateSync(Buffer.alloc(10)), 0xffffffff)],
  ['is not compressed', element(Uint8Array.of(0xff, 0xff), 2)],
])('does not open what %s, but knows whose it is', (_, sealed) => {
  expect(openBlob(KEY, sealed)).toBeUndefined();
  expect(isSealedBy(KEY, sealed)).toBe(true);
});

it.each([
  ['text', encodeCbor('blob')],
  ['no CBOR', Uint8Array.of(0xff)],
  ['a map without a nonce', encodeCbor(cborMap([[1, new Uint8Array(20)]]))],
  [
    'a nonce of 11 bytes',
    encodeCbor(
      cborMap([
        [1, new Uint8Array(20)],
        [2, new Uint8Array(11)],
        [3, 1],
      ]),
    ),
  ],
])('passes over %s', (_, bytes) => {
  expect(openBlob(KEY, bytes)).toBeUndefined();
  expect(isSealedBy(KEY, bytes)).toBe(false);
});
