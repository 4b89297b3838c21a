import { z } from 'zod';
import { type Absences, type AbsenceStore } from '../service/approvals-port';
import { safeKey } from './keys';
import { type SealedRows, shaped } from './sealed';
import { type StoredRow, type Table } from './tables';

const person = z.object({ id: z.string(), name: z.string() });
const absencesSchema = shaped<Absences>(
  z.object({
    person,
    list: z.array(z.object({ delegate: person, from: z.string(), until: z.string(), enteredAt: z.string() })),
  }),
);

const ABSENCES_PK = 'absences';
/** For so few people their rows are asked for one by one; else all are read at once: there are as many as are away. */
const ONE_BY_ONE = 6;

/** Who is away and who decides instead: a row a person. Sealed, for it says who may approve. */
export function createAbsenceStore(people: Table, rows: SealedRows): AbsenceStore {
  const open = (row: StoredRow) => rows.open('absence', row, absencesSchema);
  return {
    async absencesOf(wanted) {
      if (wanted.length === 0) return [];
      const found =
        wanted.length <= ONE_BY_ONE
          ? await Promise.all(wanted.map((id) => people.get(ABSENCES_PK, safeKey(id))))
          : await people.query([['PartitionKey', 'eq', ABSENCES_PK]]);
      const keys = new Set(wanted.map(safeKey));
      return found.flatMap((row) => (row && keys.has(row.rk) ? [open(row)] : []));
    },
    async absence(id) {
      const row = await people.get(ABSENCES_PK, safeKey(id));
      return row && { value: open(row), etag: row.etag };
    },
    async putAbsence(absences, etag) {
      const row = rows.make('absence', ABSENCES_PK, safeKey(absences.person.id), absences);
      return (await (etag === undefined ? people.insert(row) : people.replace(row, etag))) !== undefined;
    },
    async removeAbsence(id) {
      await people.remove(ABSENCES_PK, safeKey(id));
    },
  };
}
