import { z } from 'zod';
import { oddRow, tampered } from './faults';
import { type Row } from './limits';
import { type Sealer } from './seal';
import { type StoredRow } from './tables';
import { joinText, splitText } from './text';

/** What a sealed row is. Part of the sealed text, so that a row of one kind never passes for another. */
export type SealedKind =
  | 'state'
  | 'out'
  | 'workstation'
  | 'code'
  | 'job'
  | 'conversation'
  | 'card'
  | 'place'
  | 'shared'
  | 'outer'
  | 'absence'
  | 'log'
  | 'passkey';

/** Rows with authority: written with a seal, and never read without it. */
export interface SealedRows {
  /** A row whose body, as JSON in s00…, is sealed together with its kind and both keys: it cannot be moved. */
  make(kind: SealedKind, pk: string, rk: string, body: unknown): Row;
  /** @throws Fault `storage-tampered` where the seal does not hold, `storage-odd-row` where the body is not of the schema. */
  open<T>(kind: SealedKind, row: StoredRow, schema: z.ZodType<T>): T;
}

export function createSealedRows(sealer: Sealer): SealedRows {
  // JSON of a list of texts is one-to-one: no two rows share a sealed text.
  const sealedText = (...parts: readonly string[]) => JSON.stringify(parts);
  return {
    make(kind, pk, rk, body) {
      const text = JSON.stringify(body);
      return { pk, rk, props: { ...splitText(text), seal: sealer.seal(sealedText(kind, pk, rk, text)) } };
    },
    open(kind, row, schema) {
      const text = joinText(row.props);
      const { seal } = row.props;
      if (
        text === undefined ||
        typeof seal !== 'string' ||
        !sealer.holds(sealedText(kind, row.pk, row.rk, text), seal)
      ) {
        throw tampered(kind, row.pk, row.rk);
      }
      const parsed = schema.safeParse(JSON.parse(text));
      if (!parsed.success) throw oddRow(`${kind} row is not of its schema`, { pk: row.pk, rk: row.rk }, parsed.error);
      return parsed.data;
    },
  };
}

/**
 * A schema that says what must be there and lets the value through as it is. For what this service wrote and sealed:
 * fields that a later version adds are kept, and no field becomes an explicit undefined.
 */
export function shaped<T>(schema: z.ZodTypeAny): z.ZodType<T> {
  return z.custom<T>((value) => schema.safeParse(value).success);
}
