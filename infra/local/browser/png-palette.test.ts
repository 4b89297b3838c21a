import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { withPalette } from './png-palette';

const [WIDTH, HEIGHT] = [7, 10];
const PIXELS = Array.from({ length: WIDTH * HEIGHT }, (_, at) => [(at * 7) % 5, 200 + (at % 3), (at * 31) % 256]);

const paeth = (a: number, b: number, c: number) => {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
};

/** A PNG whose rows use all five filters in turn. */
function png(size: 3 | 4, depth = 8): Buffer {
  const plain = (row: number, column: number) => {
    if (row < 0 || column < 0) return 0;
    const pixel = PIXELS[row * WIDTH + Math.floor(column / size)] ?? [];
    return column % size === 3 ? 255 : (pixel[column % size] ?? 0);
  };
  const rows = Array.from({ length: HEIGHT }, (_, row) => {
    const filter = row % 5;
    const bytes = Array.from({ length: WIDTH * size }, (_column, column) => {
      const [left, up, corner] = [plain(row, column - size), plain(row - 1, column), plain(row - 1, column - size)];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      return (plain(row, column) - guess) & 255;
    });
    return [filter, ...bytes];
  });
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.from([0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, depth, size === 4 ? 6 : 2, 0, 0, 0]);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** The pixels of a palette PNG without filters. */
function pixelsOf(picture: Buffer): number[][] {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < picture.length; at += picture.readUInt32BE(at) + 12) {
    const body = picture.subarray(at + 4, at + 8 + picture.readUInt32BE(at));
    expect(picture.readUInt32BE(at + 4 + body.length)).toBe(crc32(body));
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
  const [palette, data] = [chunks.get('PLTE')!, inflateSync(chunks.get('IDAT')!)];
  return Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const index = data[at + Math.floor(at / WIDTH) + 1]!;
    return [...palette.subarray(index * 3, index * 3 + 3)];
  });
}

test.each([3, 4] as const)(
  'every filter is undone, and few colours stay exactly as they are: %d bytes a pixel',
  (size) => {
    expect(pixelsOf(withPalette(png(size)))).toEqual(PIXELS);
  },
);

test('a PNG of another kind is refused', () => {
  expect(() => withPalette(png(3, 16))).toThrow('another kind');
});
