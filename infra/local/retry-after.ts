/** How long a service asks to be left alone: in so many seconds (0 is now), said as a number or as a date of HTTP. */
export interface Patience {
  seconds: number;
  as: 'seconds' | 'date';
}

/**
 * A `Retry-After` header (RFC 9110 §10.2.3).
 * @param now milliseconds since 1970. A date has whole seconds only: it is rounded up, as a server does that means it.
 */
export function retryAfter({ seconds, as }: Patience, now: number): Record<string, string> {
  const value = as === 'seconds' ? String(seconds) : new Date(Math.ceil(now / 1000 + seconds) * 1000).toUTCString();
  return { 'retry-after': value };
}
