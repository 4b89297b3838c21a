import { type SignedApproval } from '../../agent/protocol/signed-approval';
import { type Actor, type PersonFacts, type PersonRef, type SamePersonSettings } from './people';
import { type OuterChannel, type OuterNumber } from './outer';
import { type PinFound } from './diagnosis';
import { type ApprovalRule, type Candidate } from './rule';
import { type ShortId, type TicketId } from './ids';
import { type Place, type UnshareReason } from './shared';
import {
  type Flow,
  type MailAbout,
  type Moment,
  type Passkey,
  type Recognition,
  type Risk,
  type StepId,
  type Way,
  type WorkstationRef,
} from './ticket';

/**
 * What the directory says right now of whom a command concerns. Read by the service just before `decide`, so that
 * every rule is judged on facts of this moment.
 */
export interface Standing {
  subject: PersonFacts;
  /** `unknown` where the roles could not be read: then nothing privileged-sensitive is done. */
  privileged: boolean | 'unknown';
  emergency: boolean;
  /** What stops the flow now: `passkey-policy-off`, `pass-policy-off` … */
  stops: readonly string[];
}

/** Who may approve now, and what that is judged by. */
export interface RuleFacts {
  subject: PersonFacts;
  requester: PersonFacts;
  hander?: PersonFacts;
  candidates: readonly Candidate[];
  samePerson: SamePersonSettings;
  /** The ticket's rule as it must be now, where that is stricter: the subject has another manager since lately. */
  rule?: ApprovalRule;
  /** Nobody may read the log that says whether the subject has another manager since lately. */
  managerNotChecked?: true;
}

/** Everything a rule needs to judge one decision. */
export interface DecisionFacts {
  actor: PersonFacts;
  requester: PersonFacts;
  hander?: PersonFacts;
  standing: Standing;
  /** The people whom the rule names now: read again, not remembered. */
  candidates: readonly Candidate[];
  samePerson: SamePersonSettings;
  /** As in RuleFacts, both. */
  rule?: ApprovalRule;
  managerNotChecked?: true;
  /** The subject's active workstations: the decision names them, and holds for no other. Empty: none is paired yet. */
  workstations: readonly WorkstationRef[];
  /** Whether the directory has a number on which the subject could be called back. */
  hasPhone: boolean;
}

/** Everything the second pair of eyes is judged by when a frozen ticket is to be thawed. */
export interface ThawFacts {
  actor: PersonFacts;
  /** All who have had a part in the ticket, and the one who has said thaw before. */
  others: readonly PersonFacts[];
  samePerson: SamePersonSettings;
}

export interface Open {
  kind: 'open';
  id: TicketId;
  shortId: ShortId;
  flow: Flow;
  requester: PersonFacts;
  standing: Standing;
  hander?: PersonFacts;
  desk?: WorkstationRef;
  /** Whether the requester may open for others: the subject's manager, or of the helpdesk. */
  mayOpenForOthers: boolean;
  reason: string;
  rule: ApprovalRule;
  risks: readonly Risk[];
  candidates: readonly Candidate[];
  samePerson: SamePersonSettings;
  passkeysBefore: readonly string[];
  /** The passkeys that are to go from the account, as a person named them; empty in flows that remove none. */
  removes: readonly Passkey[];
  /** Whether they go at once: the subject reports it, and can still sign in by another strong method. */
  contain: boolean;
  /** How many strong ways to sign in the subject has now. */
  strongMethods: number;
  /** Who is to hear of it by mail, where somebody can. */
  told?: { person: PersonRef; via: 'other-address' | 'manager' };
  /** Whom each event is told outside of Teams; undefined: there is no outer ticket system. */
  outer?: readonly OuterChannel[];
  /** An open ticket of the same flow for the same subject, where there is one. */
  alreadyOpen?: ShortId;
  /** Why nothing more may be asked now: too often, or somebody denied it and barred repeats. */
  barred?: Refusal;
}

