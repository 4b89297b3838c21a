import { type SignedApproval } from '../../agent/protocol/signed-approval';
import { type Diagnosis, type Reset } from './diagnosis';
import { type ShortId, type TicketId } from './ids';
import { type OuterLink } from './outer';
import { type PersonRef } from './people';
import { type ApprovalRule, type StandsFor, type Who } from './rule';
import { type SharedIn } from './shared';
import { type StepUp } from './step-up';

export const FLOWS = ['onboarding', 'lost-key', 'locked-pin', 'spare-key', 'pass', 'return-key'] as const;
export type Flow = (typeof FLOWS)[number];

/** How the subject gets in: a key registered from a paired workstation, or a Temporary Access Pass shown once. */
export type Way = 'workstation' | 'pass';

/**
 * `waiting` for approval, `approved` while the plan runs, then one of the ends. `frozen` is none: it comes upon any of
 * them, and the helpdesk brings it to its end.
 */
export type Status = 'waiting' | 'approved' | 'done' | 'denied' | 'cancelled' | 'expired' | 'frozen';

/** How the approver recognised the subject. */
export type Recognition = 'in-person' | 'video' | 'called-back';

/** Moments are ISO 8601 in UTC with milliseconds, so that they sort as text. */
export type Moment = string;

export interface Approver extends PersonRef {
  circle: number;
  via: Who['kind'];
  /** In whose place, where this is a delegate. */
  for?: StandsFor;
  /** Until when they are away, and a delegate is asked in their place. */
  away?: Moment;
}

export interface Approval {
  by: PersonRef;
  at: Moment;
  how: Recognition;
  /** In whose place, where it was a delegate's. */
  for?: StandsFor;
  /** The approver's own signature, where the rule asks for one (`stepUp`). */
  proof?: SignedApproval;
}

/** Something an approver should know before deciding: `pass-live`, `no-employee-id` … The words are in cards/words. */
export interface Risk {
  code: string;
  facts?: Readonly<Record<string, string | number>>;
}

/** One making of a pass: begun, then known to have been shown, or settled as never shown. */
export interface Generation {
  number: number;
  by: PersonRef;
  startedAt: Moment;
  state: 'started' | 'issued' | 'settled';
  /** Entra's id of the pass, once issued. */
  methodId?: string;
  validUntil?: Moment;
  /** Set when Keyvouch has deleted it, or it has ended. */
  endedAt?: Moment;
}

export interface Job {
  id: string;
  /** What the workstation does besides registering a key. Undefined: it registers one. */
  act?: 'inspect' | 'reset';
  workstation: WorkstationRef;
  offeredAt: Moment;
  validUntil: Moment;
  /** `made` and `registered` are of a job that registers, `done` of every other. */
  state: 'offered' | 'started' | 'made' | 'registered' | 'done' | 'failed';
  startedAt?: Moment;
  /** Until when a started job that does not register may take. */
  runsUntil?: Moment;
  /** SHA-256, base64url, of the challenge that Entra gave for this job, and when that challenge ends. */
  challengeHash?: string;
  challengeUntil?: Moment;
  /** base64url of the credential that the workstation made. */
  credentialId?: string;
  /** Why it failed, where it did. */
  code?: string;
  /** Set with `failed` where a credential may be left on the key that Entra does not know. */
  orphan?: boolean;
}

export interface WorkstationRef {
  id: string;
  name: string;
  kind: 'own' | 'desk';
}

/** A passkey as Entra lists it. */
export interface Passkey {
  methodId: string;
  name: string;
  aaguid?: string;
  model?: string;
  createdAt?: Moment;
}

export interface Comment {
  by: PersonRef;
  at: Moment;
  text: string;
}

/** A no, and whether it holds for further requests of this flow for this subject, until the helpdesk lifts it. */
export interface Denial {
  by: PersonRef;
  at: Moment;
  reason: string;
  for?: StandsFor;
  blockedUntil?: Moment;
  lifted?: { by: PersonRef; at: Moment; reason: string };
}

/** A step that could not be done by itself: why, since when, and who of the helpdesk has taken it. */
export interface Parked {
  step: StepId;
  code: string;
  at: Moment;
  takenBy?: PersonRef;
}

export type StepId =
  | 'diagnose'
  | 'approve'
  | 'choose'
  | 'vouch'
  | 'reset'
  | 'register'
  | 'confirm'
  | 'show'
  | 'appear'
  | 'remove'
  | 'revoke'
  | 'tidy';

/** A passkey that is to go from the account: named by a person, `due` once it may not live any longer. */
export interface Removal {
  passkey: Passkey;
  /** `kept`: it was named, and people have settled that it stays. */
  state: 'named' | 'due' | 'removed' | 'kept';
  removedAt?: Moment;
}

/** What a mail is about: that somebody asked, or how it was decided. */
export type MailAbout = 'opened' | 'decided';

/**
 * Who hears of the ticket by mail, beside the subject's chat: whoever holds that chat does not hold this mailbox. The
 * address itself is read from the directory when a mail goes out.
 */
