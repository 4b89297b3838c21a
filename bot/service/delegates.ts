import { type Candidate } from '../tickets/rule';
import { type Approval, type Moment } from '../tickets/ticket';
import { type Absence } from './approvals-port';
import { type Deps, momentOf } from './deps';
import { factsOf } from './subject';

export function isInForce({ from, until }: Pick<Absence, 'from' | 'until'>, at: Moment): boolean {
  return from <= at && at < until;
}

/**
 * Puts beside each candidate who is away whoever decides in their place, in the same circle. A delegate's own absence is
 * not looked at: there are no chains.
 * @param given approvals that a delegate gave while the absence was in force: they stand after it too
 */
export async function withDelegates(
  deps: Deps,
  candidates: readonly Candidate[],
  given: readonly Approval[],
): Promise<Candidate[]> {
  const now = momentOf(deps);
  const all = await deps.conversations.absencesOf([...new Set(candidates.map(({ person }) => person.id))]);
  const rested = (person: string, one: Absence) =>
    given.some(({ by, for: place, at }) => place?.id === person && by.id === one.delegate.id && isInForce(one, at));
  const counting = all.map(({ person, list }) => ({
    person,
    list: list.filter((one) => isInForce(one, now) || rested(person.id, one)),
  }));
  const ids = [...new Set(counting.flatMap(({ list }) => list.map(({ delegate }) => delegate.id)))];
  const found = await Promise.all(ids.map((id) => deps.entra.people.find(id)));
  return candidates.flatMap((candidate) => {
    const list = counting.find(({ person }) => person.id === candidate.person.id)?.list ?? [];
    const current = list.find((one) => isInForce(one, now));
    const delegates = list.flatMap(({ delegate, until }): Candidate[] => {
      const person = found.find((one) => one?.id === delegate.id);
      const place = { id: candidate.person.id, name: candidate.person.name, until };
      return person ? [{ person: factsOf(person), circle: candidate.circle, via: candidate.via, for: place }] : [];
    });
    return [current ? { ...candidate, away: current.until } : candidate, ...delegates];
  });
}
