import { button } from './actions';
import { type AdaptiveCard } from './card';
import { card, heading, text } from './elements';
import { type Facts } from './fill';
import { saidOf } from './said';
import { type Words } from './words/en';

export interface RefusalModel {
  /** A Refusal's code. */
  code: string;
  facts?: Facts;
  /** The ticket it was about, where the person may see it. */
  ticket?: { id: string; nonce: string };
  /** What helps instead is a first key, and the person may ask for it. */
  firstKey?: boolean;
}

/** A click or a message that had no effect: why, and what now. Nobody's fault, and nothing is broken. */
export function refusalCard({ code, facts, ticket, firstKey }: RefusalModel, words: Words): AdaptiveCard {
  const { say, todo } = saidOf(code, facts, words) ?? { say: words.refusal.generic, todo: words.refusal.genericTodo };
  return card(
    words,
    words.refusal.title,
    [
      heading(words.refusal.title),
      text(say),
      todo === '' ? undefined : text(todo, { spacing: 'small', weight: 'bolder' }),
    ],
    [
      ticket
        ? button('open-ticket', words.buttons.refresh_now, {
            ticket: ticket.id,
            nonce: ticket.nonce,
            style: 'positive',
          })
        : undefined,
      firstKey ? button('ask', words.buttons.ask, { style: 'positive' }) : undefined,
      button('home', words.buttons.home),
    ],
  );
}
