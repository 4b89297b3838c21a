import { type Command } from './commands';
import { type CardSlot, type Wanted } from './effects';
import { type TicketEvent } from './events';
import { lightUntil } from './freeze';
import { actorId } from './people';
import { hasStep } from './plan';
import { keepPasskey, stepUpReactions, tellSigners } from './reactions-step-up';
import { isAboutTelling } from './outer';
import { type MailAbout, type Moment, type Ticket } from './ticket';
import { plusMinutes, plusSeconds } from './time';
import { askedApprovers, CODE_STANDS_SECONDS } from './view';

/** How long the service waits before it settles a pass whose showing was not recorded. */
export const SETTLE_SECONDS = 30;
/** How often Entra is asked whether the new passkey has appeared. */
export const WATCH_SECONDS = 5;
export const SIGN_IN_WATCH_DAYS = 7;
/** How often Entra is asked whether another passkey of a frozen ticket has come to light. */
export const LIGHT_SECONDS = 60;

function card(person: string, slot: CardSlot, nudge = false): Wanted {
  return { effect: { kind: 'card', person, slot, nudge } };
}

/** A card that is posted anew because somebody asked for it, whether it has changed or not. */
function anew(person: string, slot: CardSlot, since: Moment): Wanted {
  return { effect: { kind: 'card', person, slot, nudge: true, since } };
}

/** The cards of those a ticket concerns; `nudge`: posted anew for the people it is about, so that they notice. */
function cards(ticket: Ticket, nudge: boolean): Wanted[] {
  const { requester, subject, hander } = ticket;
  const own = subject.id === requester.id ? [] : [card(subject.id, 'progress', nudge)];
  // Where the key is looked at first, the hander is at it before anybody decides.
  const handing = ticket.status !== 'waiting' || hasStep(ticket, 'diagnose');
  const handover = hander && handing ? [card(hander.id, 'handover', nudge)] : [];
  const former = (ticket.formerApprovers ?? []).map(({ id }) => card(id, 'approval'));
  return [card(requester.id, 'progress', nudge), ...own, ...handover, ...approvalCards(ticket, false), ...former];
}

/** Whoever has said yes already is left in peace. */
function reminders(ticket: Ticket): Wanted[] {
  const undecided = askedApprovers(ticket).filter(
    ({ id, away }) => away === undefined && !ticket.approvals.some(({ by }) => by.id === id),
  );
  return undecided.map(({ id }) => card(id, 'approval', true));
}

/** How often it is looked whether the directory names others than those asked. */
export const FOLLOW_MINUTES = 30;

/** Looks at the directory again, as long as the ticket waits: at the latest when somebody comes back. */
function followApprovers({ approvers }: Ticket, at: Moment): Wanted {
  const ends = approvers.flatMap(({ away, for: place }) => [away ?? '', place?.until ?? '']);
  const moments = [plusMinutes(at, FOLLOW_MINUTES), ...ends.filter((end) => end > at)].sort();
  return { effect: { kind: 'follow-approvers', again: true }, notBefore: moments[0] ?? at };
}

function lookAgain({ status }: Ticket): Wanted[] {
  return status === 'waiting' ? [{ effect: { kind: 'follow-approvers', again: false } }] : [];
}

function approvalCards(ticket: Ticket, nudge: boolean): Wanted[] {
  return askedApprovers(ticket).map(({ id }) => card(id, 'approval', nudge));
}

/** An approver's own card waits while the code stands on it: an update would wipe it out under their eyes. */
function onceTheCodeIsRead({ rule, approvals }: Ticket): Wanted[] {
  if (!rule.vouch) return [];
  return approvals.map(({ by, at }) => ({
    ...card(by.id, 'approval'),
    notBefore: plusSeconds(at, CODE_STANDS_SECONDS),
  }));
}

function watchSignIn(at: Moment): Wanted {
  const until = plusMinutes(at, SIGN_IN_WATCH_DAYS * 24 * 60);
  return { effect: { kind: 'watch-sign-in', until }, notBefore: plusSeconds(at, 20) };
}

function removePasskeys({ removals }: Ticket): Wanted[] {
  return removals
    .filter(({ state }) => state === 'due')
    .map(({ passkey }) => ({ effect: { kind: 'remove-passkey', methodId: passkey.methodId } }));
}

/** Whatever happens, the cards of the helpdesk follow, once it has been called: of all of them, while it needs them. */
function helpdeskCards({ helpdeskCalled }: Ticket, wanted: readonly Wanted[]): Wanted[] {
  const follow = helpdeskCalled && wanted.every(({ effect }) => effect.kind !== 'helpdesk-cards');
  return follow ? [{ effect: { kind: 'helpdesk-cards' } }] : [];
}

