import { type PersonRef } from '../bot/tickets/people';
import { type TicketView } from '../bot/tickets/view';
import { button, unfolding } from './actions';
import { type AdaptiveCard } from './card';
import { box, card, heading, quiet, subheading, text } from './elements';
import { fill } from './fill';
import { plain } from './plain';
import { ticketRow } from './ticket-row';
import { pairButton } from './workstation-choice';
import { type Words } from './words/en';

export interface HomeModel {
  person: PersonRef;
  /** The person's open tickets, newest first. */
  open: readonly TicketView[];
  /** How many tickets wait for the person's decision. */
  waiting: number;
  helpdesk: boolean;
  /** How many workstations are paired with the person. */
  workstations: number;
  sandbox?: boolean;
  /** What was written was not understood. It is not repeated. */
  unclear?: boolean;
}

const ROWS = 3;

/** Where everything starts. The first button is what the person most likely came for. */
export function homeCard(model: HomeModel, words: Words): AdaptiveCard {
  const { open, waiting, helpdesk, workstations, sandbox, unclear } = model;
  const say = words.home;
  const further = open.length - ROWS;
  const decide = waiting > 0;
  const waitingTitle = decide ? fill(words.buttons.waiting_count, { count: waiting }) : words.buttons.waiting;
  const ask = button('ask', words.buttons.ask, decide || open.length > 0 ? {} : { style: 'positive' });
  const more = [
    button('ask', words.buttons.ask_locked, { flow: 'locked-pin' }),
    button('ask', words.buttons.ask_spare, { flow: 'spare-key' }),
    button('ask', words.buttons.ask_pass, { flow: 'pass' }),
    button('ask-other', words.buttons['ask-other']),
    button('away', words.buttons.away),
    workstations > 0 ? button('workstations', words.buttons.workstations) : pairButton(words),
  ];
  return card(
    words,
    words.product,
    [
      sandbox ? quiet(words.sandbox) : undefined,
      unclear
        ? box('warning', [text(`! ${say.unclear}`, { weight: 'bolder' }), text(say.unclearTodo, { spacing: 'small' })])
        : undefined,
      heading(fill(say.title, { name: plain(model.person.name, 60) }), unclear ? { spacing: 'medium' } : {}),
      text(say.intro),
      decide ? text(`● ${fill(say.waiting, { count: waiting })}`, { weight: 'bolder', color: 'accent' }) : undefined,
      ...(open.length > 0 ? [subheading(say.open), ...open.slice(0, ROWS).map((view) => ticketRow(view, words))] : []),
      further > 0 ? quiet(fill(say.more, { count: further })) : undefined,
      quiet(say.hint, { spacing: 'medium' }),
    ],
    [
      decide ? button('waiting', waitingTitle, { style: 'positive' }) : undefined,
      ask,
      button('ask', words.buttons.ask_lost, { flow: 'lost-key' }),
      unfolding(words.buttons.more_, more),
      button('my-tickets', words.buttons['my-tickets']),
      helpdesk ? button('queue', words.buttons.queue) : undefined,
    ],
  );
}
