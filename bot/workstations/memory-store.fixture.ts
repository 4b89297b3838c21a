import {
  type PairingCode,
  type Stored,
  type WorkstationJob,
  type WorkstationRecord,
  type WorkstationStore,
} from '../service/ports';

/** A shelf whose items are replaced only under the ETag they were read with, as tables do it. */
function shelf<T>() {
  const items = new Map<string, Stored<T>>();
  let counter = 0;
  return {
    get: (key: string): Promise<Stored<T> | undefined> => Promise.resolve(items.get(key)),
    all: (): Stored<T>[] => [...items.values()],
    put(key: string, value: T, etag?: string): Promise<boolean> {
      if (items.get(key)?.etag !== etag) return Promise.resolve(false);
      items.set(key, { value, etag: `e${(counter += 1)}` });
      return Promise.resolve(true);
    },
  };
}

/** Workstations, codes and jobs in memory, for tests. */
export function memoryWorkstations(): WorkstationStore {
  const records = shelf<WorkstationRecord>();
  const codes = shelf<PairingCode>();
  const jobs = shelf<WorkstationJob>();
  const seen = new Set<string>();
  const valuesOf = (keep: (record: WorkstationRecord) => boolean) =>
    Promise.resolve(
      records
        .all()
        .map(({ value }) => value)
        .filter(keep),
    );
  return {
    get: records.get,
    ofPerson: (person) => valuesOf((record) => record.person === person),
    desks: () => valuesOf(({ kind }) => kind === 'desk'),
    put: (record, etag) => records.put(record.id, record, etag),
    code: codes.get,
    putCode: (code, etag) => codes.put(code.publicPart, code, etag),
    jobs: (workstation) => Promise.resolve(jobs.all().filter(({ value }) => value.workstation === workstation)),
    job: (workstation, id) => jobs.get(`${workstation}~${id}`),
    putJob: (job, etag) => jobs.put(`${job.workstation}~${job.id}`, job, etag),
    seen(workstation, jti) {
      const key = `${workstation}~${jti}`;
      if (seen.has(key)) return Promise.resolve(false);
      seen.add(key);
      return Promise.resolve(true);
    },
  };
}
