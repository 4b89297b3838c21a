/** Bounds on what a key may send: far above any real answer, far below what would hurt. */
const MAX_DEPTH = 8;
const MAX_ITEMS = 4096;

/**
 * Walks one CBOR item without building it and gives the offset behind it. What passes is safe to hand to a decoder:
 * every length lies inside the bytes, nothing is indefinite, tagged or nested deep, and no map has a key twice
 * (CTAP 2.1 §8). The order of keys and the shortest form are not asked for: some real keys miss them.
 *
 * @throws Error that names the broken rule
 */
export function scanItem(bytes: Uint8Array, start = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let items = 0;

  function need(at: number, count: number) {
    if (at + count > bytes.length) throw new Error('CBOR ends too early');
  }

  /** The number in an item's head, and where the item goes on. */
  function head(at: number): { major: number; info: number; value: number; next: number } {
    need(at, 1);
    const first = view.getUint8(at);
    const major = first >> 5;
    const info = first & 0x1f;
    if (info < 24) return { major, info, value: info, next: at + 1 };
    if (info > 27) throw new Error('CBOR of indefinite or reserved length');
    const size = 1 << (info - 24);
    need(at + 1, size);
    const value =
      size === 1
        ? view.getUint8(at + 1)
        : size === 2
          ? view.getUint16(at + 1)
          : size === 4
            ? view.getUint32(at + 1)
            : Number(view.getBigUint64(at + 1));
    return { major, info, value, next: at + 1 + size };
  }

  function map(count: number, from: number, depth: number): number {
    const keys = new Set<string>();
    let at = from;
    for (let i = 0; i < count; i++) {
      const value = item(at, depth);
      const key = Buffer.from(bytes.subarray(at, value)).toString('latin1');
      if (keys.has(key)) throw new Error('CBOR map has a key twice');
      keys.add(key);
      at = item(value, depth);
    }
    return at;
  }

  function item(at: number, depth: number): number {
    if (depth > MAX_DEPTH) throw new Error('CBOR nested too deep');
    if (++items > MAX_ITEMS) throw new Error('CBOR has too many items');
    const { major, info, value, next } = head(at);
    switch (major) {
      case 0:
      case 1:
        return next;
      case 2:
      case 3:
        need(next, value);
        return next + value;
      case 4: {
        let end = next;
        for (let i = 0; i < value; i++) end = item(end, depth + 1);
        return end;
      }
      case 5:
        return map(value, next, depth + 1);
      case 6:
        throw new Error('CBOR tag');
      default:
        // false, true, null, undefined and floats; other simple values have no meaning here.
        if (info < 20 || info === 24) throw new Error('CBOR simple value without meaning');
        return next;
    }
  }

  return item(start, 0);
}
