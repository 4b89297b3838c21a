import { type PersonRef } from '../bot/tickets/people';
import { type TicketView } from '../bot/tickets/view';
import { plain } from './plain';
import { type Words } from './words/en';

/** Names in a row, made inert. */
export function names(people: readonly { name: string }[]): string {
  return people.map(({ name }) => plain(name, 60)).join(', ');
}

/** A name for the value of a fact; the reader reads `you`. */
export function nameOrYou(view: TicketView, person: PersonRef, words: Words): string {
  return person.id === view.viewer.id ? words.progress.you : plain(person.name, 60);
}

/** Who of the helpdesk looks after a ticket: it was given to them, or they took over what is stuck. */
export function lookedAfterBy(view: TicketView): PersonRef | undefined {
  return view.desk?.assigned ?? view.parked?.takenBy;
}

/** The one who acts for the subject in chat. */
export function recipientIn(view: TicketView): PersonRef {
  return view.hander ?? view.subject;
}

export function isRecipient(view: TicketView): boolean {
  return view.roles.includes('recipient');
}
