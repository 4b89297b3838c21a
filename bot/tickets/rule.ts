import { type PersonFacts, type SamePersonSettings, samePerson } from './people';

/** Someone a rule may turn to. */
export type Who =
  | { kind: 'manager' }
  | { kind: 'managers-manager' }
  | { kind: 'group'; group: string }
  | { kind: 'person'; id: string };

/** A flow's approval rule, as the settings give it. Times in minutes. */
export interface ApprovalRule {
  /** Whom to ask: the first circle at once, each next one when nobody of those before has decided in time. */
  circles: readonly (readonly Who[])[];
  /** How many must approve. */
  needed: number;
  remindAfter: number;
  widenAfter: number;
  expireAfter: number;
  /** How long an approval may be used. */
  useWithin: number;
  /** Whether the subject must give the vouch code. A tenant may relax it; card and audit then say so. */
  vouch: boolean;
}

/** A person found for a circle, and by which part of the rule. */
export interface Candidate {
  person: PersonFacts;
  circle: number;
  via: Who['kind'];
}

/** Why a person who stands in a rule may still not decide. */
export type NotAllowed =
  'is-requester' | 'is-subject' | 'is-hander' | 'is-same-person' | 'disabled' | 'external' | 'not-in-rule';

/** The people a ticket is about; nobody who is one of them may approve it. */
export interface Parties {
  subject: PersonFacts;
  requester: PersonFacts;
  hander?: PersonFacts;
}

/** Why this person may not decide on a ticket of these parties, or undefined where nothing is in the way. */
export function whyNot(person: PersonFacts, parties: Parties, settings: SamePersonSettings): NotAllowed | undefined {
  if (person.id === parties.subject.id) return 'is-subject';
  if (person.id === parties.requester.id) return 'is-requester';
  if (person.id === parties.hander?.id) return 'is-hander';
  const others = [parties.subject, parties.requester, ...(parties.hander ? [parties.hander] : [])];
  if (others.some((other) => samePerson(person, other, settings))) return 'is-same-person';
  if (!person.enabled) return 'disabled';
  if (person.external) return 'external';
  return undefined;
}

/** Those of the candidates who may decide, each person once, in their earliest circle. */
export function approversAmong(
  candidates: readonly Candidate[],
  parties: Parties,
  settings: SamePersonSettings,
): Candidate[] {
  const allowed = candidates.filter(({ person }) => whyNot(person, parties, settings) === undefined);
  const sorted = [...allowed].sort((a, b) => a.circle - b.circle);
  return sorted.filter((one, at) => sorted.findIndex((other) => other.person.id === one.person.id) === at);
}
