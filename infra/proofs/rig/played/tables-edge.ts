import { unreachable } from '../../../../bot/storage/faults';
import { type Table } from '../../../../bot/storage/tables';
import { type PlayedClock } from './clock';
import { type Edges, type Failure, type Life } from './edges';

/** For one call with all its attempts, as bot/storage/tables.ts has it. */
const CALL_MS = 15_000;
const WRITES = ['create', 'insert', 'replace', 'upsert', 'remove', 'transact'] as const;
const READS = ['get', 'query'] as const;

/** Puts tables behind the edge: what fails there is what the storage's own retries did not mend. */
export function tablesBehind(
  edges: Edges,
  life: Life,
  clock: Pick<PlayedClock, 'sleep'>,
  name: string,
  table: Table,
): Table {
  const label = name.replace('Keyvouch', '').toLowerCase();
  const fail = async (as: Failure): Promise<never> => {
    if (as === 'time-out') await clock.sleep(CALL_MS);
    throw unreachable(new Error(`the storage failed (${typeof as === 'string' ? as : as.status})`));
  };
  const behind = { ...table };
  for (const call of [...WRITES, ...READS]) {
    const original = table[call].bind(table) as (...args: unknown[]) => Promise<unknown>;
    const writes = WRITES.some((one) => one === call);
    const passed = (...args: unknown[]) =>
      edges.pass(
        life,
        { to: 'tables', label: `${call} ${label}`, writes, resource: label },
        () => original(...args),
        fail,
      );
    Object.assign(behind, { [call]: passed });
  }
  return {
    ...behind,
    async *pages(conditions) {
      const all = await edges.pass(
        life,
        { to: 'tables', label: `pages ${label}`, writes: false, resource: label },
        () => gather(table.pages(conditions)),
        fail,
      );
      yield* all;
    },
  };
}

async function gather<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
