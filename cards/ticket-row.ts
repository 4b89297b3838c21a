import { type TicketView } from '../bot/tickets/view';
import { button } from './actions';
import { type Container } from './card';
import { column, quiet, text } from './elements';
import { fill } from './fill';
import { plain } from './plain';
import { stepNow } from './stages/stage-of';
import { type Words } from './words/en';

/** How a ticket stands, in a few words: its step while it runs, its end after that. */
export function standing(view: Pick<TicketView, 'status' | 'steps'>, words: Words): string {
  if (view.status === 'waiting') return words.progress.waiting.title;
  const step = stepNow(view);
  return step === undefined ? words.statuses[view.status] : words.steps[step].now;
}

/** A ticket as one row of a list; pressing it opens the ticket. */
export function ticketRow(view: TicketView, words: Words, second: string = standing(view, words)): Container {
  const mine = view.subject.id === view.viewer.id;
  const whose = mine ? '' : ` · ${fill(words.list.for, { name: plain(view.subject.name, 60) })}`;
  const title = fill(words.buttons.open_ticket, { ticket: view.shortId });
  return {
    type: 'Container',
    separator: true,
    spacing: 'medium',
    selectAction: button('open-ticket', title, { ticket: view.id, nonce: view.nonce }),
    items: [
      {
        type: 'ColumnSet',
        columns: [
          column('stretch', [
            text(`**${words.flows[view.flow]}**${whose}`),
            quiet(`${view.shortId} · ${second}`, { spacing: 'none' }),
          ]),
          { ...column('auto', [text('›', { size: 'large', isSubtle: true })]), verticalContentAlignment: 'center' },
        ],
      },
    ],
  };
}
