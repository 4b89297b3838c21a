/**
 * `describe` or `it` for tests that need something of the machine: where it is missing they are skipped, and their
 * name says so. In CI nothing may be missing.
 */
export function needing<T>(run: T & { skip: T }, what: string, isThere: boolean): T {
  if (isThere) return run;
  if (process.env['CI']) throw new Error(`CI must have ${what}, so that these tests run.`);
  return run.skip;
}
