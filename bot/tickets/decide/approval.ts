import { type SignedApproval } from '../../../agent/protocol/signed-approval';
import { type DecisionFacts, type Refusal, type RuleFacts } from '../commands';
import { type Candidate, type StandsFor, whyNot, whyNotCandidate } from '../rule';
import { stopOf } from '../standing';
import { namedWorkstations, useUntilOf } from '../step-up';
import { type Moment, type Ticket } from '../ticket';
import { plusMinutes } from '../time';
import { cannotStop } from '../acts';
import { hasActed } from '../alive';
import { askedApprovers } from '../view';
import { hasStep } from '../plan';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';
import { approversChange, countsWith, isStricter, managerRisks, stillStands } from './approvers';
import { nowRemovable } from './removal';

export const DENIAL_AT_LEAST = 5;
export const DENIAL_AT_MOST = 500;

/** Where a decision comes too late: the end that the ticket has already. */
export function alreadyOver(ticket: Ticket): Refusal | undefined {
  if (ticket.status === 'waiting') return undefined;
  if (ticket.status === 'approved' || ticket.status === 'done') return { code: 'already-decided' };
  return { code: ticket.status };
}

interface MayDecide {
  refusal?: Refusal;
  /** In whose place, where this person decides as a delegate. */
  for?: StandsFor;
}

/** Whether this person may decide now: still named by the rule, not one of the parties, and asked. */
function mayDecide(ticket: Ticket, facts: DecisionFacts, now: Moment): MayDecide {
  const { actor, requester, hander, standing, samePerson: settings } = facts;
  const parties = { subject: standing.subject, requester, ...(hander && { hander }) };
  const strict = ticket.rule.strictSamePerson === true;
  const why = whyNot(actor, parties, settings, strict);
  if (why) return { refusal: { code: why } };
  const asked = askedApprovers(ticket).find((approver) => approver.id === actor.id);
  if (!asked) return { refusal: { code: 'not-an-approver' } };
  const named = facts.candidates.filter(({ person, circle }) => person.id === actor.id && circle <= ticket.askedCircle);
  const [first] = named;
  if (!first) return { refusal: { code: asked.for && asked.for.until <= now ? 'delegation-over' : 'not-in-rule' } };
  const good = named
    .filter((one) => whyNotCandidate(one, facts.candidates, parties, settings, strict) === undefined)
    .sort((a, b) => Number(!!a.for) - Number(!!b.for))
    .find((one) => !one.for || one.for.until > now);
  if (good) return good.for ? { for: good.for } : {};
  return { refusal: delegateRefusal(first, now) };
}

/** The person is no party, so it is the place they take that bars them. */
function delegateRefusal({ for: place }: Candidate, now: Moment): Refusal {
  const facts = { name: place?.name ?? '' };
  return place && place.until <= now ? { code: 'delegation-over', facts } : { code: 'delegate-not-allowed', facts };
}

/** @param proof the approver's own signature, where the rule asks for one; `to-come`: asked ahead of it */
export function approve(ticket: Ticket, command: CommandOf<'approve'>, proof?: SignedApproval | 'to-come'): Answer {
  const { facts, how } = command;
  if (ticket.approvals.some((approval) => approval.by.id === facts.actor.id)) return refused('already-approved');
  const late = alreadyOver(ticket);
  if (late) return { events: [], refusal: late };
  if (command.at >= ticket.expiresAt) return refused('expired');
  if (ticket.rule.stepUp === true && !proof) return refused('step-up-needed');
  if (how === 'called-back' && !facts.hasPhone) return refused('recognition-missing');
  const may = mayDecide(ticket, facts, command.at);
  const barred = may.refusal ?? stopOf(facts.standing, ticket.flow);
  if (barred) return { events: [], refusal: barred };
  const by = { id: facts.actor.id, name: facts.actor.name };
  const signed = typeof proof === 'object' && { proof };
  const approval = { by, at: command.at, how, ...(may.for && { for: may.for }), ...signed };
  const standing = ticket.approvals.filter((one) => stillStands(one, ticket, ruleFacts(facts)));
  if (!standing.every((one) => countsWith(one, approval, facts))) return refused('already-counted');
  // The directory has moved on: an earlier approval has fallen, or the rule has become stricter.
  const moved = standing.length < ticket.approvals.length || isStricter(facts.rule, ticket.rule);
  const first = moved ? approversChange(ticket, ruleFacts(facts)) : [];
  const risks = moved ? [] : managerRisks(ticket, facts);
  const approved = { kind: 'approved' as const, approval, ...(risks.length > 0 && { risks }) };
  const needed = Math.max(ticket.rule.needed, facts.rule?.needed ?? 0);
  if (standing.length + 1 < needed) return happened(command, ...first, approved);
  const approvals = [...standing, approval];
  const useUntil = useUntilOf(plusMinutes(command.at, ticket.rule.useWithin), approvals);
  const workstations = namedWorkstations({ approvals }, facts.workstations);
  if (!workstations) return refused('step-up-other-workstation', { name: ticket.subject.name });
  const decided = { kind: 'decided' as const, useUntil, workstations };
  // Nobody waits for a way in where a key came back.
  return happened(command, ...first, approved, decided, ...(hasStep(ticket, 'register') ? [] : nowRemovable(ticket)));
}

export function deny(ticket: Ticket, command: CommandOf<'deny'>): Answer {
  const { facts } = command;
  const late = alreadyOver(ticket);
  if (late) return { events: [], refusal: late };
  if (command.at >= ticket.expiresAt) return refused('expired');
  const may = mayDecide(ticket, facts, command.at);
  if (may.refusal) return { events: [], refusal: may.refusal };
  const reason = command.reason.trim();
  if (reason.length < DENIAL_AT_LEAST) return refused('denial-needs-reason', { least: DENIAL_AT_LEAST });
  if (reason.length > DENIAL_AT_MOST) return refused('reason-too-long', { most: DENIAL_AT_MOST, is: reason.length });
  const blockMinutes = command.block ? (ticket.rule.blockMinutes ?? 0) : 0;
  return happened(command, {
    kind: 'denied',
    person: { id: facts.actor.id, name: facts.actor.name },
    reason,
    ...(may.for && { for: may.for }),
    ...(blockMinutes > 0 && { blockedUntil: plusMinutes(command.at, blockMinutes) }),
  });
}

/** Who may approve now, as it was read for somebody's decision. */
export function ruleFacts(facts: DecisionFacts): RuleFacts {
  const { requester, hander, candidates, samePerson, rule, managerNotChecked, standing } = facts;
  return {
    ...{ subject: standing.subject, requester, candidates, samePerson },
    ...(hander && { hander }),
    ...(rule && { rule }),
    ...(managerNotChecked && { managerNotChecked }),
  };
}

/** The requester may cancel until something was done; the helpdesk later too, and what is alive is then put away. */
export function cancel(ticket: Ticket, command: CommandOf<'cancel'>): Answer {
  if (command.by.kind !== 'person') return refused('not-yours');
  const { id, name } = command.by;
  if (ticket.status === 'cancelled') return NOTHING;
  if (ticket.status !== 'waiting' && ticket.status !== 'approved') return refused(ticket.status);
  if (id !== ticket.requester.id && !command.helpdesk) return refused('not-yours');
  if (cannotStop(ticket.job)) return refused('too-late-to-cancel');
  if (hasActed(ticket) && !command.helpdesk) return refused('too-late-to-cancel');
  return happened(command, { kind: 'cancelled', person: { id, name } });
}
