import { type Secret } from '../../agent/protocol/secret';
import { type CardSlot } from '../tickets/effects';
import { type PersonRef } from '../tickets/people';
import { type TicketView } from '../tickets/view';
import { type WorkstationRecord } from './ports';

/** How an approver reaches the subject by a way that is not the chat: what the directory says. */
export interface Contact {
  phones: readonly string[];
  jobTitle?: string;
  department?: string;
  manager?: string;
  /** Names of the subject's own active workstations: where the approval may be used. */
  workstations?: readonly string[];
}

/** A ticket as one person sees it, with what the view itself does not hold. */
export interface TicketDetails {
  view: TicketView;
  /** For those who decide. */
  contact?: Contact;
  /** The number that the person types at the workstation: while a job is offered, for its recipient. */
  jobNumber?: string;
}

/** What a click brought about, for the reply to that click alone: secrets never leave by another way. */
export interface Outcome {
  details?: TicketDetails;
  /** Why it had no effect. */
  refusal?: { code: string; facts?: Readonly<Record<string, string | number>> };
  /** For the approver who asked for it. */
  vouchCode?: Secret;
  pass?: { text: Secret; validUntil: string; showsLeft: number };
}

export type Delivered = 'sent' | 'unchanged' | 'not-installed';

/** Cards out. A Fault with `retry` says that it may work later. */
export interface Messenger {
  card(message: { person: PersonRef; slot: CardSlot; nudge: boolean; details: TicketDetails }): Promise<Delivered>;
  /** Asks a person in chat whether a workstation that just used their code is theirs. */
  confirmWorkstation(message: {
    person: string;
    workstation: WorkstationRecord;
    words: readonly string[];
  }): Promise<Delivered>;
}
