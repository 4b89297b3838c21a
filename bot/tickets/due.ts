import { lapsesAt } from './acts';
import { askedAt, isAsked } from './diagnosis';
import { hasStep } from './plan';
import { appearsUntil } from './shows';
import { stepUpTimes } from './step-up';
import { type Moment, type Ticket } from './ticket';
import { plusMinutes } from './time';

export function lastCircle(ticket: Ticket): number {
  return Math.max(0, ...ticket.approvers.map(({ circle }) => circle));
}

/** When the next circle is asked: each circle has had its time. */
export function widensAt(ticket: Ticket): Moment {
  return plusMinutes(askedAt(ticket), ticket.rule.widenAfter * (ticket.askedCircle + 1));
}

/** So often are those asked reminded by time alone. */
export const REMINDERS_AT_MOST = 3;

/** When those asked are reminded next: each time after as long again. */
export function remindsAt(ticket: Ticket): Moment {
  const { rule, reminders = 0 } = ticket;
  return plusMinutes(askedAt(ticket), rule.remindAfter * (reminders + 1));
}

/** How long after its approval a lost key may live at most, whether or not its owner came: the promise. */
const GONE_WITHIN_MINUTES = 10;
/** When its removal begins at the latest, so that the promise is kept. */
const REMOVE_WITHIN_MINUTES = 8;

/** When the passkeys that were named go, if nothing made them go before: at the latest when the approval ends. */
export function removesAt(ticket: Ticket): Moment | undefined {
  const { status, decidedAt, expiresAt, removals } = ticket;
  // A key that is in its owner's hand goes when it is erased.
  if (hasStep(ticket, 'reset')) return undefined;
  const named = removals.some(({ state }) => state === 'named');
  if (status !== 'approved' || !decidedAt || !named) return undefined;
  const latest = plusMinutes(decidedAt, REMOVE_WITHIN_MINUTES);
  return latest < expiresAt ? latest : expiresAt;
}

/** When time alone ends an approved ticket that nothing came of: a key that was added with its last pass is waited for. */
export function endsAt(ticket: Ticket): Moment {
  const { expiresAt, generations, passkey } = ticket;
  if (!hasStep(ticket, 'appear') || passkey) return expiresAt;
  const appears = generations.flatMap(({ validUntil }) => (validUntil ? [appearsUntil(validUntil)] : []));
  return [expiresAt, ...appears].sort().at(-1) ?? expiresAt;
}

/** By when those that were named are gone, as was promised. */
export function goneBy(ticket: Ticket): Moment | undefined {
  const at = removesAt(ticket);
  return at && plusMinutes(at, GONE_WITHIN_MINUTES - REMOVE_WITHIN_MINUTES);
}

/** The moments at which time alone may change this ticket: a tick then does it. */
export function dueTimes(ticket: Ticket): Moment[] {
  const lapses = ticket.job && lapsesAt(ticket.job);
  if (ticket.status === 'waiting') {
    if (!isAsked(ticket)) return [ticket.expiresAt, ...(lapses ? [lapses] : [])];
    return [
      ticket.expiresAt,
      ...((ticket.reminders ?? 0) < REMINDERS_AT_MOST ? [remindsAt(ticket)] : []),
      ...(ticket.askedCircle < lastCircle(ticket) ? [widensAt(ticket)] : []),
      ...stepUpTimes(ticket),
    ];
  }
  if (ticket.status !== 'approved' && ticket.status !== 'frozen') return [];
  const passes = ticket.generations.flatMap(({ state, endedAt, validUntil }) =>
    state === 'issued' && !endedAt && validUntil ? [validUntil] : [],
  );
  // A frozen ticket waits for people, and for a pass that nobody could end.
  if (ticket.status === 'frozen') return passes;
  const removal = removesAt(ticket);
  return [endsAt(ticket), ...passes, ...(lapses ? [lapses] : []), ...(removal ? [removal] : [])];
}
