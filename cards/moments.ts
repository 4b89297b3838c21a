/** Teams turns these text functions into the reader's own time zone and language. They know no milliseconds. */
function second(moment: string): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}

/** The time of day: `8:12 AM`, `08:12`. */
export function time(moment: string): string {
  return `{{TIME(${second(moment)})}}`;
}

/** The day: `Fri, Nov 21, 2025`. */
export function day(moment: string): string {
  return `{{DATE(${second(moment)}, SHORT)}}`;
}

/** Day and time. */
export function dayAndTime(moment: string): string {
  return `${day(moment)}, ${time(moment)}`;
}

/** Day and time, short: for lists. */
export function stamp(moment: string): string {
  return `{{DATE(${second(moment)}, COMPACT)}} ${time(moment)}`;
}
