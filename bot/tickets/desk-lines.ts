import { type CardSlot } from './effects';
import { type PersonRef } from './people';
import { type Moment } from './ticket';

/** One line of a ticket's history, as it is told to the helpdesk. What was erased is not there. */
export interface HistoryLine {
  /** The event's number in the ticket. */
  seq: number;
  at: Moment;
  /** The event's kind: its sentence is in the words. */
  kind: string;
  /** Who did it: a person, a workstation by its person's hand, or Keyvouch itself. */
  by: { kind: 'person' | 'workstation' | 'service'; name?: string };
  /** The people (or things) it is about. */
  names: readonly string[];
  /** What somebody wrote: a reason, a comment. */
  text?: string;
  /** A code of the words, where the event has one: why it is stuck, why nobody was reached. */
  code?: string;
  /** Single values of the event that a sentence may use, and of its lists how many there are. */
  facts: Readonly<Record<string, string | number>>;
}

/** Part of a ticket's history, newest first. */
export interface HistoryPage {
  lines: readonly HistoryLine[];
  /** How many newer ones come before it, and how many older ones after it. */
  newer: number;
  older: number;
}

/** Whether one person has their card of a ticket. */
export interface DeliveryLine {
  person: PersonRef;
  slot: CardSlot;
  /** `none`: none was posted, and none was refused. */
  state: 'posted' | 'not-reached' | 'none';
  /** When it was posted, or last changed where it stands. */
  at?: Moment;
  inPlace?: boolean;
  /** Why nobody was reached. */
  code?: string;
}

/** Who has a card of a ticket, at the moment of asking. */
export interface DeliveryReport {
  lines: readonly DeliveryLine[];
  /** How many of the helpdesk have one. */
  helpdesk: number;
}
