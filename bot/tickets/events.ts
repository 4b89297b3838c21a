import {
  type Moment,
  type Approval,
  type Approver,
  type Flow,
  type MailAbout,
  type Passkey,
  type Risk,
  type StepId,
  type Way,
  type WorkstationRef,
} from './ticket';
import { type ShortId, type TicketId } from './ids';
import { type Actor, type PersonRef } from './people';
import { type ApprovalRule } from './rule';

/** What a ticket's history is made of. Each is past, true, and never changed. */
export type TicketEvent = { at: Moment; by: Actor } & (
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
  | { kind: 'approved'; approval: Approval }
  | {
      kind: 'decided';
      useUntil: Moment;
      workstations: readonly WorkstationRef[];
      /** The service's signature over the decision, put in before the event is taken. */
      decision?: string;
    }
  | { kind: 'denied'; person: PersonRef; reason: string }
  | { kind: 'cancelled'; person: PersonRef }
  | { kind: 'expired' }
  | { kind: 'way-chosen'; way: Way; workstation?: WorkstationRef }
  | { kind: 'vouch-refused'; triesLeft: number }
  | { kind: 'vouched' }
  | { kind: 'show-prepared'; person: PersonRef; until: Moment }
  | { kind: 'pass-started'; generation: number; person: PersonRef; passkeysBefore: readonly string[] }
  | { kind: 'pass-issued'; generation: number; methodId: string; validUntil: Moment }
  | { kind: 'pass-settled'; generation: number; deleted: boolean }
  | { kind: 'pass-ended'; generation: number; how: 'deleted' | 'gone' | 'expired' }
  | { kind: 'passkey-appeared'; passkey: Passkey }
  | { kind: 'job-offered'; job: string; workstation: WorkstationRef; validUntil: Moment }
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
);

export type EventKind = TicketEvent['kind'];
