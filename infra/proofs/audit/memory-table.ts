import { type Op, type Row, checkRow, checkTransaction } from '../../../bot/storage/limits';
import { type Condition, type StoredRow, type Table, type Transacted } from '../../../bot/storage/tables';

/** A table in memory that keeps the contract of bot/storage/tables: for proofs too large for Azurite. */
export interface MemoryTable extends Table {
  /** Every partition as it lies there; what is changed here is changed past the product. */
  readonly partitions: Map<string, Map<string, StoredRow>>;
}

const PAGE = 1000;

/** A map that also has its keys in order, so that a range of them is found without a look at all the others. */
class OrderedMap<V> extends Map<string, V> {
  private readonly ordered: string[] = [];

  /** Where this key is in the order, or would be. */
  private at(key: string): number {
    let [from, to] = [0, this.ordered.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.ordered[middle] ?? '') < key) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  override set(key: string, value: V): this {
    if (!this.has(key)) this.ordered.splice(this.at(key), 0, key);
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    if (this.has(key)) this.ordered.splice(this.at(key), 1);
    return super.delete(key);
  }

  override clear(): void {
    this.ordered.length = 0;
    super.clear();
  }

  /** What the conditions on one of the two keys leave, in order, as it stands now. */
  fitting(of: Condition[0], conditions: readonly Condition[]): V[] {
    let [from, to] = [0, this.ordered.length];
    for (const [key, op, value] of conditions) {
      if (key !== of) continue;
      const at = this.at(value);
      const after = this.has(value) ? at + 1 : at;
      if (op === 'gt') from = Math.max(from, after);
      if (op === 'ge' || op === 'eq') from = Math.max(from, at);
      if (op === 'lt') to = Math.min(to, at);
      if (op === 'le' || op === 'eq') to = Math.min(to, after);
    }
    const found: V[] = [];
    for (const key of this.ordered.slice(from, to)) {
      const value = this.get(key);
      if (value !== undefined) found.push(value);
    }
    return found;
  }
}

/** What was put in the place of a partition, past the product, has no order of its own. */
function ordered<V>(map: Map<string, V>): OrderedMap<V> {
  if (map instanceof OrderedMap) return map as OrderedMap<V>;
  const copy = new OrderedMap<V>();
  for (const [key, value] of map) copy.set(key, value);
  return copy;
}

/** @param now of which clock `writtenAt` is */
export function createMemoryTable(now: () => Date = () => new Date()): MemoryTable {
  const partitions = new OrderedMap<Map<string, StoredRow>>();
  let writes = 0;

  function put({ pk, rk, props }: Row): string {
    checkRow({ pk, rk, props });
    writes += 1;
    const etag = `W/"${writes}"`;
    const partition = partitions.get(pk) ?? new OrderedMap<StoredRow>();
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
    for (const partition of partitions.fitting('PartitionKey', conditions))
      yield* ordered(partition).fitting('RowKey', conditions);
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
