import { isBlocking } from '../block';
import { type Ticket } from '../ticket';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';

export const LIFT_AT_LEAST = 5;
export const LIFT_AT_MOST = 500;

/** The helpdesk lets the same be asked again: one of them who is no party, with a reason that is kept. */
export function liftBlock(ticket: Ticket, command: CommandOf<'lift-block'>): Answer {
  if (!command.helpdesk || command.by.kind !== 'person') return refused('helpdesk-only');
  const { id, name } = command.by;
  if (ticket.denial?.lifted) return NOTHING;
  if (!isBlocking(ticket, command.at)) return refused('not-blocked');
  if (id === ticket.requester.id || id === ticket.subject.id || id === ticket.hander?.id)
    return refused('lift-not-you');
  const reason = command.reason.trim();
  if (reason.length < LIFT_AT_LEAST) return refused('lift-needs-reason', { least: LIFT_AT_LEAST });
  if (reason.length > LIFT_AT_MOST) return refused('reason-too-long', { most: LIFT_AT_MOST, is: reason.length });
  return happened(command, { kind: 'block-lifted', person: { id, name }, reason });
}
