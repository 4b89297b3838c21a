import { type Op, type Row, checkRow, checkTransaction } from '../../../bot/storage/limits';
import { type Condition, type StoredRow, type Table, type Transacted } from '../../../bot/storage/tables';

/** A table in memory that keeps the contract of bot/storage/tables: for proofs too large for Azurite. */
export interface MemoryTable extends Table {
  /** Every partition as it lies there; what is changed here is changed past the product. */
  readonly partitions: Map<string, Map<string, StoredRow>>;
}

const PAGE = 1000;
const inOrder = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);

/** What the conditions say of one of the two keys. */
function asked(of: Condition[0], conditions: readonly Condition[]): (key: string) => boolean {
  const tests = conditions.filter(([key]) => key === of);
  return (key) =>
    tests.every(([, op, value]) => {
      if (op === 'eq') return key === value;
      if (op === 'ge') return key >= value;
      if (op === 'gt') return key > value;
      return op === 'le' ? key <= value : key < value;
    });
}

/** Most of a table is none of most questions: only what fits is put in order. */
function fitting<V>(map: ReadonlyMap<string, V>, fits: (key: string) => boolean): [string, V][] {
  const entries: [string, V][] = [];
  for (const entry of map) if (fits(entry[0])) entries.push(entry);
  return entries.sort(inOrder);
}

/** @param now of which clock `writtenAt` is */
export function createMemoryTable(now: () => Date = () => new Date()): MemoryTable {
  const partitions: MemoryTable['partitions'] = new Map();
  let writes = 0;

  function put({ pk, rk, props }: Row): string {
    checkRow({ pk, rk, props });
    writes += 1;
    const etag = `W/"${writes}"`;
    const partition = partitions.get(pk) ?? new Map<string, StoredRow>();
    partitions.set(pk, partition.set(rk, { pk, rk, etag, writtenAt: now().toISOString(), props: { ...props } }));
    return etag;
  }

  const at = (pk: string, rk: string) => partitions.get(pk)?.get(rk);

  function drop(pk: string, rk: string): void {
    const partition = partitions.get(pk);
    partition?.delete(rk);
    if (partition?.size === 0) partitions.delete(pk);
  }

  function* found(conditions: readonly Condition[]): Generator<StoredRow> {
    const [, , only] = conditions.find(([key, op]) => key === 'PartitionKey' && op === 'eq') ?? [];
    const one = only === undefined ? undefined : partitions.get(only);
    const looked = only === undefined ? partitions : new Map(one && [[only, one]]);
    const row = asked('RowKey', conditions);
    for (const [, partition] of fitting(looked, asked('PartitionKey', conditions)))
      for (const [, found] of fitting(partition, row)) yield found;
  }

  async function* pages(conditions: readonly Condition[]): AsyncGenerator<StoredRow[]> {
    let page: StoredRow[] = [];
    for (const row of found(conditions)) {
      page.push(row);
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
    yield page;
  }

  function refusal(pk: string, op: Op): number | undefined {
    if (op.kind === 'insert') return at(pk, op.row.rk) ? 409 : undefined;
    const row = at(pk, op.kind === 'remove' ? op.rk : op.row.rk);
    if (!row) return 404;
    return op.kind === 'replace' && row.etag !== op.etag ? 412 : undefined;
  }

  return {
    partitions,
    create: async () => undefined,
    get: async (pk, rk) => at(pk, rk),
    insert: async (row) => (at(row.pk, row.rk) ? undefined : put(row)),
    replace: async (row, etag) => (at(row.pk, row.rk)?.etag === etag ? put(row) : undefined),
    async upsert(row) {
      put(row);
    },
    async remove(pk, rk, etag = '*') {
      const row = at(pk, rk);
      if (!row || (etag !== '*' && row.etag !== etag)) return false;
      drop(pk, rk);
      return true;
    },
    async query(conditions, limit = Infinity) {
      const rows: StoredRow[] = [];
      for (const row of found(conditions)) {
        if (rows.length >= limit) break;
        rows.push(row);
      }
      return rows;
    },
    pages,
    async transact(pk, ops): Promise<Transacted> {
      checkTransaction(pk, ops);
      const status = ops.map((op) => refusal(pk, op)).find((one) => one !== undefined);
      if (status !== undefined) return { kind: 'refused', status };
      const etags = ops.map((op) => {
        if (op.kind !== 'remove') return put(op.row);
        drop(pk, op.rk);
        return undefined;
      });
      return { kind: 'done', etags };
    },
  };
}
