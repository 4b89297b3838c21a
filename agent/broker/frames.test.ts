import fc from 'fast-check';
import { encodeFrame, FRAME, FrameError, frameReader, type FrameType } from './frames';

const EVERY = Object.values(FRAME);
/** A payload of a length that the type has. */
const payloads: Readonly<Record<FrameType, fc.Arbitrary<Uint8Array>>> = {
  [FRAME.hello]: fc.uint8Array({ minLength: 33, maxLength: 33 }),
  [FRAME.challenge]: fc.uint8Array({ minLength: 64, maxLength: 64 }),
  [FRAME.proof]: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  [FRAME.welcome]: fc.constant(new Uint8Array()),
  [FRAME.list]: fc.constant(new Uint8Array()),
  [FRAME.devices]: fc.uint8Array({ minLength: 2, maxLength: 500 }),
  [FRAME.open]: fc.uint8Array({ minLength: 1, maxLength: 1024 }),
  [FRAME.opened]: fc.constant(new Uint8Array()),
  [FRAME.report]: fc.uint8Array({ minLength: 64, maxLength: 64 }),
  [FRAME.fault]: fc.uint8Array({ minLength: 2, maxLength: 500 }),
};
const frame = fc
  .constantFrom(...EVERY)
  .chain((type) => payloads[type].map((payload) => ({ type, payload: Uint8Array.from(payload) })));

describe('frames', () => {
  it('come out as they went in, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), fc.array(fc.nat(200), { maxLength: 40 }), (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(({ type, payload }) => encodeFrame(type, payload)));
        const read = frameReader(EVERY);
        const out = [];
        let at = 0;
        for (const cut of cuts) out.push(...read(bytes.subarray(at, (at += cut))));
        out.push(...read(bytes.subarray(at)));
        expect(out).toEqual(frames);
      }),
    );
  });

  it.each<[string, number[]]>([
    ['an unknown type', [0]],
    ['a type of the other side', [FRAME.devices]],
    ['text', [...Buffer.from('GET / HTTP/1.1\r\n')]],
    ['a report of 63 bytes', [FRAME.report, 0, 63]],
    ['a report of 65 bytes', [FRAME.report, 0, 65]],
    ['a path of no length', [FRAME.open, 0, 0]],
    ['a path of 1025 bytes', [FRAME.open, 4, 1]],
    ['a list with something in it', [FRAME.list, 0, 1]],
    ['a hello that is too short', [FRAME.hello, 0, 32]],
  ])('%s is refused before anything is kept', (_, bytes) => {
    const read = frameReader([FRAME.hello, FRAME.list, FRAME.open, FRAME.report]);
    expect(() => read(Uint8Array.from(bytes))).toThrow(FrameError);
  });

  it('are not made where they would be refused', () => {
    expect(() => encodeFrame(FRAME.report, new Uint8Array(65))).toThrow(FrameError);
    expect(() => encodeFrame(FRAME.open)).toThrow(FrameError);
  });
});
