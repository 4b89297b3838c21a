import { type PersonRef } from '../bot/tickets/people';
import { type WorkstationRef } from '../bot/tickets/ticket';
import { button } from './actions';
import { type AdaptiveCard, type CardElement, type ChoiceSetInput, type TextInput } from './card';
import { card, heading, subheading, text } from './elements';
import { type FieldProblem, INPUT, type InputId, NONE } from './inputs';
import { label } from './plain';
import { readinessLines, type ReadinessItem } from './readiness';
import { problemLine } from './said';
import { type Words } from './words/en';

export interface RequestModel {
  for: 'me' | 'other';
  /** Makes two clicks on one form one request. */
  nonce?: string;
  /** What was typed before, kept. */
  values?: Readonly<Partial<Record<InputId, string>>>;
  problems?: readonly FieldProblem[];
  readiness?: readonly ReadinessItem[];
  /** Who could hand over a pass. */
  handers?: readonly PersonRef[];
  desks?: readonly WorkstationRef[];
  /** Those who match a typed name, where there are several. */
  candidates?: readonly PersonRef[];
}

/** Most that a reason may have: the same as in the rules of tickets. */
const REASON_AT_MOST = 500;

/** The form that opens a ticket. What the server did not like stands right below its field, and nothing typed is lost. */
export function requestForm(model: RequestModel, words: Words): AdaptiveCard {
  const say = words.request;
  const other = model.for === 'other';
  const title = other ? say.titleOther : say.titleMe;
  const named = new Set<InputId>([...(other ? personFields() : []), INPUT.reason]);
  const options = { subject: model.for, inputs: true, ...(model.nonce !== undefined && { nonce: model.nonce }) };
  return card(
    words,
    title,
    [
      heading(title),
      text(other ? say.introOther : say.introMe),
      ...(other ? [person(model, words), ...problemsOf(model, INPUT.person, words)] : []),
      reason(model, words),
      ...problemsOf(model, INPUT.reason, words),
      ...(other ? handing(model, words) : []),
      ...(model.problems ?? []).filter(({ field }) => !named.has(field)).map((one) => problemLine(one, words)),
      ...(model.readiness ? [subheading(say.ready), ...readinessLines(model.readiness, words)] : []),
    ],
    [
      button('send-request', words.buttons['send-request'], { ...options, style: 'positive' }),
      button('check-ready', words.buttons['check-ready'], { ...options }),
      button('home', words.buttons.home),
    ],
  );
}

function personFields(): InputId[] {
  return [INPUT.person, INPUT.hander, INPUT.desk];
}

function problemsOf({ problems = [] }: RequestModel, field: InputId, words: Words): CardElement[] {
  return problems.filter((one) => one.field === field).map((one) => problemLine(one, words));
}

function person({ candidates = [], values }: RequestModel, words: Words): TextInput | ChoiceSetInput {
  const say = words.request;
  const value = values?.person;
  const field = { id: INPUT.person, isRequired: true, errorMessage: say.personMissing, ...(value && { value }) };
  if (candidates.length === 0) {
    return { type: 'Input.Text', label: say.person, placeholder: say.personHint, maxLength: 120, ...field };
  }
  return {
    type: 'Input.ChoiceSet',
    label: say.candidates,
    placeholder: say.choose,
    style: 'compact',
    choices: choicesOf(candidates),
    ...field,
    value: candidates.some(({ id }) => id === value) ? (value ?? '') : '',
  };
}

function reason({ values }: RequestModel, words: Words): TextInput {
  const say = words.request;
  return {
    type: 'Input.Text',
    id: INPUT.reason,
    label: say.reason,
    placeholder: say.reasonHint,
    isMultiline: true,
    isRequired: true,
    errorMessage: say.reasonMissing,
    maxLength: REASON_AT_MOST,
    ...(values?.reason && { value: values.reason }),
  };
}

/** How a pass would reach somebody who is not in Teams: by a hander's hand, or not at all because of a desk workstation. */
function handing(model: RequestModel, words: Words): CardElement[] {
  const say = words.request;
  const { handers = [], desks = [], values } = model;
  const choice = (
    id: InputId,
    title: string,
    none: string,
    list: readonly { id: string; name: string }[],
  ): CardElement => ({
    type: 'Input.ChoiceSet',
    id,
    label: title,
    style: 'compact',
    value: values?.[id] ?? NONE,
    choices: [{ title: none, value: NONE }, ...choicesOf(list)],
  });
  return [
    ...(handers.length > 0 ? [choice(INPUT.hander, say.hander, say.handerNobody, handers)] : []),
    ...problemsOf(model, INPUT.hander, words),
    ...(desks.length > 0 ? [choice(INPUT.desk, say.desk, say.deskNo, desks)] : []),
    ...problemsOf(model, INPUT.desk, words),
  ];
}

function choicesOf(list: readonly { id: string; name: string }[]) {
  return list.map(({ id, name }) => ({ title: label(name, 60), value: id }));
}
