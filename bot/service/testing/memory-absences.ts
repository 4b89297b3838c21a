import { type Absences, type AbsenceStore } from '../approvals-port';
import { type Stored } from '../ports';

/** Absences in memory, by the contract of bot/storage. */
export function createMemoryAbsences(): AbsenceStore {
  const rows = new Map<string, Stored<Absences>>();
  let writes = 0;
  return {
    absencesOf: async (people) => people.flatMap((id) => structuredClone(rows.get(id)?.value) ?? []),
    absence: async (id) => structuredClone(rows.get(id)),
    putAbsence: async (absences, etag) => {
      if (rows.get(absences.person.id)?.etag !== etag) return false;
      writes += 1;
      rows.set(absences.person.id, { value: structuredClone(absences), etag: `W/${writes}` });
      return true;
    },
    removeAbsence: async (id) => {
      rows.delete(id);
    },
  };
}