/** The effect that lays a job ready at its workstation. */
const OFFERS = { register: 'offer-job', inspect: 'offer-inspect', reset: 'offer-reset' } as const;

function endLivePass(ticket: Ticket): Wanted[] {
  return ticket.generations
    .filter(({ state, endedAt }) => state === 'issued' && !endedAt)
    .map(({ number }) => ({ effect: { kind: 'delete-pass', generation: number } }));
}

function endReplaced({ generation }: { generation: number }): Wanted {
  return { effect: { kind: 'end-replaced', generation } };
}

function mail({ told }: Ticket, about: MailAbout): Wanted[] {
  return told ? [{ effect: { kind: 'mail', about } }] : [];
}

/** Whatever was open while a pass or a passkey was taken back may still be used: all sessions end, after it. */
function endSessions({ freeze }: Ticket): Wanted[] {
  return freeze ? [{ effect: { kind: 'revoke-sessions' } }] : [];
}

function takeBackLater(ticket: Ticket, at: Moment): Wanted[] {
  const notBefore = plusSeconds(at, LIGHT_SECONDS);
  return notBefore < lightUntil(ticket) ? [{ effect: { kind: 'take-back-passkeys' }, notBefore }] : [];
}

/** Each who is told outside of Teams hears of whatever happened to the ticket. */
function tellOuter({ outer, version }: Ticket, events: readonly TicketEvent[]): Wanted[] {
  if (!outer || events.every(isAboutTelling)) return [];
  return outer.to.map((to) => ({ effect: { kind: 'tell-outer', to, upTo: version } }));
}

/**
 * What the world must be told or made to do because of an event. `ticket` is the ticket after all events of the
 * command; the command is there for what an effect needs and the history does not keep.
 */
