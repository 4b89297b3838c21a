import { type Moment } from '../tickets/ticket';

const MINUTE_MS = 60_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** How many minutes a time zone's clocks are ahead of UTC at a moment. */
function aheadAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.round((shown - Math.floor(at / 1000) * 1000) / MINUTE_MS);
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * The moment at which a day begins where somebody is.
 * @param day `2026-03-02`, as a card's date input gives it
 * @param zone as Teams tells it of the person's client (IANA: `Europe/Berlin`); UTC where it tells none that is known
 * @param later days later
 * @returns undefined where the text is no day
 */
export function startOfDay(day: string, zone = 'UTC', later = 0): Moment | undefined {
  const midnight = DAY.test(day) ? Date.parse(`${day}T00:00:00.000Z`) : NaN;
  // 30 February is no day, though Date takes it for one of March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined;
  const wanted = midnight + later * 24 * 60 * MINUTE_MS;
  if (!isZone(zone)) return new Date(wanted).toISOString();
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = wanted - aheadAt(wanted, zone) * MINUTE_MS;
  return new Date(wanted - aheadAt(guess, zone) * MINUTE_MS).toISOString();
}
