import { isDeepStrictEqual } from 'node:util';
import { type Row } from './limits';
import { type StoredRow, type Table } from './tables';

/**
 * Writes a row, if what was read before still stands there.
 * @param before what was read: `none` where there was nothing, undefined to write in any case
 * @param read what a stored row says
 * @returns false where somebody else has written it since
 */
export async function putIfSame<T>(
  table: Table,
  row: Row,
  before: T | 'none' | undefined,
  read: (stored: StoredRow) => T,
): Promise<boolean> {
  if (before === 'none') return (await table.insert(row)) !== undefined;
  if (before === undefined) {
    await table.upsert(row);
    return true;
  }
  const there = await table.get(row.pk, row.rk);
  if (!there || !isDeepStrictEqual(read(there), before)) return false;
  return (await table.replace(row, there.etag)) !== undefined;
}
