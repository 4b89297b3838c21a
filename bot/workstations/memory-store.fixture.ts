import { type Stored, type WorkstationStore } from '../service/ports';

/** Rows of one kind, each replaced only under its ETag. */
function shelf<T>() {
  const rows = new Map<string, Stored<T>>();
  let writes = 0;
  return {
    get: async (key: string): Promise<Stored<T> | undefined> => {
      const row = rows.get(key);
      return row && { value: structuredClone(row.value), etag: row.etag };
    },
    put: async (key: string, value: T, etag?: string): Promise<boolean> => {
      if (rows.get(key)?.etag !== etag) return false;
      writes += 1;
      rows.set(key, { value: structuredClone(value), etag: String(writes) });
      return true;
    },
    all: (): T[] => [...rows.values()].map(({ value }) => structuredClone(value)),
  };
}

/** Workstations, codes and jobs in memory, by the contract of bot/storage. */
export function memoryWorkstations(): WorkstationStore {
  const records = shelf<Parameters<WorkstationStore['put']>[0]>();
  const codes = shelf<Parameters<WorkstationStore['putCode']>[0]>();
  const jobs = shelf<Parameters<WorkstationStore['putJob']>[0]>();
  const seen = new Set<string>();
  const jobKey = (workstation: string, id: string) => `${workstation}~${id}`;
  return {
    get: records.get,
    ofPerson: async (person) => records.all().filter((one) => one.person === person),
    desks: async () => records.all().filter(({ kind }) => kind === 'desk'),
    put: (record, etag) => records.put(record.id, record, etag),
    code: codes.get,
    putCode: (code, etag) => codes.put(code.publicPart, code, etag),
    jobs: async (workstation) => {
      const theirs = jobs.all().filter((job) => job.workstation === workstation);
      const rows = await Promise.all(theirs.map(({ id }) => jobs.get(jobKey(workstation, id))));
      return rows.flatMap((row) => row ?? []);
    },
    job: (workstation, id) => jobs.get(jobKey(workstation, id)),
    putJob: (job, etag) => jobs.put(jobKey(job.workstation, job.id), job, etag),
    seen: async (workstation, jti) => {
      const key = jobKey(workstation, jti);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    },
  };
}
