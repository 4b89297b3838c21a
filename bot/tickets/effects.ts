import { type OuterChannel } from './outer';
import { type MailAbout, type Moment } from './ticket';

/** A card that one person has of one ticket. Drawn from the ticket at the moment of posting, so that it tells the truth. */
export type CardSlot = 'progress' | 'approval' | 'handover' | 'helpdesk';

/**
 * Something to be done to the world because of what happened. It waits in the outbox until it is done;
 * each is harmless when done twice.
 */
export type Effect =
  | {
      kind: 'card';
      person: string;
      slot: CardSlot;
      /** Post anew, with a sound, instead of updating in place. */ nudge: boolean;
      /** With `nudge`: post it anew also where nothing on it has changed, unless it was since then. */ since?: Moment;
    }
  | { kind: 'helpdesk-cards'; nudge?: boolean; /** Who is to have a card in any case. */ to?: string }
  /** The card in a group chat or channel, by the conversation's id. */
  | { kind: 'shared-card'; place: string }
  /** Reads again who may approve; `again`: and comes back as long as the ticket waits. */
  | { kind: 'follow-approvers'; again: boolean }
  | { kind: 'mail'; about: MailAbout }
  /** Tells all events up to this number, in order, as far as they have not been told. */
  | { kind: 'tell-outer'; to: OuterChannel; upTo: number }
  | { kind: 'offer-job'; job: string }
  /** The same for the jobs that look at a key, and erase it. */
  | { kind: 'offer-inspect'; job: string }
  | { kind: 'offer-reset'; job: string }
  | { kind: 'offer-approval'; job: string }
  /** Remembers the public key of a passkey that was attested: with it its owner can sign approvals. */
  | { kind: 'keep-passkey'; credentialId: string; attestationObject: string }
  | {
      kind: 'register-passkey';
      job: string;
      credentialId: string;
      clientDataJSON: string;
      attestationObject: string;
      displayName: string;
    }
  | { kind: 'settle-pass'; generation: number }
  | { kind: 'delete-pass'; generation: number }
  /** Tells the person's other tickets that their passes have given way to this one. */
  | { kind: 'end-replaced'; generation: number }
  | { kind: 'remove-passkey'; methodId: string }
  | { kind: 'revoke-sessions' }
  | { kind: 'take-back-passkeys' }
  | { kind: 'block-sign-in' }
  | { kind: 'unblock-sign-in' }
  | { kind: 'watch-passkeys'; generation: number }
  | { kind: 'watch-sign-in'; until: Moment };

export type EffectKind = Effect['kind'];

/** An effect in the outbox: not before a moment, tried so many times. */
export interface OutboxItem {
  /** Unique in the ticket: `0000000007-2`, the event's number and a counter. */
  id: string;
  effect: Effect;
  notBefore: Moment;
  attempts: number;
  /** Of the calls to Graph in earlier tries, for the record of what comes of them. */
  requestIds?: readonly string[];
}

/** What a ticket wants done, as decided with an event; the storage adds the id. */
export interface Wanted {
  effect: Effect;
  /** Default: at once. */
  notBefore?: Moment;
}
