import { isSameKey } from '../diagnosis';
import { ANOTHER_KEY } from '../standstill';
import { type Ticket } from '../ticket';
import { type Command } from '../commands';
import { type Answer, type BodyOf, type CommandOf, happened, NOTHING, progressed, refused } from './answer';

/** What follows from an empty key: exactly the passkey that was decided on goes, or nothing does and people look into it. */
function afterErasing(ticket: Ticket, command: Command, erased: BodyOf<'key-erased'>): Answer {
  if (ticket.status !== 'approved') return happened(command, erased);
  if (!isSameKey(ticket, erased)) return happened(command, { ...erased, another: true }, OTHER_KEY_PARKED);
  return progressed(ticket, command, erased, ...(ticket.removals.length > 0 ? [{ kind: 'removal-due' as const }] : []));
}

const OTHER_KEY_PARKED: BodyOf<'parked'> = { kind: 'parked', step: 'remove', code: ANOTHER_KEY };

/**
 * The key is empty, or its workstation cannot tell whether it is. Believed also of a job that another has followed, and
 * of a ticket that has ended: what is so should be known.
 */
export function keyErased(ticket: Ticket, command: CommandOf<'key-erased'>): Answer {
  const { reset, job } = ticket;
  if (reset?.job !== command.job) return refused('job-unknown');
  if (command.by.kind === 'workstation' && command.by.id !== reset.workstation) return refused('workstation-not-yours');
  if (reset.state === 'erased') return NOTHING;
  const { job: id, erased, aaguid, matched, matchedBy } = command;
  if (erased === 'unknown') {
    const runs = job?.id === id && job.state === 'started';
    return runs ? happened(command, { kind: 'job-failed', job: id, code: 'erase-unknown', orphan: false }) : NOTHING;
  }
  return afterErasing(ticket, command, { kind: 'key-erased', job: id, how: 'told', aaguid, matched, matchedBy });
}

/** A look at the key after its erasing was interrupted: was it erased after all? Where not, it may be erased again. */
export function lookedAgain(ticket: Ticket, command: CommandOf<'key-inspected'>): Answer {
  const { diagnosis, reset, removals } = ticket;
  const { job, aaguid, pin, answered } = command;
  if (!diagnosis || reset?.state !== 'unknown') return refused('job-over');
  if (aaguid !== diagnosis.aaguid) {
    return happened(command, { kind: 'job-failed', job, code: 'key-not-the-same', orphan: false });
  }
  const decided = removals.map(({ passkey }) => passkey.methodId);
  const holds = answered?.some((id) => decided.includes(id)) === true;
  // A key without a PIN is an empty one if it had one before, or if what answered before answers no more.
  const silenced = diagnosis.matchedBy === 'silent' && answered !== undefined && !holds;
  if (pin.set || holds || !(diagnosis.pin.set || silenced)) return happened(command, { kind: 'not-erased', job });
  const matched = diagnosis.matchedBy === 'silent' ? decided : [];
  return afterErasing(ticket, command, { kind: 'key-erased', job, how: 'seen', aaguid, matched, matchedBy: 'person' });
}

/** The helpdesk has looked into it: no passkey goes from the account, and the ticket goes on without that. */
export function dropRemoval(ticket: Ticket, command: CommandOf<'retry'>): Answer {
  return progressed(ticket, command, { kind: 'removal-dropped' }, { kind: 'resumed' });
}
