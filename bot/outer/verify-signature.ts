import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a receiver does before it believes anything: an example to copy, and what our tests and stand-ins verify with.
 * `body` is the text as it came, before it is parsed. A delivery older than five minutes is refused.
 */
export function isFromKeyvouch(header: string, body: string, secret: string, now = Date.now()): boolean {
  const parts = header.split(',').map((part) => part.split('='));
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d+$/.test(time) || Math.abs(now / 1000 - Number(time)) > 300) return false;
  const wanted = createHmac('sha256', secret).update(`${time}.${body}`).digest();
  return parts.some(([name, value = '']) => {
    const given = Buffer.from(value, 'hex');
    return name === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
