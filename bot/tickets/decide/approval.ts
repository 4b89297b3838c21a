import { type DecisionFacts, type Refusal } from '../commands';
import { whyNot } from '../rule';
import { stopOf } from '../standing';
import { type Ticket } from '../ticket';
import { plusMinutes } from '../time';
import { hasActed } from '../alive';
import { askedApprovers } from '../view';
import { hasStep } from '../plan';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';
import { nowRemovable } from './removal';

export const DENIAL_AT_LEAST = 5;
export const DENIAL_AT_MOST = 500;

/** Where a decision comes too late: the end that the ticket has already. */
export function alreadyOver(ticket: Ticket): Refusal | undefined {
  if (ticket.status === 'waiting') return undefined;
  if (ticket.status === 'approved' || ticket.status === 'done') return { code: 'already-decided' };
  return { code: ticket.status };
}

/** Whether this person may decide now: still named by the rule, not one of the parties, and asked. */
function mayNotDecide(ticket: Ticket, facts: DecisionFacts): Refusal | undefined {
  const { actor, requester, hander, standing } = facts;
  const parties = { subject: standing.subject, requester, ...(hander && { hander }) };
  const why = whyNot(actor, parties, facts.samePerson);
  if (why) return { code: why };
  if (!askedApprovers(ticket).some((approver) => approver.id === actor.id)) return { code: 'not-an-approver' };
  const named = facts.candidates.some(({ person, circle }) => person.id === actor.id && circle <= ticket.askedCircle);
  return named ? undefined : { code: 'not-in-rule' };
}

export function approve(ticket: Ticket, command: CommandOf<'approve'>): Answer {
  const { facts, how } = command;
  if (ticket.approvals.some((approval) => approval.by.id === facts.actor.id)) return refused('already-approved');
  const late = alreadyOver(ticket);
  if (late) return { events: [], refusal: late };
  if (command.at >= ticket.expiresAt) return refused('expired');
  if (how === 'called-back' && !facts.hasPhone) return refused('recognition-missing');
  const barred = mayNotDecide(ticket, facts) ?? stopOf(facts.standing, ticket.flow);
  if (barred) return { events: [], refusal: barred };
  const by = { id: facts.actor.id, name: facts.actor.name };
  const approved = { kind: 'approved' as const, approval: { by, at: command.at, how } };
  if (ticket.approvals.length + 1 < ticket.rule.needed) return happened(command, approved);
  const useUntil = plusMinutes(command.at, ticket.rule.useWithin);
  const decided = { kind: 'decided' as const, useUntil, workstations: facts.workstations };
  // Nobody waits for a way in where a key came back.
  return happened(command, approved, decided, ...(hasStep(ticket, 'choose') ? [] : nowRemovable(ticket)));
}

export function deny(ticket: Ticket, command: CommandOf<'deny'>): Answer {
  const { facts } = command;
  const late = alreadyOver(ticket);
  if (late) return { events: [], refusal: late };
  if (command.at >= ticket.expiresAt) return refused('expired');
  const barred = mayNotDecide(ticket, facts);
  if (barred) return { events: [], refusal: barred };
  const reason = command.reason.trim();
  if (reason.length < DENIAL_AT_LEAST) return refused('denial-needs-reason', { least: DENIAL_AT_LEAST });
  if (reason.length > DENIAL_AT_MOST) return refused('reason-too-long', { most: DENIAL_AT_MOST, is: reason.length });
  return happened(command, { kind: 'denied', person: { id: facts.actor.id, name: facts.actor.name }, reason });
}

/** The requester may cancel until something was done; the helpdesk later too, and what is alive is then put away. */
export function cancel(ticket: Ticket, command: CommandOf<'cancel'>): Answer {
  if (command.by.kind !== 'person') return refused('not-yours');
  const { id, name } = command.by;
  if (ticket.status === 'cancelled') return NOTHING;
  if (ticket.status !== 'waiting' && ticket.status !== 'approved') return refused(ticket.status);
  if (id !== ticket.requester.id && !command.helpdesk) return refused('not-yours');
  if (ticket.job?.state === 'made') return refused('too-late-to-cancel');
  if (hasActed(ticket) && !command.helpdesk) return refused('too-late-to-cancel');
  return happened(command, { kind: 'cancelled', person: { id, name } });
}
