import { type Actor, type PersonFacts, type PersonRef, type SamePersonSettings } from './people';
import { type ApprovalRule, type Candidate } from './rule';
import { type ShortId, type TicketId } from './ids';
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

/** Everything a rule needs to judge one decision. */
export interface DecisionFacts {
  actor: PersonFacts;
  requester: PersonFacts;
  hander?: PersonFacts;
  standing: Standing;
  /** The people whom the rule names now: read again, not remembered. */
  candidates: readonly Candidate[];
  samePerson: SamePersonSettings;
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
  /** An open ticket of the same flow for the same subject, where there is one. */
  alreadyOpen?: ShortId;
}

/** A command: what somebody wants of a ticket. `at` is the service's clock; `by` is proven by whoever received it. */
export type Command = { at: Moment; by: Actor } & (
  | Open
  | { kind: 'approve'; how: Recognition; facts: DecisionFacts }
  | { kind: 'deny'; reason: string; facts: DecisionFacts }
  | { kind: 'cancel'; helpdesk: boolean }
  /** `several`: there are more than one to choose from, and none was chosen. */
  | { kind: 'choose'; way: Way; workstation?: WorkstationRef; several?: boolean }
  /** `matches`: the code that was typed, compared by the service with the one only it can compute. */
  | { kind: 'vouch'; matches: boolean }
  | { kind: 'prepare-show'; standing: Standing }
  | { kind: 'show'; standing: Standing; passkeysBefore: readonly string[] }
  | { kind: 'pass-issued'; generation: number; methodId: string; validUntil: Moment }
  | { kind: 'pass-settled'; generation: number; deleted: boolean }
  | { kind: 'pass-ended'; generation: number; how: 'deleted' | 'gone' | 'expired' }
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
  | { kind: 'tick' }
);

export type CommandKind = Command['kind'];

/** Why a command has no effect. A code for cards/words, and the numbers and names that the sentence needs. */
export interface Refusal {
  code: string;
  facts?: Readonly<Record<string, string | number>>;
}
