import { type TicketEvent } from './events';
import * as desk from './evolve-desk';
import * as approving from './evolve-approvals';
import { mayOrphan } from './acts';
import { isClearing } from './complete';
import { diagnosisEvolved, offered, resetFailed } from './evolve-diagnosis';
import * as freezing from './evolve-freeze';
import { withHelp } from './help';
import { hasStep } from './plan';
import { outerEvolved } from './evolve-outer';
import * as sharing from './evolve-share';
import * as stepUp from './evolve-step-up';
import { firstCircle } from './rule';
import { showsLeft } from './shows';
import { type Generation, type Job, type Moment, type Parked, type StepId, type Ticket } from './ticket';

type EventOf<K extends TicketEvent['kind']> = Extract<TicketEvent, { kind: K }>;

function born(event: EventOf<'opened'>): Ticket {
  return {
    id: event.id,
    shortId: event.shortId,
    version: 0,
    flow: event.flow,
    status: 'waiting',
    requester: event.requester,
    subject: event.subject,
    ...(event.hander && { hander: event.hander }),
    ...(event.desk && { workstation: event.desk }),
    reason: event.reason,
    openedAt: event.at,
    rule: event.rule,
    risks: event.risks,
    approvers: event.approvers,
    // Before anybody is asked it is clear what is to be approved.
    askedCircle: hasStep(event, 'diagnose') ? -1 : firstCircle(event.approvers, event.rule.needed),
    expiresAt: event.expiresAt,
    approvals: [],
    approvedFor: [],
    vouchTries: 0,
    generations: [],
    ...(event.flow === 'pass' && { way: 'pass' as const }),
    passkeysBefore: event.passkeysBefore,
    removals: event.removes.map((passkey) => ({ passkey, state: 'named' as const })),
    done: {},
    comments: [],
    unreached: [],
    ...(event.told && { told: { ...event.told, mails: [] } }),
    ...(event.outer && { outer: { to: event.outer, failed: [] } }),
  };
}

function stepDone(ticket: Ticket, event: TicketEvent, ...steps: StepId[]): Ticket {
  const done = { ...ticket.done };
  for (const step of steps) done[step] ??= event.at;
  return unpark({ ...ticket, done }, ...steps);
}

/** Takes the mark away where it is on one of these steps. */
function unpark(ticket: Ticket, ...steps: StepId[]): Ticket {
  return ticket.parked && steps.includes(ticket.parked.step) ? withParked(ticket, undefined) : ticket;
}

/** Another reason on the same step: whoever has taken it over keeps it. */
function parkedBy({ parked }: Ticket, { step, code, at }: EventOf<'parked'>): Parked {
  return { step, code, at, ...(parked?.step === step && parked.takenBy && { takenBy: parked.takenBy }) };
}

function withParked(ticket: Ticket, parked: Ticket['parked']): Ticket {
  const { parked: _before, ...rest } = ticket;
  return parked ? { ...rest, parked } : rest;
}

function withGeneration(ticket: Ticket, number: number, change: Partial<Generation>): Ticket {
  const generations = ticket.generations.map((one) => (one.number === number ? { ...one, ...change } : one));
  return { ...ticket, generations };
}

/** A newer pass ends the older ones: Entra keeps one a person. */
function endOlder(ticket: Ticket, event: EventOf<'pass-issued' | 'pass-settled'>): Ticket {
  const end = (one: Generation) =>
    one.number < event.generation && one.state === 'issued' && !one.endedAt ? { ...one, endedAt: event.at } : one;
  return { ...ticket, generations: ticket.generations.map(end) };
}

/** Where a pass is all that was asked for, one that had to give way to another ticket's has not served: one may be shown anew. */
function showable(ticket: Ticket, now: Moment): Ticket {
  const { status, finishedAt } = ticket;
  if (status !== 'approved' || hasStep(ticket, 'appear') || finishedAt || showsLeft(ticket, now) === 0) return ticket;
  const { show: _shown, ...done } = ticket.done;
  return { ...ticket, done };
}

function allDue(ticket: Ticket): Ticket {
  const removals = ticket.removals.map((one) => (one.state === 'named' ? { ...one, state: 'due' as const } : one));
  return { ...ticket, removals };
}

function withJob(ticket: Ticket, change: Partial<Job>): Ticket {
  return ticket.job ? { ...ticket, job: { ...ticket.job, ...change } } : ticket;
}

