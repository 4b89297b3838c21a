import { ruleFacts } from '../service/approvers';
import { momentOf } from '../service/deps';
import { approversChange } from '../tickets/decide/approvers';
import { FOLLOW_MINUTES } from '../tickets/reactions';
import { type Moment } from '../tickets/ticket';
import { plusMinutes } from '../tickets/time';
import { DONE, type Run } from './effect';

/**
 * Reads again who may approve a ticket that waits: another manager, another member of a group, somebody who is away or
 * back. Where that changes nothing the look that repeats comes back later, and leaves no trace in the ticket.
 */
export const followApprovers: Run<'follow-approvers'> = async (deps, ticket, { again }) => {
  if (ticket.status !== 'waiting') return DONE;
  const facts = await ruleFacts(deps, ticket);
  if (approversChange(ticket, facts).length > 0) {
    return { kind: 'outcome', command: { kind: 'refresh-approvers', facts, again } };
  }
  return again ? { kind: 'again', at: nextLook(ticket.approvers, momentOf(deps)) } : DONE;
};

/** In a while, or as soon as somebody is back. */
function nextLook(approvers: readonly { away?: Moment; for?: { until: Moment } }[], now: Moment): Moment {
  const ends = approvers.flatMap(({ away, for: place }) => [away ?? '', place?.until ?? '']);
  const [first] = [plusMinutes(now, FOLLOW_MINUTES), ...ends.filter((end) => end > now)].sort();
  return first ?? now;
}
