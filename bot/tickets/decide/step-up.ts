import { actorId } from '../people';
import { type StandsFor } from '../rule';
import { SIGN_MINUTES, signingOpen, statementOf, type StepUp, stepUpOf, stepUpWith, stillSo } from '../step-up';
import { type Ticket } from '../ticket';
import { plusMinutes } from '../time';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';
import { alreadyOver, approve } from './approval';

/** Stands for a signature that is still to come, to ask whether the approval would count with it. */
const TO_COME = 'to-come';

/**
 * An approver says yes under a rule that asks for their own key: their wish is kept, and their workstation is given a
 * job to sign it. Asked as at the approval itself, so that nobody signs what could not count.
 */
export function beginApproval(ticket: Ticket, command: CommandOf<'begin-approval'>): Answer {
  const { facts, how, job, audience, salt, workstation, at } = command;
  if (ticket.rule.stepUp !== true) return NOTHING;
  const would = approve(ticket, { ...command, kind: 'approve' }, TO_COME);
  if (would.refusal) return would;
  const before = stepUpOf(ticket, facts.actor.id);
  if (before?.job === job) return NOTHING;
  if (before?.state === 'started' && signingOpen(ticket, before, at)) {
    return refused('step-up-runs', { workstation: before.workstation.name });
  }
  if (command.keys === 0) return refused('step-up-no-key');
  if (!workstation) return refused(command.several ? 'step-up-choose-workstation' : 'step-up-no-workstation');
  const place = placeOf(would);
  const statement = statementOf(ticket, facts, { how, job, audience, salt, at, ...(place && { insteadOf: place }) });
  if (!statement) return refused('step-up-other-workstation', { name: ticket.subject.name });
  const by = { id: facts.actor.id, name: facts.actor.name };
  const validUntil = plusMinutes(at, SIGN_MINUTES);
  return happened(command, { kind: 'approval-begun', person: by, how, job, workstation, validUntil, statement });
}

/** In whose place the approval counts, where it is a delegate's. */
function placeOf({ events }: Answer): StandsFor | undefined {
  const approved = events.find((event) => event.kind === 'approved');
  return approved?.approval.for;
}

/** The job of this id, where it is still open and the workstation that speaks is the one it was given to. */
function openOne(ticket: Ticket, command: CommandOf<'approval-started' | 'sign-approval'>): StepUp | Answer {
  const one = stepUpWith(ticket, command.job);
  if (!one) return refused('job-unknown');
  if (actorId(command.by) !== one.workstation.id) return refused('workstation-not-yours');
  const late = alreadyOver(ticket);
  if (late) return { events: [], refusal: late };
  if (!signingOpen(ticket, one, command.at)) return refused('job-over', { code: one.code ?? 'job-lapsed' });
  return one;
}

/** It comes to nothing, and the approver's card says why. */
function failed(
  command: CommandOf<'approval-started' | 'sign-approval'>,
  refusal: NonNullable<Answer['refusal']>,
): Answer {
  const { events } = happened(command, { kind: 'approval-failed', job: command.job, code: refusal.code });
  return { events, refusal };
}

/** The approver has typed the number: asked again, before the key is. */
export function approvalStarted(ticket: Ticket, command: CommandOf<'approval-started'>): Answer {
  const one = openOne(ticket, command);
  if ('events' in one) return one;
  const { facts } = command;
  const would = approve(ticket, { ...command, kind: 'approve', how: one.how }, TO_COME);
  if (would.refusal) return failed(command, would.refusal);
  if (facts.actor.id !== one.by.id || !stillSo(ticket, facts, one, placeOf(would))) {
    return failed(command, { code: 'step-up-changed' });
  }
  return one.state === 'started' ? NOTHING : happened(command, { kind: 'approval-started', job: one.job });
}

/** The signature is there, and the service has found it good: now it is an approval, if all still holds. */
export function signApproval(ticket: Ticket, command: CommandOf<'sign-approval'>): Answer {
  const { facts, proof, job } = command;
  if (ticket.approvals.some((approval) => approval.proof?.statement.job === job)) return NOTHING;
  const one = openOne(ticket, command);
  if ('events' in one) return one;
  // Offered and not yet started: nobody has typed the number.
  if (one.state !== 'started') return refused('job-over', { code: 'number-missing' });
  const same = JSON.stringify(proof.statement) === JSON.stringify(one.statement);
  if (!same || facts.actor.id !== one.by.id) return failed(command, { code: 'step-up-changed' });
  const answer = approve(ticket, { ...command, kind: 'approve', how: one.how }, proof);
  if (answer.refusal) return failed(command, answer.refusal);
  return stillSo(ticket, facts, one, placeOf(answer)) ? answer : failed(command, { code: 'step-up-changed' });
}

export function approvalFailed(ticket: Ticket, command: CommandOf<'approval-failed'>): Answer {
  const one = stepUpWith(ticket, command.job);
  if (!one || ticket.status !== 'waiting' || (one.state !== 'offered' && one.state !== 'started')) return NOTHING;
  if (command.by.kind === 'workstation' && command.by.id !== one.workstation.id)
    return refused('workstation-not-yours');
  return happened(command, { kind: 'approval-failed', job: one.job, code: command.code });
}
