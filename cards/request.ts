import { type PersonRef } from '../bot/tickets/people';
import { type Flow, type Passkey, type WorkstationRef } from '../bot/tickets/ticket';
import { button } from './actions';
import { type AdaptiveCard, type CardElement, type ChoiceSetInput, type TextInput } from './card';
import { card, heading, quiet, subheading, text } from './elements';
import { allOf, type FieldProblem, INPUT, type InputId, NONE } from './inputs';
import { passkeyTitle } from './passkey-title';
import { label } from './plain';
import { readinessLines, type ReadinessItem } from './readiness';
import { problemLine } from './said';
import { type Words } from './words/en';

export interface RequestModel {
  for: 'me' | 'other';
  flow: Flow;
  /** Of the one it is for, where the flow removes some: which is it? Undefined: not known yet who that is. */
  passkeys?: { readonly of: string; readonly list: readonly Passkey[] };
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
  const title = other ? say.titleOther : say.titles[model.flow];
  const removing = model.flow === 'lost-key' || model.flow === 'return-key';
  if (removing && !other && model.passkeys?.list.length === 0) return nothingToRemove(title, words);
  const named = new Set<InputId>([
    ...(other ? personFields() : []),
    ...(removing ? [INPUT.passkeys] : []),
    INPUT.reason,
  ]);
  const options = {
    subject: model.for,
    flow: model.flow,
    inputs: true,
    ...(model.nonce !== undefined && { nonce: model.nonce }),
  };
  return card(
    words,
    title,
    [
      heading(title),
      text(other ? say.introOther : say.intros[model.flow]),
      ...(other ? [what(model, words), person(model, words), ...problemsOf(model, INPUT.person, words)] : []),
      ...(removing ? [...passkeys(model, words), ...problemsOf(model, INPUT.passkeys, words)] : []),
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

/** Nothing is typed or sent in vain. */
function nothingToRemove(title: string, words: Words): AdaptiveCard {
  return card(
    words,
    title,
    [
      heading(title),
      text(words.request.passkeysNone),
      text(words.refusals['no-passkeys'].todo, { spacing: 'small', weight: 'bolder' }),
    ],
    [button('ask', words.buttons.ask, { style: 'positive' }), button('home', words.buttons.home)],
  );
}

function personFields(): InputId[] {
  return [INPUT.what, INPUT.person, INPUT.hander, INPUT.desk];
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

/** What can be asked for somebody else. */
const FOR_OTHERS: readonly Flow[] = ['onboarding', 'lost-key', 'locked-pin', 'pass', 'return-key'];

function what({ flow }: RequestModel, words: Words): ChoiceSetInput {
  return {
    type: 'Input.ChoiceSet',
    id: INPUT.what,
    label: words.request.what,
    style: 'compact',
    isRequired: true,
    errorMessage: words.request.choose,
    value: flow,
    choices: FOR_OTHERS.map((one) => ({ title: words.flows[one], value: one })),
  };
}

/** Which of the keys that the account has now; asked once it is known whose. */
function passkeys({ passkeys: had, values }: RequestModel, words: Words): CardElement[] {
  const say = words.request;
  if (!had) return [quiet(say.passkeysLater)];
  if (had.list.length === 0) return [quiet(say.passkeysNone)];
  const choices = [
    ...had.list.map((one) => ({ title: passkeyTitle(one, words), value: one.methodId })),
    ...(had.list.length > 1 ? [{ title: say.passkeysAll, value: allOf(had.of) }] : []),
  ];
  const chosen = values?.[INPUT.passkeys]?.split(',') ?? [];
  const kept = chosen.filter((one) => choices.some(({ value }) => value === one));
  const choice: ChoiceSetInput = {
    type: 'Input.ChoiceSet',
    id: INPUT.passkeys,
    label: say.passkeys,
    style: 'expanded',
    wrap: true,
    isMultiSelect: true,
    isRequired: true,
    errorMessage: say.passkeysMissing,
    ...(kept.length > 0 && { value: kept.join(',') }),
    choices,
  };
  return [choice, quiet(say.passkeysHint)];
}

function reason({ flow, values }: RequestModel, words: Words): TextInput {
  const say = words.request;
  return {
    type: 'Input.Text',
    id: INPUT.reason,
    label: say.reason,
    placeholder: say.reasonHints[flow],
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
