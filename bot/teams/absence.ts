import { absenceCard, type AbsenceModel, type AdaptiveCard, type FieldProblem, INPUT, type InputId } from '../../cards';
import { type Absence, absencesOf, type AbsenceAnswer, endAbsence, enterAbsence, findPerson } from '../service';
import { startOfDay } from './days';
import { type Asker } from './desk';
import { type Click } from './said-and-clicked';

function card(
  { deps, words }: Asker,
  absences: readonly Absence[],
  more: Omit<AbsenceModel, 'absences'>,
): AdaptiveCard {
  const now = deps.now().toISOString();
  const drawn = absences.map(({ delegate, from, until }) => ({ delegate, from, until, inForce: from <= now }));
  return absenceCard({ absences: drawn, ...more }, words);
}

/** What is entered, and the form for more. */
export async function absence(asker: Asker): Promise<AdaptiveCard> {
  return card(asker, await absencesOf(asker.deps, asker.member), {});
}

/** Refusals that are about the person named; all others are about the days. */
const ABOUT_THE_PERSON = ['delegate-not-a-member', 'delegate-is-you', 'delegate-away', 'person-unknown'];

/** Enters what the form says, or shows it again with what is wrong. What was typed is kept. */
export async function sendAbsence(asker: Asker, click: Click): Promise<AdaptiveCard> {
  const { deps, member } = asker;
  const values: Partial<Record<InputId, string>> = {
    [INPUT.awayFrom]: click.awayFrom ?? '',
    [INPUT.awayUntil]: click.awayUntil ?? '',
    [INPUT.person]: click.person ?? '',
  };
  const again = async (problem: FieldProblem, candidates?: AbsenceModel['candidates']) =>
    card(asker, await absencesOf(deps, member), { values, problems: [problem], ...(candidates && { candidates }) });
  const first = startOfDay(click.awayFrom ?? '', asker.timeZone);
  const until = startOfDay(click.awayUntil ?? '', asker.timeZone, 1);
  if (!first || !until) return again({ field: INPUT.awayUntil, code: 'away-times-odd' });
  const delegate = await findPerson(deps, click.person ?? '');
  if ('refusal' in delegate) {
    const { refusal, candidates } = delegate;
    return again({ field: INPUT.person, ...refusal }, candidates.length > 0 ? candidates : undefined);
  }
  const answer = await enterAbsence(deps, member, { from: first, until, delegate: delegate.id });
  if (!answer.refusal) return card(asker, answer.absences, { news: { kind: 'entered', name: delegate.name } });
  const field = ABOUT_THE_PERSON.includes(answer.refusal.code) ? INPUT.person : INPUT.awayUntil;
  return again({ field, ...answer.refusal });
}

/** Ends the absence that began, or begins, at the moment which the button names. */
export async function stopAbsence(asker: Asker, from: string): Promise<AdaptiveCard> {
  const answer: AbsenceAnswer = await endAbsence(asker.deps, asker.member, from);
  const problem = answer.refusal && { field: INPUT.awayUntil, ...answer.refusal };
  return card(asker, answer.absences, problem ? { problems: [problem] } : { news: { kind: 'ended' } });
}
