import { isParty, isTakenBack, mayFreeze, whyNoFreeze } from '../freeze';
import { samePerson } from '../people';
import { type Ticket } from '../ticket';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';

/** This was not me: nothing of the ticket goes on, and what it gave is taken back. Needs nobody's approval. */
export function freeze(ticket: Ticket, command: CommandOf<'freeze'>): Answer {
  if (command.by.kind !== 'person') return refused('not-yours');
  const { id, name } = command.by;
  if (!mayFreeze(ticket, id)) return refused('not-yours');
  if (ticket.status === 'frozen') return NOTHING;
  const refusal = whyNoFreeze(ticket, command.at);
  if (refusal) return { events: [], refusal };
  return happened(command, { kind: 'frozen', person: { id, name }, via: command.via, blocks: command.blocks });
}

/** What was found and taken back; the first time also that nothing was. Told also after the thaw: it is done. */
export function takenBack({ freeze: frozen }: Ticket, command: CommandOf<'passkeys-taken-back'>): Answer {
  const fresh = command.methodIds.filter((id) => !frozen?.takenBack.includes(id));
  if (!frozen || (frozen.takenBackAt && fresh.length === 0)) return NOTHING;
  return happened(command, { kind: 'passkeys-taken-back', methodIds: fresh });
}

/** Told also after the thaw: a block that was under way then has to go again. */
export function signInBlocked({ freeze: frozen }: Ticket, command: CommandOf<'sign-in-blocked'>): Answer {
  return frozen?.blocks && !frozen.blockedAt ? happened(command, { kind: 'sign-in-blocked' }) : NOTHING;
}

/** Two people of the helpdesk, none of whom has had a part in the ticket, bring it to a safe end. */
export function thaw(ticket: Ticket, command: CommandOf<'thaw'>): Answer {
  if (!command.helpdesk || command.by.kind !== 'person') return refused('helpdesk-only');
  const { id, name } = command.by;
  const { status, freeze: frozen } = ticket;
  if (status !== 'frozen' || !frozen) return refused('not-frozen');
  if (frozen.thawed) return NOTHING;
  if (frozen.thawSaid?.by.id === id) return refused('thaw-needs-second');
  const { actor, others, samePerson: settings } = command.facts;
  if (isParty(ticket, id) || others.some((other) => samePerson(actor, other, settings))) return refused('thaw-not-you');
  if (!isTakenBack(ticket)) return refused('freeze-under-way');
  const person = { id, name };
  if (!frozen.thawSaid) return happened(command, { kind: 'thaw-said', person });
  const end = { kind: 'cancelled' as const, person };
  return happened(command, { kind: 'thawed', person }, ...(frozen.blocks ? [] : [end]));
}

/** Where signing in was blocked, the end waits until it is possible again, or the block is another frozen ticket's. */
export function blockOver(
  ticket: Ticket,
  command: CommandOf<'sign-in-unblocked'> | CommandOf<'sign-in-stays-blocked'>,
): Answer {
  const by = ticket.freeze?.thawed?.by;
  if (ticket.status !== 'frozen' || !by) return NOTHING;
  const over =
    command.kind === 'sign-in-unblocked' ? { kind: command.kind } : { kind: command.kind, other: command.other };
  return happened(command, over, { kind: 'cancelled', person: by });
}
