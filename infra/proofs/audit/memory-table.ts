import { type Op, type Row, checkRow, checkTransaction } from '../../../bot/storage/limits';
import { type Condition, type StoredRow, type Table, type Transacted } from '../../../bot/storage/tables';

/** A table in memory that keeps the contract of bot/storage/tables: for proofs too large for Azurite. */
export interface MemoryTable extends Table {
  /** Every partition as it lies there; what is changed here is changed past the product. */
  readonly partitions: Map<string, Map<string, StoredRow>>;
}

const PAGE = 1000;
const inOrder = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);

function fits(pk: string, rk: string, conditions: readonly Condition[]): boolean {
  return conditions.every(([key, op, value]) => {
    const text = key === 'PartitionKey' ? pk : rk;
    if (op === 'eq') return text === value;
    if (op === 'ge') return text >= value;
    if (op === 'gt') return text > value;
    return op === 'le' ? text <= value : text < value;
  });
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
    const named = only === undefined ? [...partitions].sort(inOrder) : [[only, partitions.get(only)] as const];
    for (const [pk, partition] of named) {
      // Most of a partition is none of most questions: only what fits is put in order.
      const rows: [string, StoredRow][] = [];
      for (const entry of partition ?? []) if (fits(pk, entry[0], conditions)) rows.push(entry);
      for (const [, row] of rows.sort(inOrder)) yield row;
    }
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
