import { jobRuns } from '../acts';
import { actorId } from '../people';
import { isAsked, verdictOf, wantsReset } from '../diagnosis';
import { evolve } from '../evolve';
import { hasStep } from '../plan';
import { stopOf } from '../standing';
import { type Passkey, recipientOf, type Ticket } from '../ticket';
import { plusMinutes } from '../time';
import { type Command } from '../commands';
import { type Answer, type BodyOf, type CommandOf, happened, NOTHING, refused } from './answer';
import { JOB_MINUTES, jobOf } from './job';
import { lookedAgain } from './reset';

/** How long the number of digits is worth once typed: a look is over in seconds, erasing waits for its person. */
export const ACT_MINUTES = { inspect: 10, reset: 20 } as const;

/** What stops anyone but the recipient of a ticket whose key is still to be looked at. */
function barred(ticket: Ticket, command: Pick<Command, 'at' | 'by'>): Answer | undefined {
  if (actorId(command.by) !== recipientOf(ticket).id) return refused('not-yours');
  if (!hasStep(ticket, 'diagnose')) return refused('way-missing');
  if (ticket.status !== 'waiting' && ticket.status !== 'approved') return refused(ticket.status);
  if (isAsked(ticket)) return refused('already-diagnosed');
  return command.at >= ticket.expiresAt ? refused('expired') : undefined;
}

/** A workstation is to look at the key. Nothing is written, so nobody's approval is needed. */
export function diagnose(ticket: Ticket, command: CommandOf<'diagnose'>): Answer {
  const no = barred(ticket, command);
  if (no) return no;
  if (jobRuns(ticket, command.at)) return refused('job-runs');
  const workstation = ticket.workstation?.kind === 'desk' ? ticket.workstation : command.workstation;
  if (!workstation) return refused(command.several ? 'choose-workstation-first' : 'no-workstation');
  const stop = stopOf(command.standing);
  if (stop) return { events: [], refusal: stop };
  const validUntil = plusMinutes(command.at, JOB_MINUTES);
  return happened(command, { kind: 'job-offered', job: command.job, workstation, validUntil, act: 'inspect' });
}

/** The workstation begins to look, or to erase: the person there has typed the number. Told twice, it counts once. */
export function actStarted(ticket: Ticket, command: CommandOf<'act-started'>): Answer {
  const job = jobOf(ticket, command);
  if ('events' in job) return job;
  if (job.act === undefined) return refused('job-unknown');
  if (ticket.status !== (isAsked(ticket) ? 'approved' : 'waiting'))
    return refused(ticket.status === 'waiting' ? 'not-approved' : ticket.status);
  if (job.state === 'started') return NOTHING;
  if (job.state !== 'offered') return refused('job-over', { ...(job.code && { code: job.code }) });
  if (job.validUntil <= command.at || ticket.expiresAt <= command.at)
    return refused('job-over', { code: 'job-lapsed' });
  const stop = stopOf(command.standing);
  if (stop) return { events: [], refusal: stop };
  return happened(command, { kind: 'act-started', job: job.id, until: plusMinutes(command.at, ACT_MINUTES[job.act]) });
}

type DiagnosisBody = BodyOf<'diagnosed'> | BodyOf<'pin-forgotten'> | BodyOf<'passkey-picked'>;

/** Once it is clear that the key must be erased, and which passkey goes with it, the approvers are asked. */
function towardsApproval(ticket: Ticket, command: Command, body: DiagnosisBody): Answer {
  const after = happened(command, body).events.reduce(evolve, ticket);
  const { diagnosis } = after;
  const clear = wantsReset(after) && diagnosis?.matchedBy !== undefined && diagnosis.modelAllowed;
  if (!clear) return happened(command, body);
  const expiresAt = plusMinutes(command.at, ticket.rule.expireAfter);
  return happened(command, body, { kind: 'approval-asked', expiresAt });
}

/** How the workstation found the key. */
export function keyInspected(ticket: Ticket, command: CommandOf<'key-inspected'>): Answer {
  const job = jobOf(ticket, command);
  if ('events' in job) return job;
  if (job.act !== 'inspect') return refused('job-unknown');
  if (job.state === 'done') return NOTHING;
  if (job.state !== 'started') return refused('job-over', { ...(job.code && { code: job.code }) });
  if (ticket.status === 'approved') return lookedAgain(ticket, command);
  if (ticket.status !== 'waiting' || isAsked(ticket)) return refused(ticket.status);
  const { aaguid, model, pin, answered, passkeys, modelAllowed } = command;
  const matched: readonly Passkey[] = passkeys.filter(({ methodId }) => answered?.includes(methodId));
  const diagnosis = {
    ...{ at: command.at, aaguid, verdict: verdictOf(pin), pin, passkeys, modelAllowed },
    ...(model && { model }),
    answers: answered !== undefined,
    ...(matched.length > 0 && { matchedBy: 'silent' as const }),
  };
  return towardsApproval(ticket, command, { kind: 'diagnosed', job: job.id, diagnosis, matched });
}

/** What stops a word about a key that nobody has looked at, or is being looked at again. */
function barredWord(ticket: Ticket, command: Command): Answer | undefined {
  const no = barred(ticket, command);
  if (no) return no;
  return ticket.diagnosis && !jobRuns(ticket, command.at) ? undefined : refused('diagnosis-missing');
}

/** Its person does not know the PIN: then nothing but erasing helps, whatever tries are left. */
export function forgotten(ticket: Ticket, command: CommandOf<'forgotten'>): Answer {
  const no = barredWord(ticket, command);
  if (no) return no;
  if (wantsReset(ticket)) return NOTHING;
  if (!ticket.diagnosis?.modelAllowed) return refused('passkey-model-not-allowed');
  return towardsApproval(ticket, command, { kind: 'pin-forgotten' });
}

/** Where the key does not tell which passkey it holds, its person does, before anybody is asked to approve. */
export function pickPasskey(ticket: Ticket, command: CommandOf<'pick-passkey'>): Answer {
  const no = barredWord(ticket, command);
  if (no) return no;
  const { diagnosis } = ticket;
  if (!diagnosis || diagnosis.matchedBy === 'silent') return NOTHING;
  if (!wantsReset(ticket)) return refused('diagnosis-missing');
  if (!diagnosis.modelAllowed) return refused('passkey-model-not-allowed');
  if (command.methodId === undefined) return refused('passkey-choice-missing');
  const passkey = diagnosis.passkeys.find(({ methodId }) => methodId === command.methodId);
  if (!passkey && command.methodId !== 'none') return refused('passkey-not-there');
  return towardsApproval(ticket, command, { kind: 'passkey-picked', ...(passkey && { passkey }) });
}

/** The key works, or will by what its card says: nobody need be asked. */
export function notNeeded(ticket: Ticket, command: CommandOf<'not-needed'>): Answer {
  if (command.by.kind !== 'person') return refused('not-yours');
  const { id, name } = command.by;
  if (ticket.notNeededAt) return NOTHING;
  const mine = id === ticket.requester.id || id === recipientOf(ticket).id;
  if (!mine) return refused('not-yours');
  const by = { ...command, by: { ...command.by, id: recipientOf(ticket).id } };
  const no = barredWord(ticket, by);
  return no ?? happened(command, { kind: 'not-needed' }, { kind: 'cancelled', person: { id, name } });
}
