import fc from 'fast-check';
import { assemble, MAX_MESSAGE_BYTES, parsePacket, toReports } from './frames';
import { REPORT_BYTES } from './transport';

const joined = (reports: readonly Uint8Array[]): Uint8Array | undefined => {
  const [first, ...rest] = reports.map(parsePacket);
  if (first?.kind !== 'init') throw new Error('no first packet');
  const assembly = assemble(first);
  return rest.reduce<Uint8Array | undefined>((_, packet) => assembly.add(packet!), assembly.whole);
};

describe('a message', () => {
  // 57 bytes in the first packet, 59 in each that follows (CTAP 2.1 §11.2.4).
  it.each([
    [0, 1],
    [1, 1],
    [57, 1],
    [58, 2],
    [57 + 59, 2],
    [57 + 59 + 1, 3],
    [1024, 18],
    [7608, 129],
    [7609, 129],
  ])('of %i bytes takes %i reports', (length, count) => {
    const message = Uint8Array.from({ length }, (_, i) => i);
    const reports = toReports(0x11223344, 0x10, message);
    expect(reports).toHaveLength(count);
    expect(reports.every((report) => report.length === REPORT_BYTES)).toBe(true);
    expect(joined(reports)).toEqual(message);
  });

  it('of 7610 bytes is too long', () => {
    expect(MAX_MESSAGE_BYTES).toBe(7609);
    expect(() => toReports(1, 0x10, new Uint8Array(7610))).toThrow(RangeError);
  });

  it('begins with channel, command and length, big-endian, and is padded with zeros', () => {
    const [report] = toReports(0xa1b2c3d4, 0x10, Uint8Array.of(0x04));
    expect(Buffer.from(report!.subarray(0, 10)).toString('hex')).toBe('a1b2c3d4900001040000');
    expect(report!.subarray(8).every((byte) => byte === 0)).toBe(true);
  });

  it('of any length survives the journey', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: MAX_MESSAGE_BYTES }),
        fc.integer({ min: 0, max: 0xffffffff }),
        (m, cid) => {
          expect(joined(toReports(cid, 1, m))).toEqual(m);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('packets that break the rules', () => {
  const long = toReports(1, 0x10, new Uint8Array(200)).map((report) => parsePacket(report)!);
  it.each([
    ['a packet left out', [0, 2]],
    ['a packet twice', [0, 1, 1]],
    ['another message in between', [0, 1, 0]],
  ])('%s', (_, order) => {
    const first = long[order[0]!]!;
    const assembly = assemble(first as Parameters<typeof assemble>[0]);
    expect(() => order.slice(1).forEach((i) => assembly.add(long[i]!))).toThrow();
  });

  it('a length that no packets can carry', () => {
    expect(() => assemble({ kind: 'init', cid: 1, command: 1, length: 7610, data: new Uint8Array(57) })).toThrow();
  });

  it.each([0, 1, 63, 65])('a report of %i bytes is none', (length) => {
    expect(parsePacket(new Uint8Array(length))).toBeUndefined();
  });
});
