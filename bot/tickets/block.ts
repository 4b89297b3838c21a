import { type Refusal } from './commands';
import { type Moment, type Ticket } from './ticket';

/** Whether a denial still bars further requests of its flow for its subject. */
export function isBlocking({ denial }: Pick<Ticket, 'denial'>, now: Moment): boolean {
  return denial?.blockedUntil !== undefined && denial.lifted === undefined && now < denial.blockedUntil;
}

/** Why nothing of this flow may be asked for this subject now, by the denied ticket that says so. */
export function blockedBy(ticket: Ticket, now: Moment): Refusal | undefined {
  const until = ticket.denial?.blockedUntil;
  if (until === undefined || !isBlocking(ticket, now)) return undefined;
  return { code: 'repeats-blocked', facts: { shortId: ticket.shortId, until } };
}
