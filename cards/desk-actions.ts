import { type PersonRef } from '../bot/tickets/people';
import { type TicketView } from '../bot/tickets/view';
import { button, ticketButton } from './actions';
import { type CardElement, type ChoiceSetInput, type ExecuteAction, type ShowCardAction } from './card';
import { present, quiet, text } from './elements';
import { ALL, INPUT } from './inputs';
import { label } from './plain';
import { type Words } from './words/en';

function people(id: string, title: string, list: readonly PersonRef[], first?: string): ChoiceSetInput {
  const choices = [
    ...(first === undefined ? [] : [{ title: first, value: ALL }]),
    ...list.map((one) => ({ title: label(one.name, 60), value: one.id })),
  ];
  return { type: 'Input.ChoiceSet', id, label: title, style: 'compact', choices, value: choices[0]?.value ?? '' };
}

function small(
  title: string,
  body: readonly CardElement[],
  actions: readonly (ExecuteAction | undefined)[],
): ShowCardAction | undefined {
  const there = present(actions);
  if (there.length === 0) return undefined;
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', body, actions: there } };
}

/** Who of the helpdesk looks after a ticket. @param colleagues those who can be chosen, where they were looked up */
export function assigning(
  view: TicketView,
  words: Words,
  colleagues: readonly PersonRef[] = [],
): ShowCardAction | undefined {
  const say = words.assigning;
  const list = colleagues.length > 0 ? [people(INPUT.colleague, say.colleague, colleagues)] : [];
  return small(
    words.buttons.assign_,
    [text(say.title), ...list],
    [
      ticketButton(view, 'assign-me', words.buttons['assign-me']),
      list.length > 0 ? ticketButton(view, 'assign', words.buttons.assign, { inputs: true }) : undefined,
      ticketButton(view, 'unassign', words.buttons.unassign),
    ],
  );
}

/** Cards that did not do their work: those who decide are reminded, a lost card is posted anew. */
export function posting(view: TicketView, words: Words): ShowCardAction | undefined {
  const say = words.assigning;
  const { nudgeable = [], resendable = [] } = view.desk ?? {};
  const list = [...new Map([...nudgeable, ...resendable].map((one) => [one.id, one])).values()];
  if (list.length === 0) return undefined;
  const reminds = nudgeable.length > 0;
  return small(
    reminds ? words.buttons.nudge_ : words.buttons.resend_,
    [quiet(say.cards), people(INPUT.whose, say.whose, list, reminds ? say.everyone : undefined)],
    [
      ticketButton(view, 'nudge', words.buttons.nudge, { inputs: true }),
      ticketButton(view, 'resend', words.buttons.resend, { inputs: true }),
    ],
  );
}

/** What the helpdesk may read of a ticket beside its card, and take with it. */
export function lookingBack(view: TicketView, words: Words): readonly ExecuteAction[] {
  const at = { ticket: view.id, nonce: view.nonce };
  return [
    button('history', words.buttons.history, at),
    button('deliveries', words.buttons.deliveries, at),
    button('export', words.buttons.export_csv, { ...at, subject: 'csv' }),
    button('export', words.buttons.export_jsonl, { ...at, subject: 'jsonl' }),
    button('queue', words.buttons.queue),
  ];
}