export function reactions(ticket: Ticket, event: TicketEvent, command: Command): Wanted[] {
  switch (event.kind) {
    case 'opened':
      return [...cards(ticket, false), ...mail(ticket, 'opened'), followApprovers(ticket, event.at)];
    case 'block-lifted':
      return [...cards(ticket, false), card(ticket.requester.id, 'progress', true)];
    case 'approval-begun':
    case 'approval-started':
    case 'approval-failed':
      return stepUpReactions(ticket, event);
    case 'decided': {
      const code = ticket.rule.stepUp === true ? tellSigners(ticket) : onceTheCodeIsRead(ticket);
      return [...cards(ticket, true), ...code, ...mail(ticket, 'decided')];
    }
    case 'denied':
      return [...cards(ticket, true), ...mail(ticket, 'decided')];
    case 'cancelled':
    case 'expired':
      return [...endLivePass(ticket), ...cards(ticket, true)];
    case 'completed':
      return [...cards(ticket, true), ...(ticket.passkey ? [watchSignIn(event.at)] : [])];
    case 'reminded':
      return [...reminders(ticket), ...lookAgain(ticket)];
    case 'widened':
      return [...cards(ticket, false), ...lookAgain(ticket)];
    case 'approvers-changed': {
      const again = command.kind === 'refresh-approvers' && command.again;
      return [...cards(ticket, false), ...(again ? [followApprovers(ticket, event.at)] : [])];
    }
    case 'approved':
    case 'way-chosen':
    case 'vouched':
    case 'vouch-refused':
    case 'signed-in':
    case 'sessions-revoked':
      return cards(ticket, false);
    case 'pass-started': {
      const settle = { kind: 'settle-pass' as const, generation: event.generation };
      return [{ effect: settle, notBefore: plusSeconds(event.at, SETTLE_SECONDS) }];
    }
    case 'pass-issued': {
      const watch = { kind: 'watch-passkeys' as const, generation: event.generation };
      const watched = { effect: watch, notBefore: plusSeconds(event.at, WATCH_SECONDS) };
      return [...(hasStep(ticket, 'appear') ? [watched] : []), endReplaced(event), ...cards(ticket, false)];
    }
    case 'contained':
      return removePasskeys(ticket);
    case 'removal-due':
      // Time has come before its owner: that is news to them.
      return [...removePasskeys(ticket), ...cards(ticket, command.kind === 'tick')];
    case 'passkey-removed': {
      const all = ticket.removals.every(({ state }) => state === 'removed');
      const revokes = all && hasStep(ticket, 'revoke');
      return [...(revokes ? [{ effect: { kind: 'revoke-sessions' as const } }] : []), ...cards(ticket, false)];
    }
    case 'finished':
    case 'passkey-appeared':
      return [...endLivePass(ticket), ...cards(ticket, false)];
    case 'job-offered':
      return [{ effect: { kind: OFFERS[event.act ?? 'register'], job: event.job } }, ...cards(ticket, false)];
    case 'key-made': {
      if (command.kind !== 'key-made') return [];
      const { job, credentialId, clientDataJSON, attestationObject, displayName } = command;
      const effect = {
        kind: 'register-passkey' as const,
        job,
        credentialId,
        clientDataJSON,
        attestationObject,
        displayName,
      };
      return [{ effect }, ...keepPasskey(command), ...cards(ticket, false)];
    }
    case 'job-started':
    case 'act-started':
    case 'diagnosed':
    case 'pin-forgotten':
    case 'passkey-picked':
    case 'approval-asked':
    case 'key-erased':
    case 'not-erased':
    case 'job-failed':
    case 'removal-dropped':
    case 'thaw-said':
    case 'sign-in-unblocked':
    case 'sign-in-stays-blocked':
    case 'parked':
    case 'unreached':
    case 'reached':
    case 'taken-over':
    case 'resumed':
    case 'outer-numbered':
      return cards(ticket, false);
    case 'pass-ended':
      return [...endSessions(ticket), ...cards(ticket, false)];
    case 'pass-settled':
      return [...(event.deleted ? [endReplaced(event)] : []), ...endSessions(ticket), ...cards(ticket, false)];
    case 'frozen': {
      const block: Wanted[] = event.blocks ? [{ effect: { kind: 'block-sign-in' } }] : [];
      const called: Wanted = { effect: { kind: 'helpdesk-cards', nudge: true } };
      const takeBack: Wanted = { effect: { kind: 'take-back-passkeys' } };
      return [...block, ...endLivePass(ticket), takeBack, ...cards(ticket, true), called];
    }
    case 'passkeys-taken-back':
      return [...endSessions(ticket), ...takeBackLater(ticket, event.at), ...cards(ticket, false)];
    case 'sign-in-blocked': {
      // The thaw was faster than the block.
      const again: Wanted[] = ticket.freeze?.thawed ? [{ effect: { kind: 'unblock-sign-in' } }] : [];
      return [...again, ...cards(ticket, false)];
    }
    case 'thawed': {
      const unblock: Wanted[] = ticket.freeze?.blocks ? [{ effect: { kind: 'unblock-sign-in' } }] : [];
      return [...unblock, ...cards(ticket, false)];
    }
    case 'unshared':
      return [{ effect: { kind: 'shared-card', place: event.place } }];
    case 'assigned': {
      const told = actorId(event.by) === event.to.id ? undefined : event.to.id;
      return told === undefined ? [] : [{ effect: { kind: 'helpdesk-cards', to: told } }];
    }
    case 'nudged':
      return [...event.approvers.map(({ id }) => anew(id, 'approval', event.at)), ...cards(ticket, false)];
    case 'resent':
      return [anew(event.to.id, event.slot, event.at)];
    case 'shared':
    case 'unassigned':
    case 'commented':
    case 'outer-failed':
    case 'outer-restored':
    case 'mail-failed':
    case 'mail-sent':
    case 'show-prepared':
    case 'passkey-registered':
    case 'not-needed':
      return [];
  }
}

/** Whatever happens, the cards in group chats and channels follow. */
function sharedCards({ sharedIn = [] }: Ticket): Wanted[] {
  return sharedIn.map(({ id }) => ({ effect: { kind: 'shared-card', place: id } }));
}

/** All that the events of one command want done, each thing once; a nudge wins over a quiet update of the same card. */
export function wantedOf(ticket: Ticket, events: readonly TicketEvent[], command: Command): Wanted[] {
  const reacted = events.flatMap((event) => reactions(ticket, event, command));
  const all = [...reacted, ...helpdeskCards(ticket, reacted), ...sharedCards(ticket), ...tellOuter(ticket, events)];
  const byKey = new Map<string, Wanted>();
  for (const wanted of all) {
    const { effect } = wanted;
    const own = effect.kind === 'card' && `card~${effect.person}~${effect.slot}~${wanted.notBefore ?? 'now'}`;
    const key = own || JSON.stringify(effect);
    const before = byKey.get(key);
    const nudgedBefore = before?.effect.kind === 'card' && before.effect.nudge;
    if (!nudgedBefore) byKey.set(key, wanted);
  }
  return [...byKey.values()];
}
