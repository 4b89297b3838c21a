import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { cborMap, type CborValue, encodeCbor } from './cbor';
import { type Ctap } from './ctap';
import { parseInfo } from './get-info';
import { createLargeBlobs } from './large-blobs';
import { joinArray, splitArray } from './large-blob-array';
import { scriptedToken } from './scripted-ctap.fixture';

/** The serialized large-blob array of a key on which nothing was ever stored (CTAP 2.1 §6.10). */
const INITIAL = Uint8Array.from(Buffer.from('8076be8b528d0075f7aae98d6fa57a6d3c', 'hex'));

const infoWith = (maxMsgSize: number, room?: number) =>
  parseInfo(
    cborMap([
      [1, ['FIDO_2_1']],
      [3, new Uint8Array(16)],
      [5, maxMsgSize],
      [0x0b, room],
    ]),
  );

/** A storage that keeps what the specification says: fragments in a row, the length told with the first. */
function storage(content: Uint8Array, { maxMsgSize = 1024, room = 4096 } = {}) {
  let kept = content;
  let coming: { length: number; parts: Uint8Array[] } | undefined;
  const gets: number[] = [];
  const sets: { offset: number; bytes: number; length: CborValue }[] = [];
  const send: Ctap['send'] = async (_command, parameters) => {
    const offset = Number(parameters?.get(3));
    const get = parameters?.get(1);
    if (typeof get === 'number') {
      gets.push(get);
      return cborMap([[1, kept.slice(offset, offset + get)]]);
    }
    const set = parameters?.get(2) as Uint8Array;
    sets.push({ offset, bytes: set.length, length: parameters?.get(4) });
    if (offset === 0) coming = { length: Number(parameters?.get(4)), parts: [] };
    coming?.parts.push(set);
    const whole = Buffer.concat(coming?.parts ?? []);
    if (whole.length === coming?.length) kept = Uint8Array.from(whole);
    return undefined;
  };
  const ctap: Ctap = { send, sequence: (run) => run(send) };
  const blobs = createLargeBlobs(ctap, infoWith(maxMsgSize, room));
  return { blobs, gets, sets, kept: () => kept };
}

const withCheck = (array: Uint8Array) =>
  Uint8Array.from(Buffer.concat([array, createHash('sha256').update(array).digest().subarray(0, 16)]));

describe('reading', () => {
  it('a key that was never written gives an empty array', async () => {
    expect(splitArray((await storage(INITIAL).blobs.read())!)).toEqual([]);
  });

  it.each([
    ['shorter than one fragment', 900, [960]],
    ['exactly one fragment', 960, [960, 960]],
    ['one byte more', 961, [960, 960]],
    ['several', 2500, [960, 960, 960]],
  ])('%s', async (_, length, asked) => {
    const array = Uint8Array.from(randomBytes(length - 16));
    const { blobs, gets } = storage(withCheck(array));
    expect(await blobs.read()).toEqual(array);
    expect(gets).toEqual(asked);
  });

  it.each([
    ['a flipped bit', withCheck(Uint8Array.of(0x80)).map((byte, i) => (i === 3 ? byte ^ 1 : byte))],
    ['nothing but half a check', new Uint8Array(9)],
    ['nothing at all', new Uint8Array()],
  ])('%s counts as torn', async (_, content) => {
    expect(await storage(content).blobs.read()).toBeUndefined();
  });

  it('a key that never ends is not followed', async () => {
    const send: Ctap['send'] = async () => cborMap([[1, new Uint8Array(960)]]);
    const ctap: Ctap = { send, sequence: (run) => run(send) };
    await expect(createLargeBlobs(ctap, infoWith(1024, 2048)).read()).rejects.toMatchObject({ code: 'key-malformed' });
  });

  it('a key that claims messages longer than CTAPHID can carry is asked for what it can', async () => {
    const { blobs, gets } = storage(INITIAL, { maxMsgSize: 65_536 });
    await blobs.read();
    expect(gets).toEqual([7609 - 64]);
  });
});

describe('writing', () => {
  it('tells the whole length once, goes fragment by fragment, and can be read again', async () => {
    const array = Uint8Array.from(randomBytes(2000));
    const { blobs, sets, kept } = storage(INITIAL);
    const { token, signed } = scriptedToken();
    await blobs.write(array, token);
    expect(sets).toEqual([
      { offset: 0, bytes: 960, length: 2016 },
      { offset: 960, bytes: 960, length: undefined },
      { offset: 1920, bytes: 96, length: undefined },
    ]);
    expect(await blobs.read()).toEqual(array);
    // 32 × ff, the command, a zero, the offset with its lowest byte first, the hash of the fragment.
    const second = createHash('sha256').update(kept().subarray(960, 1920)).digest('hex');
    expect(signed[1]).toBe(`${'ff'.repeat(32)}0c00c0030000${second}`);
  });

  it('more than the key holds is refused before anything is sent', async () => {
    const { blobs, sets } = storage(INITIAL, { room: 1024 });
    await expect(blobs.write(new Uint8Array(1009), undefined)).rejects.toMatchObject({
      code: 'key-large-blobs-full',
      facts: { bytes: 1025, limit: 1024 },
    });
    expect(sets).toEqual([]);
    await blobs.write(new Uint8Array(1008), undefined);
  });
});

describe('the array', () => {
  const element = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => encodeCbor(bytes)),
    fc.string({ maxLength: 9 }).map((text) => encodeCbor(text)),
    // Not in canonical form: written by someone else, and not ours to tidy up.
    fc.constant(Uint8Array.of(0x18, 0x01)),
  );
  it('comes apart and together again to the last byte', () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 300 }), (elements) => {
        expect(splitArray(joinArray(elements))).toEqual(elements);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a map', Uint8Array.of(0xa0)],
    ['cut off', Uint8Array.of(0x82, 0x01)],
    ['followed by more', Uint8Array.of(0x80, 0x00)],
    ['of a length beyond reason', Uint8Array.of(0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)],
    ['empty bytes', new Uint8Array()],
  ])('that is %s counts as empty', (_, bytes) => {
    expect(splitArray(bytes)).toEqual([]);
  });
});
