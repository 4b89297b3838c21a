import { type WorkstationRef } from '../bot/tickets/ticket';
import { type ChoiceSetInput, type ExecuteAction } from './card';
import { button } from './actions';
import { INPUT } from './inputs';
import { label } from './plain';
import { type Words } from './words/en';

/** Which of several workstations; undefined where there is nothing to choose. */
export function workstationChoice(
  list: readonly WorkstationRef[] | undefined,
  title: string,
): ChoiceSetInput | undefined {
  if (!list || list.length < 2) return undefined;
  return {
    type: 'Input.ChoiceSet',
    id: INPUT.workstation,
    label: title,
    style: 'compact',
    choices: list.map(({ id, name }) => ({ title: label(name, 60), value: id })),
    ...(list[0] && { value: list[0].id }),
  };
}

/** The button that pairs a workstation of the helpdesk's, for whoever sits at it. */
export function pairDeskButton(words: Words): ExecuteAction {
  return button('pair', words.buttons.pair_desk, { subject: 'desk' });
}

/** The button that pairs a workstation. */
export function pairButton(words: Words, style?: ExecuteAction['style']): ExecuteAction {
  return button('pair', words.buttons.pair, style ? { style } : {});
}
