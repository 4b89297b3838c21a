import { type Moment } from '../bot/tickets/ticket';
import { asking, button } from './actions';
import { type AdaptiveCard, type CardElement, type ChoiceSetInput, type DateInput, type TextInput } from './card';
import { buttons, card, heading, present, quiet, text } from './elements';
import { fill } from './fill';
import { type FieldProblem, INPUT, type InputId } from './inputs';
import { dayAndTime } from './moments';
import { label, plain } from './plain';
import { problemLine } from './said';
import { type Words } from './words/en';

export interface AbsenceModel {
  /** Those to come and in force, in order. */
  absences: readonly { delegate: { name: string }; from: Moment; until: Moment; inForce: boolean }[];
  /** What has just happened. */
  news?: { kind: 'entered'; name: string } | { kind: 'ended' };
  values?: Partial<Record<InputId, string>>;
  problems?: readonly FieldProblem[];
  /** The people whom a typed name could mean. */
  candidates?: readonly { id: string; name: string }[];
}

/** Who decides while the reader is away: what is entered, and the form for more. */
export function absenceCard(model: AbsenceModel, words: Words): AdaptiveCard {
  const { absences, news, problems = [] } = model;
  const say = words.away;
  const send = button('send-away', words.buttons['send-away'], { style: 'positive', inputs: true });
  const form = formOf(model, words);
  // A form with something wrong in it stands open.
  const open = absences.length === 0 || problems.length > 0;
  const another = asking(words.buttons.away_another_, form, send);
  return card(
    words,
    say.title,
    [
      heading(say.title),
      news && text(`✓ ${newsOf(news, words)}`, { weight: 'bolder' }),
      text(say.intro),
      ...(absences.length === 0 ? [quiet(say.none)] : absences.flatMap((one) => entered(one, words))),
      ...(open ? form : []),
      quiet(say.note, { spacing: 'medium' }),
    ],
    present([open ? send : another, button('home', words.buttons.home)]),
  );
}

function newsOf(news: NonNullable<AbsenceModel['news']>, words: Words): string {
  return news.kind === 'entered' ? fill(words.away.entered, { name: plain(news.name, 60) }) : words.away.ended;
}

function entered({ delegate, from, until, inForce }: AbsenceModel['absences'][number], words: Words): CardElement[] {
  const say = words.away;
  const facts = { from: dayAndTime(from), until: dayAndTime(until), name: plain(delegate.name, 60) };
  return present([
    text(fill(say.line, facts), { spacing: 'medium' }),
    inForce ? quiet(`● ${say.now}`) : undefined,
    buttons([button('end-away', words.buttons['end-away'], { subject: from })]),
  ]);
}

function formOf({ values, problems = [], candidates }: AbsenceModel, words: Words): CardElement[] {
  const say = words.away;
  const day = (id: 'awayFrom' | 'awayUntil', title: string): DateInput => ({
    type: 'Input.Date',
    id,
    label: title,
    isRequired: true,
    errorMessage: say.missing,
    ...(values?.[id] && { value: values[id] }),
  });
  return [
    day(INPUT.awayFrom, say.from),
    day(INPUT.awayUntil, say.until),
    ...problems.filter(({ field }) => field !== INPUT.person).map((one) => problemLine(one, words)),
    whom(values?.person, candidates, words),
    ...problems.filter(({ field }) => field === INPUT.person).map((one) => problemLine(one, words)),
  ];
}

function whom(
  value: string | undefined,
  candidates: AbsenceModel['candidates'] = [],
  words: Words,
): TextInput | ChoiceSetInput {
  const say = words.away;
  const common = { id: INPUT.person, isRequired: true, errorMessage: say.delegateMissing } as const;
  if (candidates.length > 0) {
    const choices = candidates.map(({ id, name }) => ({ title: label(name, 60), value: id }));
    return {
      ...common,
      type: 'Input.ChoiceSet',
      label: say.candidates,
      style: 'compact',
      placeholder: say.choose,
      choices,
    };
  }
  return {
    ...common,
    type: 'Input.Text',
    label: say.delegate,
    placeholder: say.delegateHint,
    maxLength: 200,
    ...(value && { value }),
  };
}
