import { hasStep, isNow } from './plan';
import { type Moment, type Ticket } from './ticket';
import { plusMinutes, plusSeconds } from './time';

export const SHOWS_AT_MOST = 3;
/** Makings of a pass, also those that came to nothing: a bound for a row, out of reach of ordinary bad weather. */
export const MAKINGS_AT_MOST = 12;

/** How long a making counts as under way. After that its reply is lost, and the next one takes its place. */
export const IN_PROGRESS_SECONDS = 15;

/** Whether a pass may be asked for at Entra at this moment. */
export function isMaking({ generations }: Pick<Ticket, 'generations'>, now: Moment): boolean {
  const last = generations.at(-1);
  return last?.state === 'started' && now < plusSeconds(last.startedAt, IN_PROGRESS_SECONDS);
}

/** The pass that is out there now, as far as the ticket knows. */
export function livePass(ticket: Ticket, now: Moment) {
  return ticket.generations.findLast(
    ({ state, endedAt, validUntil }) => state === 'issued' && !endedAt && validUntil !== undefined && validUntil > now,
  );
}

/**
 * How often a pass can still be shown: not any more once the time of the approval is over. A making that came to nothing
 * showed nobody anything, and does not count.
 */
export function showsLeft(ticket: Ticket, now: Moment): number {
  if (now >= ticket.expiresAt || ticket.generations.length >= MAKINGS_AT_MOST) return 0;
  const shown = ticket.generations.filter(({ state }) => state !== 'settled').length;
  return Math.max(0, SHOWS_AT_MOST - shown);
}

/** Whether the plan stands where a pass may be shown: for the first time, or again. */
export function mayShow(ticket: Ticket): boolean {
  if (ticket.finishedAt) return false;
  return isNow(ticket, 'show') || isNow(ticket, 'appear') || (!hasStep(ticket, 'appear') && isNow(ticket, 'tidy'));
}

/** Entra lists a new passkey a while after it was made. */
const LAG_MINUTES = 10;

/** Until when a passkey may come to light that was made with a pass which ends then. */
export function appearsUntil(validUntil: Moment): Moment {
  return plusMinutes(validUntil, LAG_MINUTES);
}
