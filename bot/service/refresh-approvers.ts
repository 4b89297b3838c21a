import { type DecisionFacts, type RuleFacts } from '../tickets/commands';
import { ruleFacts } from '../tickets/decide/approval';
import { approversChange } from '../tickets/decide/approvers';
import { SERVICE } from '../tickets/people';
import { type Ticket } from '../tickets/ticket';
import { type Deps, momentOf } from './deps';
import { dispatch } from './dispatch';
import { settleNow } from './outbox';

/** Asks those who may decide now, where they are others than were asked; nothing happens where they are not. */
export async function refreshApprovers(deps: Deps, ticket: Ticket, facts: RuleFacts): Promise<void> {
  if (ticket.status !== 'waiting' || approversChange(ticket, facts).length === 0) return;
  const command = { kind: 'refresh-approvers', facts, again: false, at: momentOf(deps), by: SERVICE } as const;
  await dispatch(deps, ticket.id, command, `${ticket.id}~approvers~${ticket.version}`);
  settleNow(deps, ticket.id);
}

/** The same with what was read for somebody's decision. */
export function refreshAfter(deps: Deps, ticket: Ticket, facts: DecisionFacts): Promise<void> {
  return refreshApprovers(deps, ticket, ruleFacts(facts));
}
