import { printable } from '../../operations/printable';

/** Names and values below each other, the values in one column. */
export function rows(entries: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${printable(name).padEnd(width)}  ${printable(value, 2000)}`).join('\n');
}

/** Cells in columns, without the spaces that a line would end in. No cell is cut but by `printable`. */
export function table(lines: readonly (readonly string[])[]): string {
  const cells = lines.map((line) => line.map((cell) => printable(cell, 100)));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
