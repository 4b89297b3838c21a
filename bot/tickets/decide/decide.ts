import { type Command } from '../commands';
import { evolve } from '../evolve';
import { actorId } from '../people';
import { standstillOf } from '../standstill';
import { recipientOf, type Ticket } from '../ticket';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';
import { approve, cancel, deny } from './approval';
import { refreshApprovers } from './approvers';
import { liftBlock } from './block';
import { actStarted, diagnose, forgotten, keyInspected, notNeeded, pickPasskey } from './diagnosis';
import { blockOver, freeze, signInBlocked, takenBack, thaw } from './freeze';
import { assign, unassign } from './assign';
import { comment, park, retry, takeOver } from './helpdesk';
import { jobFailed, jobStarted, keyMade, passkeyRegistered, startJob } from './job';
import { mailed } from './mail';
import { nudge, resend } from './nudge';
import { open } from './open';
import { outerFailed, outerNumber, outerTold } from './outer';
import { finish, passEnded, passIssued, passkeyAppeared, passSettled, prepareShow, show } from './pass';
import { passkeyRemoved, sessionsRevoked } from './removal';
import { keyErased } from './reset';
import { share, unshare } from './share';
import { approvalFailed, approvalStarted, beginApproval, signApproval } from './step-up';
import { tick } from './tick';
import { widenedAtOnce } from './widen';
import { choose, vouch } from './way';

function unreached(ticket: Ticket, command: CommandOf<'unreached'>): Answer {
  const known = ticket.unreached.some(({ person }) => person.id === command.person.id);
  if (known) return NOTHING;
  const missed = { kind: 'unreached' as const, person: command.person, code: command.code };
  return happened(command, missed, ...widenedAtOnce(ticket, command.person.id));
}

/** A card has reached somebody after all. */
function reached(ticket: Ticket, command: CommandOf<'reached'>): Answer {
  const missing = ticket.unreached.some(({ person }) => person.id === command.person);
  return missing ? happened(command, { kind: 'reached', person: command.person }) : NOTHING;
}

function signedIn(ticket: Ticket, command: CommandOf<'signed-in'>): Answer {
  if (ticket.status !== 'done' || ticket.firstSignInAt) return NOTHING;
  const saidByAnother = command.by.kind === 'person' && actorId(command.by) !== recipientOf(ticket).id;
  return saidByAnother ? refused('not-yours') : happened(command, { kind: 'signed-in', seen: command.seen });
}

/**
 * What a command does to a ticket. Pure: the clock is the command's, and whatever the world says is in the command.
 * A command that was taken before, or no longer fits, changes nothing; the caller then shows the ticket as it is.
 */
export function decide(ticket: Ticket | undefined, command: Command): Answer {
  const answer = answerTo(ticket, command);
  const after = answer.events.reduce<Ticket | undefined>(evolve, ticket);
  // Where another mark had its place and is gone, it is set again.
  const still = answer.events.length > 0 && after && !after.parked ? standstillOf(after) : undefined;
  if (!still) return answer;
  return { ...answer, events: [...answer.events, ...happened(command, { kind: 'parked', ...still }).events] };
}

function answerTo(ticket: Ticket | undefined, command: Command): Answer {
  if (command.kind === 'open') return ticket ? NOTHING : open(command);
  if (!ticket) return refused('ticket-unknown');
  switch (command.kind) {
    case 'approve':
      return approve(ticket, command);
    case 'begin-approval':
      return beginApproval(ticket, command);
    case 'approval-started':
      return approvalStarted(ticket, command);
    case 'sign-approval':
      return signApproval(ticket, command);
    case 'approval-failed':
      return approvalFailed(ticket, command);
    case 'deny':
      return deny(ticket, command);
    case 'lift-block':
      return liftBlock(ticket, command);
    case 'refresh-approvers':
      return refreshApprovers(ticket, command);
    case 'cancel':
      return cancel(ticket, command);
    case 'choose':
      return choose(ticket, command);
    case 'vouch':
      return vouch(ticket, command);
    case 'prepare-show':
      return prepareShow(ticket, command);
    case 'show':
      return show(ticket, command);
    case 'pass-issued':
      return passIssued(ticket, command);
    case 'pass-settled':
      return passSettled(ticket, command);
    case 'pass-ended':
      return passEnded(ticket, command);
    case 'passkey-appeared':
      return passkeyAppeared(ticket, command);
    case 'start-job':
      return startJob(ticket, command);
    case 'job-started':
      return jobStarted(ticket, command);
    case 'key-made':
      return keyMade(ticket, command);
    case 'passkey-registered':
      return passkeyRegistered(ticket, command);
    case 'job-failed':
      return jobFailed(ticket, command);
    case 'diagnose':
      return diagnose(ticket, command);
    case 'act-started':
      return actStarted(ticket, command);
    case 'key-inspected':
      return keyInspected(ticket, command);
    case 'forgotten':
      return forgotten(ticket, command);
    case 'pick-passkey':
      return pickPasskey(ticket, command);
    case 'not-needed':
      return notNeeded(ticket, command);
    case 'key-erased':
      return keyErased(ticket, command);
    case 'passkey-removed':
      return passkeyRemoved(ticket, command);
    case 'sessions-revoked':
      return sessionsRevoked(ticket, command);
    case 'finish':
      return finish(ticket, command);
    case 'park':
      return park(ticket, command);
    case 'take-over':
      return takeOver(ticket, command);
    case 'retry':
      return retry(ticket, command);
    case 'unreached':
      return unreached(ticket, command);
    case 'reached':
      return reached(ticket, command);
    case 'comment':
      return comment(ticket, command);
    case 'signed-in':
      return signedIn(ticket, command);
    case 'mail-sent':
    case 'mail-failed':
      return mailed(ticket, command);
    case 'freeze':
      return freeze(ticket, command);
    case 'passkeys-taken-back':
      return takenBack(ticket, command);
    case 'sign-in-blocked':
      return signInBlocked(ticket, command);
    case 'thaw':
      return thaw(ticket, command);
    case 'sign-in-unblocked':
    case 'sign-in-stays-blocked':
      return blockOver(ticket, command);
    case 'share':
      return share(ticket, command);
    case 'unshare':
      return unshare(ticket, command);
    case 'outer-told':
      return outerTold(ticket, command);
    case 'outer-failed':
      return outerFailed(ticket, command);
    case 'outer-number':
      return outerNumber(ticket, command);
    case 'assign':
      return assign(ticket, command);
    case 'unassign':
      return unassign(ticket, command);
    case 'nudge':
      return nudge(ticket, command);
    case 'resend':
      return resend(ticket, command);
    case 'tick':
      return tick(ticket, command);
  }
}
