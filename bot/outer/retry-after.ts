/** A longer wait than this is taken for a slip of the other side. Milliseconds. */
const LONGEST_MS = 60 * 60_000;

/**
 * The `Retry-After` header (RFC 9110 §10.2.3): seconds, or a date.
 *
 * @returns milliseconds from now, 0 to 1 hour; undefined when there is none or it cannot be read
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(Math.ceil(wait), 0), LONGEST_MS);
}