/** A command: what somebody wants of a ticket. `at` is the service's clock; `by` is proven by whoever received it. */
/** `requestIds`: of the calls to Graph whose outcome this is, for the audit. */
export type Command = { at: Moment; by: Actor; requestIds?: readonly string[] } & (
  | Open
  | { kind: 'approve'; how: Recognition; facts: DecisionFacts }
  /** `block`: and no further request of this flow for this subject for some time, unless the helpdesk lifts that. */
  | { kind: 'deny'; reason: string; facts: DecisionFacts; block?: boolean }
  | { kind: 'lift-block'; reason: string; helpdesk: boolean }
  /** `again`: the look that comes back by itself as long as the ticket waits. */
  | { kind: 'refresh-approvers'; facts: RuleFacts; again: boolean }
  /** Approve, under a rule that asks for the approver's own key. `keys`: how many of theirs could sign. */
  | {
      kind: 'begin-approval';
      how: Recognition;
      facts: DecisionFacts;
      job: string;
      /** The service's public address, and random text: both become part of what is signed. */
      audience: string;
      salt: string;
      keys: number;
      /** The approver's own; `several`: there are more than one, and none was chosen. */
      workstation?: WorkstationRef;
      several: boolean;
    }
  | { kind: 'approval-started'; job: string; facts: DecisionFacts }
  /** `proof`: the service has found it good, and the key among those that Entra has for the approver now. */
  | { kind: 'sign-approval'; job: string; facts: DecisionFacts; proof: SignedApproval }
  | { kind: 'approval-failed'; job: string; code: string }
  | { kind: 'cancel'; helpdesk: boolean }
  /** `several`: there are more than one to choose from, and none was chosen. */
  | { kind: 'choose'; way: Way; workstation?: WorkstationRef; several?: boolean }
  /** `matches`: the code that was typed, compared by the service with the one only it can compute. */
  | { kind: 'vouch'; matches: boolean }
  | { kind: 'prepare-show'; standing: Standing }
  | { kind: 'show'; standing: Standing; passkeysBefore: readonly string[] }
  | { kind: 'pass-issued'; generation: number; methodId: string; validUntil: Moment }
  | { kind: 'pass-settled'; generation: number; deleted: boolean }
  | { kind: 'pass-ended'; generation: number; how: 'deleted' | 'gone' | 'expired' | 'replaced' }
  | { kind: 'passkey-appeared'; generation: number; passkey: Passkey }
  | { kind: 'start-job'; job: string; standing: Standing }
  | { kind: 'job-started'; job: string; standing: Standing; challengeHash: string; challengeUntil: Moment }
  | {
      kind: 'key-made';
      job: string;
      credentialId: string;
      aaguid: string;
      attested: boolean;
      model?: string;
      clientDataJSON: string;
      attestationObject: string;
      displayName: string;
    }
  | { kind: 'passkey-registered'; job: string; passkey: Passkey }
  | { kind: 'job-failed'; job: string; code: string; orphan: boolean }
  | { kind: 'diagnose'; job: string; workstation?: WorkstationRef; several?: boolean; standing: Standing }
  | { kind: 'act-started'; job: string; standing: Standing }
  /** `answered`: Entra's ids of those that answered; undefined where the key does not. `passkeys`: all that the account has. */
  | {
      kind: 'key-inspected';
      job: string;
      aaguid: string;
      model?: string;
      pin: PinFound;
      answered?: readonly string[];
      passkeys: readonly Passkey[];
      modelAllowed: boolean;
    }
  | { kind: 'forgotten' }
  /** Entra's id, or `none`: the key holds none of them. Undefined: nothing was chosen. */
  | { kind: 'pick-passkey'; methodId?: string }
  | { kind: 'not-needed' }
  | {
      kind: 'key-erased';
      job: string;
      erased: true | 'unknown';
      aaguid: string;
      matched: readonly string[];
      matchedBy: 'silent' | 'person';
    }
  | { kind: 'passkey-removed'; methodId: string; how: 'deleted' | 'gone' }
  | { kind: 'sessions-revoked' }
  | { kind: 'finish' }
  | { kind: 'park'; step: StepId; code: string }
  | { kind: 'take-over'; helpdesk: boolean }
  | { kind: 'retry'; helpdesk: boolean }
  | { kind: 'unreached'; person: PersonRef; code: string }
  | { kind: 'reached'; person: string }
  | { kind: 'comment'; text: string; helpdesk: boolean }
  | { kind: 'signed-in'; seen: 'log' | 'said' }
  | { kind: 'mail-sent'; about: MailAbout }
  | { kind: 'mail-failed'; about: MailAbout; code: string }
  /** `blocks`: signing in is to be blocked too: the tenant wants it, and the account could sign in until now. */
  | { kind: 'freeze'; via: 'chat' | 'mail'; blocks: boolean }
  | { kind: 'passkeys-taken-back'; methodIds: readonly string[] }
  | { kind: 'sign-in-blocked' }
  | { kind: 'thaw'; helpdesk: boolean; facts: ThawFacts }
  | { kind: 'sign-in-unblocked' }
  /** `other`: the frozen ticket of the same person whose block it is now. */
  | { kind: 'sign-in-stays-blocked'; other: ShortId }
  /** `barred`: why the ticket may not be shown to all who are in the place. */
  | { kind: 'share'; place: Place; helpdesk: boolean; barred?: string }
  | { kind: 'unshare'; place: string; why: UnshareReason; helpdesk: boolean }
  /** Events were told; what the ticket is called there, where the answer said so. */
  | { kind: 'outer-told'; to: OuterChannel; number?: OuterNumber }
  | { kind: 'outer-failed'; to: OuterChannel; code: string }
  | { kind: 'outer-number'; number: string; url?: string; helpdesk: boolean }
  /** `to` undefined: nobody was chosen. `toHelpdesk`: whether they are of the helpdesk now. */
  | { kind: 'assign'; to?: PersonRef; toHelpdesk: boolean; helpdesk: boolean }
  | { kind: 'unassign'; helpdesk: boolean }
  /** `approver`: whom to remind, by object id; undefined: all who have not decided. */
  | { kind: 'nudge'; approver?: string; helpdesk: boolean }
  | { kind: 'resend'; person: string; helpdesk: boolean }
  | { kind: 'tick' }
);

export type CommandKind = Command['kind'];

/** Why a command has no effect. A code for cards/words, and the numbers and names that the sentence needs. */
export interface Refusal {
  code: string;
  facts?: Readonly<Record<string, string | number>>;
}