export interface Told {
  /** The subject, at another address than the account's own; else a manager. */
  person: PersonRef;
  via: 'other-address' | 'manager';
  /** What was sent, or could not be: then why. */
  mails: readonly { about: MailAbout; at: Moment; failed?: string }[];
}

/** The subject, or whoever hears by mail, has said that this was not them: nothing goes on, and all is taken back. */
export interface Freeze {
  by: PersonRef;
  at: Moment;
  via: 'chat' | 'mail';
  /** How the ticket stood before. */
  before: Status;
  /** Whether signing in is blocked as well, until the thaw. */
  blocks: boolean;
  /** The service's signature over the freeze (a JWS). */
  proof?: string;
  /** Since when it is known that no passkey of this ticket is left, and Entra's ids of those that were. */
  takenBackAt?: Moment;
  takenBack: readonly string[];
  /** Since the last thing was taken back. */
  sessionsRevokedAt?: Moment;
  blockedAt?: Moment;
  /** The first of the two who thaw. */
  thawSaid?: { by: PersonRef; at: Moment };
  /** The second, and the service's signature over both. */
  thawed?: { by: PersonRef; at: Moment; proof?: string };
}

/** One request and all that follows. Made by `evolve` alone. */
export interface Ticket {
  id: TicketId;
  shortId: ShortId;
  /** Counts the events; every commit raises it. */
  version: number;
  flow: Flow;
  status: Status;
  requester: PersonRef;
  subject: PersonRef;
  /** Who receives on the subject's behalf what is shown or started in chat. Undefined: the subject does. */
  hander?: PersonRef;
  reason: string;
  openedAt: Moment;
  rule: ApprovalRule;
  risks: readonly Risk[];
  /** All whom the rule may turn to, and up to which circle they have been asked. */
  approvers: readonly Approver[];
  askedCircle: number;
  /** Who was asked, and is no longer among those who may decide: their card says so. */
  formerApprovers?: readonly PersonRef[];
  remindedAt?: Moment;
  /** How often those asked were reminded. */
  reminders?: number;
  /** While waiting: when it expires. Once approved: until when the approval may be used. */
  expiresAt: Moment;
  approvals: readonly Approval[];
  /** The newest asking for a signature of each approver, where the rule asks for signatures. */
  stepUps?: readonly StepUp[];
  /** The service's signature over the decision (a JWS), set with the last approval that was needed. */
  decision?: string;
  decidedAt?: Moment;
  /** The workstations that the decision names; empty: any that the subject confirms. */
  approvedFor: readonly WorkstationRef[];
  denial?: Denial;
  cancellation?: { by: PersonRef; at: Moment };
  way?: Way;
  workstation?: WorkstationRef;
  vouchTries: number;
  vouchedAt?: Moment;
  job?: Job;
  prepared?: { by: PersonRef; until: Moment };
  generations: readonly Generation[];
  /** Entra's ids of the subject's passkeys before this ticket did anything. */
  passkeysBefore: readonly string[];
  passkey?: Passkey;
  removals: readonly Removal[];
  /** The service's signature over a removal that did not wait for an approval: the subject's own report. */
  containment?: string;
  sessionsRevokedAt?: Moment;
  /** How a workstation found the key that does not open, and its person's word on it. */
  diagnosis?: Diagnosis;
  /** That the key was, or may have been, erased. */
  reset?: Reset;
  /** The person says that nothing need be done after all. */
  notNeededAt?: Moment;
  /** The recipient needs the pass no more. */
  finishedAt?: Moment;
  firstSignInAt?: Moment;
  done: Partial<Record<StepId, Moment>>;
  parked?: Parked;
  comments: readonly Comment[];
  /** Undefined: nobody is told by mail. */
  told?: Told;
  freeze?: Freeze;
  /** Undefined: the tenant had no outer ticket system when it was opened. */
  outer?: OuterLink;
  /** Whom no card could reach, and why. */
  unreached: readonly { person: PersonRef; code: string }[];
  /** The helpdesk has been called to it, or it was given to one of them. */
  helpdeskCalled?: true;
  /** Who of the helpdesk looks after it. */
  assigned?: { to: PersonRef; at: Moment };
  /** Cards that somebody asked to have posted anew: when last, by the object id of whose card it is. */
  postedAnew?: Readonly<Record<string, Moment>>;
  /** When the requester last had those reminded who decide. */
  requesterNudgedAt?: Moment;
  /** Group chats and channels in which its card stands for everybody. */
  sharedIn?: readonly SharedIn[];
  closedAt?: Moment;
}

/** The one who acts for the subject in chat: the hander of a ticket opened on behalf, else the subject. */
export function recipientOf(ticket: Ticket): PersonRef {
  return ticket.hander ?? ticket.subject;
}

export function isOpen(ticket: Ticket): boolean {
  return ticket.status === 'waiting' || ticket.status === 'approved' || ticket.status === 'frozen';
}

/** Whether it stands in the way of one that was asked for then: whoever was not answered asks again, and may take it back. */
export function wasOpenAfter(ticket: Ticket, asked: Moment): boolean {
  return isOpen(ticket) || (ticket.closedAt ?? '') > asked;
}
