import { undecided } from '../asked';
import { cardsOf, nudgeable, postableFrom, requesterNudgesFrom } from '../posting';
import { type Ticket } from '../ticket';
import { alreadyOver } from './approval';
import { type Answer, type CommandOf, happened, refused } from './answer';

/**
 * Reminds approvers by hand: one of them, or all who have not decided. The helpdesk may, and now and then the requester;
 * nobody is reminded twice within a quarter of an hour.
 */
export function nudge(ticket: Ticket, command: CommandOf<'nudge'>): Answer {
  if (command.by.kind !== 'person') return refused('not-yours');
  const own = command.by.id === ticket.requester.id;
  if (!command.helpdesk && !own) return refused('not-yours');
  const late = alreadyOver(ticket);
  if (late) return { events: [], refusal: late };
  if (command.at >= ticket.expiresAt) return refused('expired');
  const asRequester = !command.helpdesk;
  const from = requesterNudgesFrom(ticket);
  if (asRequester && command.at < from)
    return refused(ticket.requesterNudgedAt ? 'reminded-already' : 'remind-too-early', { when: from });
  const meant = undecided(ticket).filter(({ id }) => command.approver === undefined || command.approver === id);
  if (meant.length === 0) return refused('nobody-to-remind');
  const approvers = nudgeable(ticket, command.at).filter(({ id }) => meant.some((one) => one.id === id));
  const when = meant.map(({ id }) => postableFrom(ticket, id)).sort()[0] ?? command.at;
  if (approvers.length === 0) return refused('reminded-already', { when });
  return happened(command, { kind: 'nudged', approvers, as: asRequester ? 'requester' : 'helpdesk' });
}

/** Posts a person's card of the ticket anew, where it got lost. */
export function resend(ticket: Ticket, command: CommandOf<'resend'>): Answer {
  if (!command.helpdesk || command.by.kind !== 'person') return refused('helpdesk-only');
  const card = cardsOf(ticket).find(({ person }) => person.id === command.person);
  if (!card) return refused('card-of-nobody');
  const when = postableFrom(ticket, card.person.id);
  if (command.at < when) return refused('posted-already', { name: card.person.name, when });
  return happened(command, { kind: 'resent', to: card.person, slot: card.slot });
}
