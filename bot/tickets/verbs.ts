import { type Flow } from './ticket';

/** What a button on a card of ours can say. The card carries only the verb, the ticket's id and a nonce. */
export type TicketVerb =
  | 'open-ticket'
  | 'approve'
  | 'deny'
  | 'deny-block'
  | 'lift-block'
  | 'show-vouch-code'
  | 'cancel'
  | 'choose-workstation'
  | 'choose-pass'
  | 'vouch'
  | 'start-job'
  | 'diagnose'
  | 'forgotten'
  | 'pick-passkey'
  | 'not-needed'
  | 'prepare-show'
  | 'show'
  | 'finish'
  | 'signed-in'
  | 'take-over'
  | 'retry'
  | 'comment'
  | 'assign'
  | 'assign-me'
  | 'unassign'
  | 'nudge'
  | 'resend'
  | 'outer-number'
  | 'not-me'
  | 'thaw'
  | 'share'
  | 'unshare'
  | 'refresh';

/** Buttons that belong to no ticket. */
export type HomeVerb =
  | 'away'
  | 'send-away'
  | 'end-away'
  | 'home'
  | 'ask'
  | 'ask-other'
  | 'check-ready'
  | 'send-request'
  | 'my-tickets'
  | 'waiting'
  | 'queue'
  | 'history'
  | 'deliveries'
  | 'who'
  | 'export'
  | 'pair'
  | 'confirm-workstation'
  | 'refuse-workstation'
  | 'workstations'
  | 'remove-workstation';

export type Verb = TicketVerb | HomeVerb;

/** The data of a card action. Inputs of the card are merged into it by Teams, so all of it is untrusted. */
export interface ActionData {
  verb: Verb;
  ticket?: string;
  nonce?: string;
  /** What is asked for. */
  flow?: Flow;
  /** What else a button names: a workstation, a page. */
  subject?: string;
}
