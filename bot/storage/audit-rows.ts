import { z } from 'zod';
import { type Link } from './chain';
import { keyOf, seq10 } from './keys';
import { type StoredRow } from './tables';
import { joinText } from './text';

/** How the rows of a ticket's audit are called, and what is in them. */

export const commandKey = (commandId: string) => keyOf('cmd', commandId);
export const recordKey = (seq: number) => `ev~${seq10(seq)}`;
export const partKey = (seq: number) => `pd~${seq10(seq)}`;

/** What may lie in a ticket's partition. */
export const KNOWN = /^(state|(ev|pd)~\d{10}|(cmd|out|card|shared|outer)~.+)$/;

const fieldsSchema = z.record(z.unknown());

const recordSchema = z
  .object({
    seq: z.number().int().positive(),
    at: z.string(),
    kind: z.string(),
    actor: z.string(),
    commandId: z.string(),
    data: fieldsSchema,
    commitment: z.string(),
    previous: z.string(),
    hash: z.string(),
  })
  .strict();

const partSchema = z.object({ seq: z.number().int(), salt: z.string(), personal: fieldsSchema }).strict();

function parseJson<T>(row: StoredRow, schema: z.ZodType<T>): T | undefined {
  const text = joinText(row.props);
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Rows of one kind by the number in their key; undefined where a row cannot be read. */
function numbered<T>(rows: readonly StoredRow[], prefix: string, schema: z.ZodType<T>): Map<number, T | undefined> {
  const found = rows.filter(({ rk }) => rk.startsWith(prefix) && KNOWN.test(rk));
  return new Map(found.map((row) => [Number(row.rk.slice(prefix.length)), parseJson(row, schema)]));
}

export const recordsIn = (rows: readonly StoredRow[]): Map<number, Link['record'] | undefined> =>
  numbered(rows, 'ev~', recordSchema);

export const partsIn = (rows: readonly StoredRow[]): Map<number, Link['part']> => numbered(rows, 'pd~', partSchema);
