/** The code of an error of Node or undici: `ENOENT`, `ECONNREFUSED`; undefined where it has none. */
export function errorCode(error: unknown): string | undefined {
  // By shape: an error of another realm (a worker, a test) is no instance of this one's Error.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The cause of an error, and the cause of that one …, the outermost first. */
export function causesOf(error: unknown): unknown[] {
  const causes = [error];
  for (let each = error; causes.length < 6; causes.push(each)) {
    if (typeof each !== 'object' || each === null || !('cause' in each)) break;
    each = each.cause;
  }
  return causes;
}
