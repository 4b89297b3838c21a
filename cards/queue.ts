import { type TicketView } from '../bot/tickets/view';
import { button } from './actions';
import { type AdaptiveCard } from './card';
import { card, heading, text } from './elements';
import { fill } from './fill';
import { stamp } from './moments';
import { recipientIn } from './people';
import { plain } from './plain';
import { ticketRow } from './ticket-row';
import { type Words } from './words/en';

export interface QueueModel {
  /** Open tickets, oldest first; at most ten. */
  page: readonly TicketView[];
  /** Ids of those of this page that are overdue. */
  overdue: readonly string[];
  /** How many are overdue in the whole queue. */
  overdueCount: number;
  /** The mark of the next page. */
  next?: string;
}

/** The helpdesk's open tickets. */
export function queueCard({ page, overdue, overdueCount, next }: QueueModel, words: Words): AdaptiveCard {
  const say = words.queue;
  const late = overdueCount > 0;
  const count = late ? `! ${fill(say.overdue, { count: overdueCount })}` : say.noneOverdue;
  return card(
    words,
    say.title,
    [
      heading(say.title),
      page.length === 0
        ? text(say.none)
        : text(count, late ? { color: 'attention', weight: 'bolder' } : { isSubtle: true }),
      ...page.map((view) => ticketRow(view, words, second(view, overdue.includes(view.id), words))),
    ],
    [
      next === undefined ? undefined : button('queue', words.buttons.next_page, { subject: next }),
      button('queue', words.buttons.refresh),
      button('home', words.buttons.home),
    ],
  );
}

function second(view: TicketView, late: boolean, words: Words): string {
  const say = words.queue;
  const step = view.steps.find(({ state }) => state === 'now' || state === 'parked');
  const who = step && fill(say.who[step.who], { name: plain(recipientIn(view).name, 60) });
  const waits =
    step?.state === 'parked'
      ? `! ${fill(say.stuck, { step: words.steps[step.id].later })}`
      : fill(say.waitsOn, { who: who ?? words.statuses[view.status] });
  const since = fill(say.since, { when: stamp(view.openedAt) });
  return `${late ? `**! ${say.late}** · ` : ''}${waits} · ${since}`;
}
