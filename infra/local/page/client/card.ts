import { type Action, AdaptiveCard, ExecuteAction, OpenUrlAction, SubmitAction } from 'adaptivecards';
import { type CardJson } from '../../teams';
import { type Requests } from '../requests';
import { h } from './dom';
import { teamsHostConfig } from './host-config';
import { cardWithLocalTimes } from './local-times';
import { markdownToHtml } from './markdown';

export type PressedAction = Requests['press']['action'];

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

const hostConfig = teamsHostConfig();
let drawnCards = 0;

/** A card as Teams draws it. `press` is called with what a click sends: the action's data with the inputs merged in. */
export function drawCard(json: CardJson, locale: string, press: (action: PressedAction) => void): HTMLElement {
  const root = h('div', { class: 'card', lang: typeof json['lang'] === 'string' ? json['lang'] : undefined });
  try {
    const card = new AdaptiveCard();
    card.hostConfig = hostConfig;
    card.parse(cardWithLocalTimes(json, locale));
    card.onExecuteAction = (action) => onAction(action, press);
    const drawn = card.render();
    if (!drawn) throw new Error('nothing to draw');
    // A tabbable group without a role says nothing; its buttons and fields are reached one by one.
    drawn.removeAttribute('tabindex');
    drawnCards += 1;
    // Radio buttons of one name are one group of the whole page: each card has its own.
    for (const radio of drawn.querySelectorAll<HTMLInputElement>('input[type=radio]')) radio.name += `-${drawnCards}`;
    root.append(drawn);
  } catch (error) {
    console.error('A card could not be drawn', error);
    root.append(h('p', { class: 'card-broken' }, 'This card could not be displayed.'));
  }
  return root;
}

function onAction(action: Action, press: (action: PressedAction) => void): void {
  if (action instanceof OpenUrlAction && action.url && /^https?:\/\//i.test(action.url)) {
    window.open(action.url, '_blank', 'noopener,noreferrer');
  }
  if (!(action instanceof ExecuteAction || action instanceof SubmitAction)) return;
  const data: unknown = action.data;
  press({
    type: action instanceof ExecuteAction ? 'Action.Execute' : 'Action.Submit',
    data: typeof data === 'object' && data !== null ? { ...data } : {},
    ...(action.title !== undefined && { title: action.title }),
    ...(action.id !== undefined && { id: action.id }),
    ...(action instanceof ExecuteAction && { verb: action.verb }),
  });
}

/** What a card says, in one line for those who hear it arrive. */
export function cardSummary(json: CardJson): string {
  for (const key of ['speak', 'fallbackText']) {
    const value = json[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return 'a card';
}
