import { type TicketView } from '../bot/tickets/view';
import { button } from './actions';
import { type AdaptiveCard } from './card';
import { card, heading, quiet, text } from './elements';
import { fill } from './fill';
import { plain } from './plain';
import { standing, ticketRow } from './ticket-row';
import { type Words } from './words/en';

export interface TicketListModel {
  title: 'mine' | 'waiting';
  views: readonly TicketView[];
}

/** So many rows keep the card within its size. */
const ROWS = 10;

/** A person's own tickets, or those that wait for their decision. */
export function ticketListCard({ title, views }: TicketListModel, words: Words): AdaptiveCard {
  const say = words.list;
  const waits = title === 'waiting';
  const rows = views.slice(0, ROWS).map((view) => {
    const from = view.onBehalf && waits ? `${fill(say.from, { name: plain(view.requester.name, 60) })} · ` : '';
    return ticketRow(view, words, `${from}${standing(view, words)}`);
  });
  const none = waits ? say.waitingNone : say.mineNone;
  const more = views.length > ROWS ? quiet(fill(say.more, { count: ROWS }), { spacing: 'medium' }) : undefined;
  return card(
    words,
    say[title],
    [heading(say[title]), ...(rows.length > 0 ? [quiet(say.hint), ...rows] : [text(none)]), more],
    [
      button('home', words.buttons.home),
      waits || views.length > 0 ? undefined : button('ask', words.buttons.ask, { style: 'positive' }),
    ].reverse(),
  );
}