/** An end: nothing waits any more but a removal that was begun, and a job that was only offered is off. */
function ended(ticket: Ticket, event: TicketEvent, status: Ticket['status']): Ticket {
  const open = ticket.job?.state === 'offered' || ticket.job?.state === 'started';
  const closed = open
    ? withJob(ticket, { state: 'failed', code: status, orphan: ticket.job ? mayOrphan(ticket.job) : false })
    : ticket;
  const removing = ticket.parked?.step === 'remove' || ticket.parked?.step === 'revoke';
  const stuck = removing && isClearing(ticket) ? ticket.parked : undefined;
  return withParked({ ...closed, status, closedAt: event.at }, stuck);
}

function apply(ticket: Ticket, event: Exclude<TicketEvent, { kind: 'opened' }>): Ticket {
  switch (event.kind) {
    case 'reminded':
      return approving.reminded(ticket, event);
    case 'widened':
      return { ...ticket, askedCircle: event.circle };
    case 'approved':
      return stepUp.signed(approving.approved(ticket, event), event);
    case 'approval-begun':
      return stepUp.begun(ticket, event);
    case 'approval-started':
      return stepUp.started(ticket, event);
    case 'approval-failed':
      return stepUp.failed(ticket, event);
    case 'decided':
      return stepDone(
        {
          ...ticket,
          status: 'approved',
          decidedAt: event.at,
          expiresAt: event.useUntil,
          approvedFor: event.workstations,
          ...(event.decision && { decision: event.decision }),
          // A ticket opened for a desk workstation has its way already.
          ...(ticket.workstation && { way: 'workstation' as const }),
        },
        event,
        'approve',
        ...(ticket.workstation ? (['choose'] as const) : []),
      );
    case 'denied':
      return ended({ ...ticket, denial: approving.denialOf(event) }, event, 'denied');
    case 'block-lifted':
      return approving.blockLifted(ticket, event);
    case 'approvers-changed':
      return approving.approversChanged(ticket, event);
    case 'cancelled':
      return ended({ ...ticket, cancellation: { by: event.person, at: event.at } }, event, 'cancelled');
    case 'expired':
      return ended(ticket, event, 'expired');
    case 'way-chosen': {
      const { workstation: _before, ...rest } = ticket;
      const chosen = { ...rest, way: event.way, ...(event.workstation && { workstation: event.workstation }) };
      return stepDone(chosen, event, 'choose');
    }
    case 'vouch-refused':
      return { ...ticket, vouchTries: ticket.vouchTries + 1 };
    case 'vouched':
      return stepDone({ ...ticket, vouchedAt: event.at }, event, 'vouch');
    case 'show-prepared':
      return { ...ticket, prepared: { by: event.person, until: event.until } };
    case 'pass-started': {
      const generation: Generation = {
        number: event.generation,
        by: event.person,
        startedAt: event.at,
        state: 'started',
      };
      // Only what was there before the first pass is old: a key made with an earlier pass is still news.
      const { passkeysBefore } = ticket.generations.length === 0 ? event : ticket;
      return { ...ticket, generations: [...ticket.generations, generation], passkeysBefore };
    }
    case 'pass-issued': {
      const { methodId, validUntil } = event;
      const replaced = endOlder(ticket, event);
      return stepDone(
        withGeneration(replaced, event.generation, { state: 'issued', methodId, validUntil }),
        event,
        'show',
      );
    }
    case 'pass-settled': {
      const replaced = event.deleted ? endOlder(ticket, event) : ticket;
      const settled = withGeneration(replaced, event.generation, { state: 'settled', endedAt: event.at });
      return freezing.sessionsOwed(unpark(settled, 'show'));
    }
    case 'pass-ended': {
      const over = freezing.sessionsOwed(withGeneration(ticket, event.generation, { endedAt: event.at }));
      return event.how === 'replaced' ? showable(over, event.at) : over;
    }
    case 'passkey-appeared':
      return stepDone({ ...ticket, passkey: event.passkey }, event, 'show', 'appear');
    case 'job-offered':
      return offered(ticket, event);
    case 'job-started': {
      const { challengeHash, challengeUntil } = event;
      return withJob(ticket, { state: 'started', startedAt: event.at, challengeHash, challengeUntil });
    }
    case 'key-made':
      return stepDone(withJob(ticket, { state: 'made', credentialId: event.credentialId }), event, 'register');
    case 'passkey-registered':
      return stepDone({ ...withJob(ticket, { state: 'registered' }), passkey: event.passkey }, event, 'confirm');
    case 'job-failed': {
      const { register: _made, ...done } = ticket.done;
      const job = withJob(resetFailed(ticket, event), { state: 'failed', code: event.code, orphan: event.orphan });
      // What stood still was this job; the next one starts afresh.
      return unpark({ ...job, done }, 'register', 'confirm', 'diagnose', 'reset');
    }
    case 'contained':
      return allDue({ ...ticket, ...(event.containment && { containment: event.containment }) });
    case 'removal-due':
      return allDue(ticket);
    case 'passkey-removed': {
      const removals = ticket.removals.map((one) =>
        one.passkey.methodId === event.methodId ? { ...one, state: 'removed' as const, removedAt: event.at } : one,
      );
      const after = { ...ticket, removals };
      return removals.every(({ state }) => state === 'removed') ? stepDone(after, event, 'remove') : after;
    }
    case 'sessions-revoked':
      if (ticket.freeze) return freezing.sessionsEnded(ticket, event);
      return stepDone({ ...ticket, sessionsRevokedAt: event.at }, event, 'revoke');
    case 'finished':
      return { ...ticket, finishedAt: event.at };
    case 'parked':
      return withParked(ticket, parkedBy(ticket, event));
    case 'taken-over':
      return ticket.parked ? withParked(ticket, { ...ticket.parked, takenBy: event.person }) : ticket;
    case 'resumed':
      return withParked(ticket, undefined);
    case 'unreached':
      return { ...ticket, unreached: [...ticket.unreached, { person: event.person, code: event.code }] };
    case 'reached':
      return { ...ticket, unreached: ticket.unreached.filter(({ person }) => person.id !== event.person) };
    case 'commented':
      return { ...ticket, comments: [...ticket.comments, { by: event.person, at: event.at, text: event.text }] };
    case 'signed-in':
      return { ...ticket, firstSignInAt: event.at };
    case 'mail-sent':
    case 'mail-failed':
      return freezing.mailed(ticket, event);
    case 'frozen':
      return freezing.frozen(ticket, event);
    case 'passkeys-taken-back':
      return freezing.takenBack(ticket, event);
    case 'sign-in-blocked':
      return freezing.signInBlocked(ticket, event);
    case 'thaw-said':
      return freezing.thawSaid(ticket, event);
    case 'thawed':
      return freezing.thawed(ticket, event);
    case 'sign-in-unblocked':
    case 'sign-in-stays-blocked':
      return ticket;
    case 'shared':
      return sharing.shared(ticket, event);
    case 'unshared':
      return sharing.unshared(ticket, event);
    case 'outer-numbered':
    case 'outer-failed':
    case 'outer-restored':
      return outerEvolved(ticket, event);
    case 'assigned':
      return desk.assigned(ticket, event);
    case 'unassigned':
      return desk.unassigned(ticket);
    case 'nudged':
      return desk.nudged(ticket, event);
    case 'resent':
      return desk.resent(ticket, event);
    case 'act-started':
    case 'diagnosed':
    case 'pin-forgotten':
    case 'passkey-picked':
    case 'approval-asked':
    case 'not-needed':
    case 'key-erased':
    case 'not-erased':
    case 'removal-dropped':
      return diagnosisEvolved(ticket, event);
    case 'completed':
      return ended(stepDone(ticket, event, ...(ticket.way === 'pass' ? (['tidy'] as const) : [])), event, 'done');
  }
}

/** The ticket after an event. A ticket is its history: replayed from the first event it is the same. */
export function evolve(ticket: Ticket | undefined, event: TicketEvent): Ticket {
  if (event.kind === 'opened') return { ...born(event), version: 1 };
  if (!ticket) throw new Error(`a history begins with "opened", not "${event.kind}"`);
  return { ...withHelp(apply(ticket, event), event), version: ticket.version + 1 };
}

/** A ticket from its whole history. */
export function replay(events: readonly TicketEvent[]): Ticket | undefined {
  return events.reduce<Ticket | undefined>((ticket, event) => evolve(ticket, event), undefined);
}
