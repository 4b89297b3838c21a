import { type Table } from '../../../bot/storage/tables';
import { createMemoryTable, type MemoryTable } from '../audit/memory-table';

/** Tables in memory, shared by all who open them: what several processes have in common. */
export interface MemoryTables {
  source: { open: (name: string) => Table };
  all: ReadonlyMap<string, MemoryTable>;
}

/** @param around puts something around each table: a gate, a count */
export function memoryTables(now: () => Date, around: (table: MemoryTable) => Table = (table) => table): MemoryTables {
  const all = new Map<string, MemoryTable>();
  const opened = new Map<string, Table>();
  const open = (name: string): Table => {
    const there = opened.get(name);
    if (there) return there;
    const table = createMemoryTable(now);
    all.set(name, table);
    const shown = around(table);
    opened.set(name, shown);
    return shown;
  };
  return { source: { open }, all };
}

export function rowsIn({ partitions }: MemoryTable): number {
  let rows = 0;
  for (const partition of partitions.values()) rows += partition.size;
  return rows;
}
