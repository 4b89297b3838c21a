/** A line on stdout. Not `console.log`, which first opens stderr to look for colours: a short command feels that. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
