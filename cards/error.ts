import { button } from './actions';
import { type AdaptiveCard } from './card';
import { card, heading, quiet, text } from './elements';
import { type Facts, fill } from './fill';
import { plain } from './plain';
import { saidOf } from './said';
import { type Words } from './words/en';

export interface ErrorModel {
  /** A Fault's code. */
  code: string;
  facts?: Facts;
  /** A Fault's own English sentences: shown where the words have none, to those who read English. */
  say?: string;
  todo?: string;
  ticket?: { id: string; nonce: string };
}

/** Something failed: what, what now, and the code by which the helpdesk finds it. */
export function errorCard({ code, facts, say, todo, ticket }: ErrorModel, words: Words): AdaptiveCard {
  const own =
    words.lang === 'en' && say !== undefined ? { say: plain(say, 300), todo: plain(todo ?? '', 300) } : undefined;
  const { say: what, todo: now } = saidOf(code, facts, words) ??
    own ?? { say: words.error.generic, todo: words.error.genericTodo };
  return card(
    words,
    words.error.title,
    [
      heading(words.error.title),
      text(what),
      now === '' ? undefined : text(now, { spacing: 'small', weight: 'bolder' }),
      quiet(fill(words.error.code, { code: plain(code, 60) })),
    ],
    [
      ticket
        ? button('open-ticket', words.buttons.refresh_now, {
            ticket: ticket.id,
            nonce: ticket.nonce,
            style: 'positive',
          })
        : undefined,
      button('home', words.buttons.home),
    ],
  );
}
