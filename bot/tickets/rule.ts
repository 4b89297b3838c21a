import { mayBeSamePerson, type PersonFacts, type PersonRef, type SamePersonSettings, samePerson } from './people';

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
  /** Approvers sign with their own security keys, at their own workstations, what they approve. */
  stepUp?: boolean;
  /** Refuses also whom nothing tells apart from a party: an account without an employee id may be anybody's second. */
  strictSamePerson?: boolean;
  /** For how long a denial can bar further requests of the flow for its subject; 0 or undefined: not at all. */
  blockMinutes?: number;
}

/** Whose place a delegate takes, and until when (ISO 8601, UTC). */
export interface StandsFor extends PersonRef {
  until: string;
}

/** A person found for a circle, and by which part of the rule. */
export interface Candidate {
  person: PersonFacts;
  circle: number;
  via: Who['kind'];
  /** A delegate, in the place of somebody whom the rule names and who is away. */
  for?: StandsFor;
  /** Until when this person is away. Of an approver: and somebody else is asked in their place. */
  away?: string;
}

/** Why a person who stands in a rule may still not decide. */
export type NotAllowed =
  | 'is-requester'
  | 'is-subject'
  | 'is-hander'
  | 'is-same-person'
  | 'may-be-same-person'
  | 'disabled'
  | 'external'
  | 'not-in-rule';

/** The people a ticket is about; nobody who is one of them may approve it. */
export interface Parties {
  subject: PersonFacts;
  requester: PersonFacts;
  hander?: PersonFacts;
}

/**
 * Why this person may not decide on a ticket of these parties, or undefined where nothing is in the way.
 * @param strict refuses also where it cannot be told whether two accounts are one person's
 */
export function whyNot(
  person: PersonFacts,
  parties: Parties,
  settings: SamePersonSettings,
  strict = false,
): NotAllowed | undefined {
  if (person.id === parties.subject.id) return 'is-subject';
  if (person.id === parties.requester.id) return 'is-requester';
  if (person.id === parties.hander?.id) return 'is-hander';
  const others = [parties.subject, parties.requester, ...(parties.hander ? [parties.hander] : [])];
  if (others.some((other) => samePerson(person, other, settings))) return 'is-same-person';
  if (!person.enabled) return 'disabled';
  if (person.external) return 'external';
  if (strict && others.some((other) => mayBeSamePerson(person, other))) return 'may-be-same-person';
  return undefined;
}

/** Why a candidate may not decide. A delegate may not where the one whose place they take may not either. */
export function whyNotCandidate(
  candidate: Candidate,
  candidates: readonly Candidate[],
  parties: Parties,
  settings: SamePersonSettings,
  strict = false,
): NotAllowed | undefined {
  const own = whyNot(candidate.person, parties, settings, strict);
  if (own || !candidate.for) return own;
  const absent = candidates.find(({ person, for: place }) => !place && person.id === candidate.for?.id)?.person;
  if (!absent) return 'not-in-rule';
  if (samePerson(candidate.person, absent, settings)) return 'is-same-person';
  return whyNot(absent, parties, settings, strict);
}

/**
 * Those of the candidates who may decide, each person once, in their earliest circle, in their own right before
 * another's. Where several must approve, whoever is named themselves stands for nobody else. Somebody is left in peace
 * while they are away only where a delegate is asked in their place.
 */
export function approversAmong(
  candidates: readonly Candidate[],
  parties: Parties,
  settings: SamePersonSettings,
  { needed, strictSamePerson }: Pick<ApprovalRule, 'needed' | 'strictSamePerson'>,
): Candidate[] {
  const allowed = candidates.filter(
    (one) => whyNotCandidate(one, candidates, parties, settings, strictSamePerson) === undefined,
  );
  const isNamed = ({ person }: Candidate) => allowed.some((one) => !one.for && one.person.id === person.id);
  const counting = needed > 1 ? allowed.filter((one) => !one.for || !isNamed(one)) : allowed;
  const sorted = [...counting].sort((a, b) => a.circle - b.circle || Number(!!a.for) - Number(!!b.for));
  const asked = sorted.filter((one, at) => sorted.findIndex((other) => other.person.id === one.person.id) === at);
  // Whoever is asked once holds one place; where one approval is enough, it is all the same whose.
  const isAsked = (delegate: Candidate) =>
    asked.some(
      ({ person, circle, for: place }) =>
        person.id === delegate.person.id &&
        circle === delegate.circle &&
        (needed === 1 || place?.id === delegate.for?.id),
    );
  const isReplaced = ({ person, away }: Candidate) =>
    counting.some((one) => one.for?.id === person.id && one.for.until === away && isAsked(one));
  return asked.map((one) => (isReplaced(one) ? one : present(one)));
}

function present({ away: _away, ...one }: Candidate): Candidate {
  return one;
}

/** In how many places somebody can approve: somebody and whoever takes theirs have one. */
export function placesAmong(approvers: readonly { id: string; for?: StandsFor }[]): number {
  return new Set(approvers.map((one) => one.for?.id ?? one.id)).size;
}

/** The circle up to which is asked at once: the first that has as many as must approve; else the first with anybody. */
export function firstCircle(
  approvers: readonly { id: string; circle: number; for?: StandsFor }[],
  needed: number,
): number {
  const circles = [...new Set(approvers.map(({ circle }) => circle))].sort((a, b) => a - b);
  const enough = circles.find((circle) => placesAmong(approvers.filter((one) => one.circle <= circle)) >= needed);
  return enough ?? circles[0] ?? 0;
}
