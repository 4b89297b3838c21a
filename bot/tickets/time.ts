import { type Moment } from './ticket';

/** A moment so many minutes (fractions allowed) after another. */
export function plusMinutes(moment: Moment, minutes: number): Moment {
  return new Date(Date.parse(moment) + minutes * 60_000).toISOString();
}

export function plusSeconds(moment: Moment, seconds: number): Moment {
  return plusMinutes(moment, seconds / 60);
}
