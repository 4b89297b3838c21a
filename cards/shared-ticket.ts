import { type SharedView } from '../bot/tickets/shared';
import { type TicketView } from '../bot/tickets/view';
import { type TicketVerb } from '../bot/tickets/verbs';
import { button, link } from './actions';
import { type AdaptiveCard, type CardAction, type Container, type ExecuteAction } from './card';
import { box, card, heading, present, quiet, text } from './elements';
import { fill } from './fill';
import { header } from './header';
import { stamp } from './moments';
import { plain } from './plain';
import { steps } from './steps';
import { standing } from './ticket-row';
import { type Words } from './words/en';

export interface SharedTicketModel {
  view: SharedView;
  /** Opens the reader's own chat with the bot. */
  chat?: string;
}

/** A ticket for everybody in a group chat or channel: what it is, for whom, and how it stands. */
export function sharedTicketCard({ view, chat }: SharedTicketModel, words: Words): AdaptiveCard {
  const { shared, buttons, parked } = words;
  const { id: ticket, nonce, stuck } = view;
  const whose = stuck?.takenBy === undefined ? parked.told : fill(parked.taken, { name: plain(stuck.takenBy, 60) });
  return card(
    words,
    `${words.flows[view.flow]}: ${words.statuses[view.status]}`,
    [
      header(view, words),
      heading(plain(view.subject, 60)),
      text(standing(view, words), { spacing: 'none' }),
      stuck &&
        box('attention', [
          text(`! ${words.progress.parked.title}`, { weight: 'bolder' }),
          text(whose, { spacing: 'small' }),
        ]),
      steps(view, words),
      quiet(`${fill(shared.updated, { when: stamp(view.openedAt) })} · ${shared.detailsHint}`, { spacing: 'medium' }),
    ],
    [
      button('open-ticket', shared.details, { ticket, nonce }),
      chat === undefined ? undefined : link(fill(buttons.open_ticket, { ticket: view.shortId }), chat),
    ],
  );
}

/** What stands where a ticket's card stood, once it may not stand there any more. */
export function withdrawnCard({ shortId, chat }: { shortId: string; chat?: string }, words: Words): AdaptiveCard {
  const title = fill(words.shared.gone, { ticket: shortId });
  return card(
    words,
    title,
    [heading(title), text(words.shared.goneText)],
    [chat === undefined ? undefined : link(words.shared.chat, chat)],
  );
}

/** What a person of the helpdesk can press on a card that stands for everybody; the rest is for their own chat. */
export const PLACE_VERBS: readonly TicketVerb[] = [
  ...(['open-ticket', 'refresh', 'take-over', 'retry', 'comment', 'thaw', 'cancel'] as const),
  ...(['assign', 'assign-me', 'unassign', 'nudge', 'resend', 'outer-number', 'lift-block'] as const),
];

/** Without what cannot be pressed here. */
function pressable(action: CardAction): CardAction | undefined {
  const here = ({ verb }: ExecuteAction): boolean => PLACE_VERBS.some((one) => one === verb);
  if (action.type === 'Action.Execute') return here(action) ? action : undefined;
  if (action.type === 'Action.OpenUrl') return action;
  const actions = action.card.actions.filter(here);
  return actions.length > 0 ? { ...action, card: { ...action.card, actions } } : undefined;
}

/**
 * The helpdesk's own card of a ticket where it stands in a shared one: for this reader alone, and it says so. A line of
 * it takes the shared one away.
 */
export function inPlace(drawn: AdaptiveCard, view: Pick<TicketView, 'id' | 'nonce'>, words: Words): AdaptiveCard {
  const { onlyYou } = words.shared;
  const { unshare } = words.buttons;
  const away: Container = {
    type: 'Container',
    spacing: 'medium',
    separator: true,
    selectAction: button('unshare', unshare, { ticket: view.id, nonce: view.nonce }),
    items: [quiet(`${unshare} ›`)],
  };
  return {
    ...drawn,
    body: [quiet(onlyYou), ...drawn.body, away],
    actions: present((drawn.actions ?? []).map(pressable)),
  };
}
