import { type Refusal } from '../tickets/commands';
import { type PersonRef, samePerson } from '../tickets/people';
import { type Moment } from '../tickets/ticket';
import { plusMinutes } from '../tickets/time';
import { type Absence, type Absences } from './approvals-port';
import { ruleFacts } from './approvers';
import { isInForce } from './delegates';
import { type Deps, momentOf } from './deps';
import { type Member } from './member';
import { refreshApprovers } from './refresh-approvers';
import { factsOf } from './subject';

const DAY = 24 * 60;
/** Longer than this is not away but gone: then the rule wants somebody else. */
export const AWAY_AT_MOST_DAYS = 90;
/** How far ahead an absence may be entered. */
const AHEAD_AT_MOST_DAYS = 365;
/** How long one that is over is kept: approvals that rest on it are used up by then. */
const KEPT_DAYS = 40;
/** That are to come, or in force. */
const ABSENCES_AT_MOST = 3;
/** How many waiting tickets are gone through at once on entering; the rest follow by their own looks. */
const TICKETS_AT_ONCE = 50;
const TRIES = 5;

export interface AbsenceAnswer {
  refusal?: Refusal;
  /** Those to come and in force, in order. */
  absences: readonly Absence[];
}

const current = ({ list }: Pick<Absences, 'list'>, now: Moment): Absence[] => list.filter(({ until }) => until > now);

/** The absences of a member that are to come or in force. */
export async function absencesOf(deps: Deps, member: Member): Promise<readonly Absence[]> {
  const stored = await deps.conversations.absence(member.id);
  return stored ? current(stored.value, momentOf(deps)) : [];
}

/** Why this person may not decide in the member's place in that time, as far as it can be told now. */
async function whyNotDelegate(
  deps: Deps,
  member: Member,
  delegate: string,
  { from, until }: Pick<Absence, 'from' | 'until'>,
): Promise<Refusal | PersonRef> {
  const person = await deps.entra.people.find(delegate);
  if (!person) return { code: 'person-unknown', facts: { name: '' } };
  const facts = factsOf(person);
  const name = facts.name;
  if (facts.external || !facts.enabled) return { code: 'delegate-not-a-member', facts: { name } };
  if (samePerson(facts, factsOf(member.person), deps.settings.samePerson)) return { code: 'delegate-is-you' };
  const theirs = await deps.conversations.absence(person.id);
  const clash = theirs?.value.list.find((one) => one.from < until && from < one.until);
  if (clash) return { code: 'delegate-away', facts: { name, when: clash.until } };
  return { id: facts.id, name };
}

function whenRefused(from: Moment, until: Moment, now: Moment): Refusal | undefined {
  if (until <= now || until <= from) return { code: 'away-times-odd' };
  if (until > plusMinutes(from < now ? now : from, AWAY_AT_MOST_DAYS * DAY))
    return { code: 'away-too-long', facts: { days: AWAY_AT_MOST_DAYS } };
  return from > plusMinutes(now, AHEAD_AT_MOST_DAYS * DAY) ? { code: 'away-times-odd' } : undefined;
}

/** Changes a member's absences under the row's ETag; again where they were changed at the same moment. */
async function change(
  deps: Deps,
  member: Member,
  work: (list: readonly Absence[]) => readonly Absence[] | Refusal,
): Promise<AbsenceAnswer> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const now = momentOf(deps);
    const stored = await deps.conversations.absence(member.id);
    const kept = (stored?.value.list ?? []).filter(({ until }) => until > plusMinutes(now, -KEPT_DAYS * DAY));
    const changed = work(kept);
    if ('code' in changed) return { refusal: changed, absences: current({ list: kept }, now) };
    const list = [...changed].sort((a, b) => (a.from < b.from ? -1 : 1));
    const value = { person: { id: member.id, name: member.name }, list };
    if (await deps.conversations.putAbsence(value, stored?.etag)) return { absences: current(value, now) };
  }
  return { refusal: { code: 'storage-busy' }, absences: await absencesOf(deps, member) };
}

/**
 * Enters that a member is away, and who decides in their place. Tickets that wait for them reach that person at once
 * where the absence has begun; else by the look that each waiting ticket takes at the directory.
 */
export async function enterAbsence(
  deps: Deps,
  member: Member,
  wanted: { from: Moment; until: Moment; delegate: string },
): Promise<AbsenceAnswer> {
  const now = momentOf(deps);
  const times = { from: wanted.from, until: wanted.until };
  const odd = whenRefused(times.from, times.until, now);
  const delegate = odd ?? (await whyNotDelegate(deps, member, wanted.delegate, times));
  if ('code' in delegate) return { refusal: delegate, absences: await absencesOf(deps, member) };
  const answer = await change(deps, member, (list) => {
    // The same form sent twice is one absence.
    const same = list.some(
      (one) => one.delegate.id === delegate.id && one.from === times.from && one.until === times.until,
    );
    if (same) return list;
    const clash = list.find((one) => one.from < times.until && times.from < one.until);
    if (clash) return { code: 'away-already', facts: { name: clash.delegate.name, when: clash.until } };
    if (current({ list }, now).length >= ABSENCES_AT_MOST)
      return { code: 'away-too-many', facts: { most: ABSENCES_AT_MOST } };
    return [...list, { delegate, ...times, enteredAt: now }];
  });
  if (!answer.refusal) {
    deps.log('absence-entered', { person: member.id, delegate: delegate.id, from: times.from, until: times.until });
    await followUp(deps, member);
  }
  return answer;
}

/** Ends what is in force, and takes back what is to come. What was approved meanwhile stands. */
export async function endAbsence(deps: Deps, member: Member, from: Moment): Promise<AbsenceAnswer> {
  const now = momentOf(deps);
  const answer = await change(deps, member, (list) =>
    list.flatMap((one) => {
      if (one.from !== from || one.until <= now) return [one];
      return isInForce(one, now) ? [{ ...one, until: now }] : [];
    }),
  );
  if (answer.refusal) return answer;
  deps.log('absence-ended', { person: member.id });
  await followUp(deps, member);
  return answer;
}

/** Those whom the waiting tickets of this person ask are looked up again. */
async function followUp(deps: Deps, member: Member): Promise<void> {
  const { tickets } = await deps.tickets.waitingFor(member.id, { size: TICKETS_AT_ONCE });
  for (const ticket of tickets) {
    try {
      await refreshApprovers(deps, ticket, await ruleFacts(deps, ticket));
    } catch (error) {
      // The ticket's own look comes anyway.
      deps.log('approvers-not-read', { ticket: ticket.id, error: error instanceof Error ? error.message : 'unknown' });
    }
  }
}
