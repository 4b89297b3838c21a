import { isBlocking } from './block';
import { type PersonRef } from './people';
import { type StandsFor } from './rule';
import { type Moment, type Ticket } from './ticket';
import { type TicketVerb } from './verbs';

/** One of those asked, as cards name them. */
export interface ApproverView {
  name: string;
  approved: boolean;
  denied?: true;
  reached: boolean;
  /** In whose place, and until when. */
  for?: StandsFor;
  /** Until when they are away: somebody else was asked in their place. */
  away?: Moment;
}

/** A denial that also bars repeats. */
export interface BlockView {
  until: Moment;
  /** Whether it still does. */
  holds: boolean;
  lifted?: { by: PersonRef; at: Moment; reason: string };
}

export function approversView(ticket: Ticket): ApproverView[] {
  const asked = ticket.approvers.filter(({ circle }) => circle <= ticket.askedCircle);
  return asked.map(({ id, name, for: place, away }) => ({
    name,
    approved: ticket.approvals.some((approval) => approval.by.id === id),
    ...(ticket.denial?.by.id === id && { denied: true as const }),
    reached: !ticket.unreached.some(({ person }) => person.id === id),
    ...(place && { for: place }),
    ...(away !== undefined && { away }),
  }));
}

/** In whose place this person decides, where they do, and for how many days a denial could bar repeats. */
export function decidingView(
  { approvers, rule }: Pick<Ticket, 'approvers' | 'rule'>,
  viewer: string,
): { insteadOf?: StandsFor; barsForDays?: number } {
  const insteadOf = approvers.find(({ id }) => id === viewer)?.for;
  const minutes = rule.blockMinutes ?? 0;
  return {
    ...(insteadOf && { insteadOf }),
    ...(minutes > 0 && { barsForDays: Math.ceil(minutes / (24 * 60)) }),
  };
}

export function blockView({ denial }: Ticket, now: Moment): BlockView | undefined {
  if (denial?.blockedUntil === undefined) return undefined;
  const { blockedUntil: until, lifted } = denial;
  return { until, holds: isBlocking({ denial }, now), ...(lifted && { lifted }) };
}

/** Whether this person was asked once, and may decide no longer: only as long as the ticket waits is there more to say. */
export function isFormerApprover({ formerApprovers = [] }: Ticket, viewer: string): boolean {
  return formerApprovers.some(({ id }) => id === viewer);
}

/** The buttons of those who decide. */
export function decidingVerbs({ rule }: Ticket): TicketVerb[] {
  return ['approve', 'deny', ...((rule.blockMinutes ?? 0) > 0 ? ['deny-block' as const] : [])];
}

/** Whether one of the helpdesk may let the same be asked again: nobody who has a part in the ticket. */
export function mayLift(ticket: Ticket, viewer: string, now: Moment): boolean {
  const parties = [ticket.requester.id, ticket.subject.id, ticket.hander?.id];
  return isBlocking(ticket, now) && !parties.includes(viewer);
}
