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

/** A line that can be pressed, below the rest. */
function lineBelow(action: ExecuteAction): Container {
  const items = [quiet(`${action.title} ›`)];
  return { type: 'Container', spacing: 'medium', separator: true, selectAction: action, items };
}

/**
 * The helpdesk's own card of a ticket in a group chat or channel: for this reader alone, and it says so. Where it stands
 * in the place of the shared one, a line of it takes that away; where it was opened from the queue, one shows it to all
 * and one goes back.
 */
export function inPlace(
  drawn: AdaptiveCard,
  { view, shared }: { view: Pick<TicketView, 'id' | 'nonce'>; shared: boolean },
  words: Words,
): AdaptiveCard {
  const { buttons } = words;
  const of = { ticket: view.id, nonce: view.nonce };
  const lines = shared
    ? [button('unshare', buttons.unshare, of)]
    : [button('share', buttons.share, of), button('queue', buttons.back_to_queue, { subject: 'all' })];
  return {
    ...drawn,
    body: [quiet(words.shared.onlyYou), ...drawn.body, ...lines.map(lineBelow)],
    actions: present((drawn.actions ?? []).map(pressable)),
  };
}
