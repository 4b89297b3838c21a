import { undecided } from './asked';
import { askedAt } from './diagnosis';
import { type CardSlot } from './effects';
import { type PersonRef } from './people';
import { hasStep } from './plan';
import { type Moment, type Ticket } from './ticket';
import { plusMinutes } from './time';

/** An approver's card is posted anew at most once in so many minutes, whoever asks for it. */
export const NUDGE_EVERY_MINUTES = 15;
/** The requester may ask for a reminder so often; the first time once a part of the rule's own patience is over. */
export const REQUESTER_NUDGES_EVERY_MINUTES = 60;
const REQUESTER_WAITS_FOR = 1 / 4;
/** A card that got lost is posted anew at most so often. */
const RESEND_EVERY_MINUTES = 1;

/** A card of a ticket that one person has, or should have. */
export interface OwnCard {
  person: PersonRef;
  slot: CardSlot;
}

/** The cards of a ticket that its people have by now, one each: what they are asked for comes first. */
export function cardsOf(ticket: Ticket): OwnCard[] {
  const { requester, subject, hander, approvers, askedCircle, status } = ticket;
  const asked = approvers.filter(({ circle }) => circle <= askedCircle);
  const all: OwnCard[] = [
    ...asked.map(({ id, name }) => ({ person: { id, name }, slot: 'approval' as const })),
    ...(hander && (status !== 'waiting' || hasStep(ticket, 'diagnose'))
      ? [{ person: hander, slot: 'handover' as const }]
      : []),
    { person: requester, slot: 'progress' },
    { person: subject, slot: 'progress' },
  ];
  return all.filter(({ person }, at) => all.findIndex((one) => one.person.id === person.id) === at);
}

/** From when on a person's card may be posted anew once more. */
export function postableFrom(ticket: Ticket, person: string): Moment {
  const before = ticket.postedAnew?.[person];
  if (!before) return ticket.openedAt;
  const decides = ticket.status === 'waiting' && undecided(ticket).some(({ id }) => id === person);
  return plusMinutes(before, decides ? NUDGE_EVERY_MINUTES : RESEND_EVERY_MINUTES);
}

/** Those who have not decided, and may be reminded by hand now. */
export function nudgeable(ticket: Ticket, now: Moment): PersonRef[] {
  if (ticket.status !== 'waiting') return [];
  return undecided(ticket).filter(({ id }) => postableFrom(ticket, id) <= now);
}

/** From when on the requester may ask for a reminder. */
export function requesterNudgesFrom(ticket: Ticket): Moment {
  const { requesterNudgedAt, rule } = ticket;
  return requesterNudgedAt
    ? plusMinutes(requesterNudgedAt, REQUESTER_NUDGES_EVERY_MINUTES)
    : plusMinutes(askedAt(ticket), rule.remindAfter * REQUESTER_WAITS_FOR);
}
