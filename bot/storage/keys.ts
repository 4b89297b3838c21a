import { createHash } from 'node:crypto';
import { type Moment } from '../tickets/ticket';

/** Longer texts than this become a hash, so that no key comes near Azurite's 512 characters. */
const LONGEST = 200;

/**
 * Turns any text into a part of a key: two different texts never give the same part, and the separator `~` never
 * occurs in one. Azure refuses `/ \ # ?` and control characters in keys; `%` and quotes are trouble in URLs and filters.
 */
export function safeKey(text: string): string {
  const escaped = [...Buffer.from(text, 'utf8')].map(escapeByte).join('');
  // `!h` cannot be an escape, since h is no hexadecimal digit.
  return escaped.length <= LONGEST ? escaped : `!h${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}

function escapeByte(byte: number): string {
  const letter = String.fromCharCode(byte);
  return /[A-Za-z0-9._:@=-]/.test(letter) ? letter : `!${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Joins a literal prefix and texts from outside to one key: `cmd~…`. */
export function keyOf(prefix: string, ...texts: readonly string[]): string {
  return [prefix, ...texts.map(safeKey)].join('~');
}

/** Ten digits, so that numbers sort as text. */
export function seq10(seq: number): string {
  return String(seq).padStart(10, '0');
}

/** A moment in the one form that sorts as text: UTC with milliseconds. @throws RangeError for text that is no time. */
export function toMoment(time: string | number | Date): Moment {
  return new Date(time).toISOString();
}

/** The later of two moments, in the one form that sorts. */
export function laterOf(a: Moment, b: Moment): Moment {
  const [one, other] = [toMoment(a), toMoment(b)];
  return one > other ? one : other;
}

/** A moment so many milliseconds later. */
export function plus(moment: Moment, ms: number): Moment {
  return toMoment(Date.parse(moment) + ms);
}

/** `yyyyMMddHH` in UTC: the bucket in which a due moment lies. */
export function hourOf(moment: Moment): string {
  return toMoment(moment).replace(/[-T]/g, '').slice(0, 10);
}

/** Thirteen digits that fall as time rises, so that the newest comes first. */
export function invertedTime(moment: Moment): string {
  return String(9_999_999_999_999 - Date.parse(moment)).padStart(13, '0');
}
