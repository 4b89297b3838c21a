import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import {
  type PairingCode,
  type Stored,
  type WorkstationJob,
  type WorkstationRecord,
  type WorkstationStore,
} from '../service/ports';
import { keyOf, plus, toMoment } from './keys';
import { type Row } from './limits';
import { createReplays } from './replays';
import { type SealedKind, type SealedRows, shaped } from './sealed';
import { type Condition, type StoredRow, type Table } from './tables';

const kind = z.enum(['own', 'desk']);

const recordSchema = shaped<WorkstationRecord>(
  z.object({
    id: z.string(),
    person: z.string(),
    kind,
    name: z.string(),
    state: z.enum(['pairing', 'active', 'removed']),
    publicJwk: z.string(),
    thumbprint: z.string(),
    next: z.object({ publicJwk: z.string(), thumbprint: z.string() }).optional(),
    pairedAt: z.string(),
  }),
);

const codeSchema = shaped<PairingCode>(
  z.object({
    publicPart: z.string(),
    secretHash: z.string(),
    person: z.string(),
    kind,
    expiresAt: z.string(),
    triesLeft: z.number().int(),
    usedBy: z.string().optional(),
  }),
);

const jobSchema = shaped<WorkstationJob>(
  z.object({
    id: z.string(),
    workstation: z.string(),
    ticket: z.string(),
    jws: z.string(),
    validUntil: z.string(),
    state: z.enum(['offered', 'started', 'made', 'registered', 'done', 'failed']),
    code: z.string().optional(),
    orphan: z.boolean().optional(),
  }),
);

const RECORD_RK = 'record';
const CODE_RK = 'code';
const DESKS_PK = 'desks';
const partitionOf = (workstation: string) => keyOf('ws', workstation);
const ownedPk = (person: string) => keyOf('of', person);
const jobKey = (job: string) => keyOf('job', job);
const JOBS: readonly Condition[] = [
  ['RowKey', 'ge', 'job~'],
  ['RowKey', 'lt', 'job~~'],
];

/** A result may come late, from a workstation that was switched off; not as late as this. */
const JOB_KEPT_MS = 30 * 24 * 60 * 60_000;

/** Takes the jobs of these tickets away: whom they are for, and who approved, can be read in them. */
export async function forgetJobs(table: Table, rows: SealedRows, tickets: ReadonlySet<string>): Promise<void> {
  for await (const page of table.pages(JOBS)) {
    for (const row of page) if (isOf(row)) await table.remove(row.pk, row.rk, row.etag);
  }

  /** What is not ours by its seal belongs to no ticket: it is reported where it is used. */
  function isOf(row: StoredRow): boolean {
    try {
      return tickets.has(rows.open('job', row, jobSchema).ticket);
    } catch (error) {
      if (error instanceof Fault) return false;
      throw error;
    }
  }
}

/** Workstations, pairing codes and jobs: a partition each, all sealed; who owns which is in pointer rows. */
export function createWorkstationStore(table: Table, rows: SealedRows, now: () => Date): WorkstationStore {
  const reader =
    <T>(what: SealedKind, schema: z.ZodType<T>) =>
    (row: StoredRow): Stored<T> => ({ value: rows.open(what, row, schema), etag: row.etag });
  const openRecord = reader('workstation', recordSchema);
  const openCode = reader('code', codeSchema);
  const openJob = reader('job', jobSchema);

  async function read<T>(pk: string, rk: string, open: (row: StoredRow) => Stored<T>): Promise<Stored<T> | undefined> {
    const row = await table.get(pk, rk);
    return row && open(row);
  }

  async function write(row: Row, etag: string | undefined): Promise<boolean> {
    return (await (etag === undefined ? table.insert(row) : table.replace(row, etag))) !== undefined;
  }

  const get = (id: string) => read(partitionOf(id), RECORD_RK, openRecord);

  /** The workstations to which the rows of a partition point, where the record agrees. */
  async function pointedTo(pk: string, agrees: (record: WorkstationRecord) => boolean): Promise<WorkstationRecord[]> {
    const pointers = await table.query([['PartitionKey', 'eq', pk]]);
    const ids = pointers.flatMap(({ props }) => (typeof props.workstation === 'string' ? [props.workstation] : []));
    const records = await Promise.all(ids.map(get));
    return records.flatMap((record) => (record && agrees(record.value) ? [record.value] : []));
  }

  return {
    get,
    ofPerson: (person) => pointedTo(ownedPk(person), (record) => record.person === person),
    desks: () => pointedTo(DESKS_PK, (record) => record.kind === 'desk'),
    async put(record, etag) {
      const pointers = [ownedPk(record.person), ...(record.kind === 'desk' ? [DESKS_PK] : [])];
      const props = { workstation: record.id };
      await Promise.all(pointers.map((pk) => table.upsert({ pk, rk: partitionOf(record.id), props })));
      return write(rows.make('workstation', partitionOf(record.id), RECORD_RK, record), etag);
    },

    code: (publicPart) => read(keyOf('code', publicPart), CODE_RK, openCode),
    putCode: (code, etag) => write(rows.make('code', keyOf('code', code.publicPart), CODE_RK, code), etag),

    async jobs(workstation) {
      const pk = partitionOf(workstation);
      const jobs = (await table.query([['PartitionKey', 'eq', pk], ...JOBS])).map(openJob);
      const over = plus(toMoment(now().getTime()), -JOB_KEPT_MS);
      const isOver = ({ value }: Stored<WorkstationJob>) => value.validUntil < over;
      await Promise.all(jobs.filter(isOver).map(({ value, etag }) => table.remove(pk, jobKey(value.id), etag)));
      return jobs.filter((job) => !isOver(job));
    },
    job: (workstation, id) => read(partitionOf(workstation), jobKey(id), openJob),
    putJob: (job, etag) => write(rows.make('job', partitionOf(job.workstation), jobKey(job.id), job), etag),

    seen: createReplays(table, now),
  };
}
