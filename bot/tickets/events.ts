import { type ApprovalStatement } from '../../agent/protocol/approval-statement';
import {
  type Moment,
  type Approval,
  type Approver,
  type Flow,
  type MailAbout,
  type Passkey,
  type Recognition,
  type Risk,
  type StepId,
  type Way,
  type WorkstationRef,
} from './ticket';
import { type CardSlot } from './effects';
import { type Diagnosis } from './diagnosis';
import { type ShortId, type TicketId } from './ids';
import { type NumberGiver, type OuterChannel } from './outer';
import { type Actor, type PersonRef } from './people';
import { type ApprovalRule, type StandsFor } from './rule';
import { type Place, type UnshareReason } from './shared';

/** What a ticket's history is made of. Each is past, true, and never changed. `requestIds`: as in `Command`. */
export type TicketEvent = { at: Moment; by: Actor; requestIds?: readonly string[] } & (
  | {
      kind: 'opened';
      id: TicketId;
      shortId: ShortId;
      flow: Flow;
      requester: PersonRef;
      subject: PersonRef;
      hander?: PersonRef;
      desk?: WorkstationRef;
      reason: string;
      rule: ApprovalRule;
      risks: readonly Risk[];
      approvers: readonly Approver[];
      passkeysBefore: readonly string[];
      removes: readonly Passkey[];
      expiresAt: Moment;
      /** Who is told by mail. */
      told?: { person: PersonRef; via: 'other-address' | 'manager' };
      outer?: readonly OuterChannel[];
    }
  /** The passkeys go at once, by the subject's own report. The signature is put in before the event is taken. */
  | { kind: 'contained'; containment?: string }
  /** The passkeys may not live any longer: there is a new way in, or the time is over. */
  | { kind: 'removal-due' }
  | { kind: 'passkey-removed'; methodId: string; how: 'deleted' | 'gone' }
  | { kind: 'sessions-revoked' }
  | { kind: 'finished' }
  | { kind: 'reminded' }
  | { kind: 'widened'; circle: number }
  /** The approver's own key is asked for a signature over this statement; started: they have typed the number. */
  | {
      kind: 'approval-begun';
      person: PersonRef;
      how: Recognition;
      job: string;
      workstation: WorkstationRef;
      validUntil: Moment;
      statement: ApprovalStatement;
    }
  | { kind: 'approval-started'; job: string }
  | { kind: 'approval-failed'; job: string; code: string }
  /** `risks`: what could not be checked at this decision, and the ticket did not say yet. */
  | { kind: 'approved'; approval: Approval; risks?: readonly Risk[] }
  | {
      kind: 'decided';
      useUntil: Moment;
      workstations: readonly WorkstationRef[];
      /** The service's signature over the decision, put in before the event is taken. */
      decision?: string;
    }
  /** `for`: said by a delegate; `blockedUntil`: the same may not be asked again before. */
  | { kind: 'denied'; person: PersonRef; reason: string; for?: StandsFor; blockedUntil?: Moment }
  | { kind: 'block-lifted'; person: PersonRef; reason: string }
  /** Others may decide than were asked, or by a stricter rule: all of them. `fallen`: whose approval holds no longer. */
  | {
      kind: 'approvers-changed';
      approvers: readonly Approver[];
      fallen?: readonly string[];
      rule?: ApprovalRule;
      risks?: readonly Risk[];
    }
  | { kind: 'cancelled'; person: PersonRef }
  | { kind: 'expired' }
  | { kind: 'way-chosen'; way: Way; workstation?: WorkstationRef }
  | { kind: 'vouch-refused'; triesLeft: number }
  | { kind: 'vouched' }
  | { kind: 'show-prepared'; person: PersonRef; until: Moment }
  | { kind: 'pass-started'; generation: number; person: PersonRef; passkeysBefore: readonly string[] }
  | { kind: 'pass-issued'; generation: number; methodId: string; validUntil: Moment }
  | { kind: 'pass-settled'; generation: number; deleted: boolean }
  /** `replaced`: by a pass of another ticket about the same person. */
  | { kind: 'pass-ended'; generation: number; how: 'deleted' | 'gone' | 'expired' | 'replaced' }
  | { kind: 'passkey-appeared'; passkey: Passkey }
  /** `act` undefined: it registers a key. */
  | { kind: 'job-offered'; job: string; workstation: WorkstationRef; validUntil: Moment; act?: 'inspect' | 'reset' }
  | { kind: 'act-started'; job: string; until: Moment }
  /** `matched`: the passkeys that answered; they are to go once the key is erased. */
  | { kind: 'diagnosed'; job: string; diagnosis: Diagnosis; matched: readonly Passkey[] }
  | { kind: 'pin-forgotten' }
  /** The one that its person says is on the key; undefined: none of them. */
  | { kind: 'passkey-picked'; passkey?: Passkey }
  /** What is to be done is clear: from now on the approvers are asked. */
  | { kind: 'approval-asked'; expiresAt: Moment }
  /** Nothing need be done after all; the end follows. */
  | { kind: 'not-needed' }
  /** `told` by the workstation that erased it, or `seen` by a look afterwards. */
  | {
      kind: 'key-erased';
      job: string;
      how: 'told' | 'seen';
      aaguid: string;
      matched: readonly string[];
      matchedBy: 'silent' | 'person';
      /** It is not the key that was decided on. */
      another?: true;
    }
  /** A look has shown that the key is as it was, or could not tell: it may be erased again. */
  | { kind: 'not-erased'; job: string }
  | { kind: 'removal-dropped' }
  | { kind: 'job-started'; job: string; challengeHash: string; challengeUntil: Moment }
  | { kind: 'key-made'; job: string; credentialId: string; aaguid: string; attested: boolean; model?: string }
  | { kind: 'passkey-registered'; job: string; passkey: Passkey }
  | { kind: 'job-failed'; job: string; code: string; orphan: boolean }
  | { kind: 'parked'; step: StepId; code: string }
  | { kind: 'taken-over'; person: PersonRef }
  | { kind: 'resumed' }
  | { kind: 'unreached'; person: PersonRef; code: string }
  | { kind: 'reached'; person: string }
  | { kind: 'commented'; person: PersonRef; text: string }
  | { kind: 'signed-in'; seen: 'log' | 'said' }
  | { kind: 'completed' }
  | { kind: 'mail-sent'; about: MailAbout }
  | { kind: 'mail-failed'; about: MailAbout; code: string }
  /** Not an end, and possible after one. The signature is put in before the event is taken, as in `thawed`. */
  | { kind: 'frozen'; person: PersonRef; via: 'chat' | 'mail'; blocks: boolean; proof?: string }
  | { kind: 'passkeys-taken-back'; methodIds: readonly string[] }
  | { kind: 'sign-in-blocked' }
  | { kind: 'thaw-said'; person: PersonRef }
  | { kind: 'thawed'; person: PersonRef; proof?: string }
  | { kind: 'sign-in-unblocked' }
  /** Another ticket of the same person is still frozen: the block is that one's now. */
  | { kind: 'sign-in-stays-blocked'; other: ShortId }
  /** Who of the helpdesk looks after the ticket, or that nobody does any more. */
  | { kind: 'assigned'; to: PersonRef }
  | { kind: 'unassigned' }
  /** Approvers were reminded by hand, and a card that got lost was posted anew. */
  | { kind: 'nudged'; approvers: readonly PersonRef[]; as: 'helpdesk' | 'requester' }
  | { kind: 'resent'; to: PersonRef; slot: CardSlot }
  | { kind: 'outer-numbered'; system: NumberGiver; number: string; url?: string }
  | { kind: 'outer-failed'; to: OuterChannel; code: string }
  | { kind: 'outer-restored'; to: OuterChannel }
  /** The card stands in a group chat or channel, for everybody there; or stands there no longer. */
  | { kind: 'shared'; person: PersonRef; place: Place }
  | { kind: 'unshared'; place: string; why: UnshareReason }
);

export type EventKind = TicketEvent['kind'];
