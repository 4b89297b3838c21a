import { type Secret } from '../../agent/protocol/secret';
import { type CardSlot } from '../tickets/effects';
import { type PersonRef } from '../tickets/people';
import { type SharedView } from '../tickets/shared';
import { type TicketView } from '../tickets/view';
import { type FileMessenger } from './files-port';
import { type HelpdeskDetails } from './helpdesk-details';
import { type PlaceDelivered, type PlaceMember, type PlaceRecord } from './places-port';
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
  /** For the helpdesk, in the reply to who looks; never on a posted card. */
  helpdesk?: HelpdeskDetails;
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
export interface Messenger extends FileMessenger {
  /** @param message.since with `nudge`: also where nothing on the card has changed, unless it was posted since then */
  card(message: {
    person: PersonRef;
    slot: CardSlot;
    nudge: boolean;
    details: TicketDetails;
    since?: string;
  }): Promise<Delivered>;
  /** Asks a person in chat whether a workstation that just used their code is theirs. */
  confirmWorkstation(message: {
    person: string;
    workstation: WorkstationRecord;
    words: readonly string[];
  }): Promise<Delivered>;
  /** Who is in a group chat or channel; undefined where the bot is not, or the place is gone. */
  roster(place: PlaceRecord): Promise<readonly PlaceMember[] | undefined>;
  /**
   * Posts or updates a ticket's card for everybody in a place.
   * @param readers Teams ids of those who see more than the others there: their clients ask for it by themselves
   * @param nudge posts anew where the place was last spoken to, and takes the old one away
   */
  sharedCard(message: {
    place: PlaceRecord;
    view: SharedView;
    readers: readonly string[];
    nudge: boolean;
  }): Promise<PlaceDelivered>;
  /** Takes what a ticket's card says out of a place, and forgets the post. */
  withdrawCard(message: { ticket: string; shortId: string; place: string }): Promise<void>;
}
