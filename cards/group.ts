import { link } from './actions';
import { type AdaptiveCard } from './card';
import { card, command, heading, quiet, text } from './elements';
import { type Facts, fill } from './fill';
import { saidOf } from './said';
import { type Words } from './words/en';

export interface GroupModel {
  /** Opens the reader's own chat with the bot. */
  chat?: string;
}

function chatButton(chat: string | undefined, words: Words) {
  return chat === undefined ? undefined : link(words.shared.chat, chat);
}

/** What the bot says to whoever mentions it in a group chat or channel: where it speaks, and what the helpdesk can do. */
export function groupCard({ chat }: GroupModel, words: Words): AdaptiveCard {
  const { title, text: say, helpdesk } = words.group;
  return card(
    words,
    title,
    [heading(title), text(say), quiet(fill(helpdesk, { app: words.product }))],
    [chatButton(chat, words)],
  );
}

/** To a client that cannot show an answer to one person alone. */
export function tooOldCard({ chat }: GroupModel, words: Words): AdaptiveCard {
  const { old, oldText } = words.group;
  return card(words, old, [heading(old), text(oldText)], [chatButton(chat, words)]);
}

/**
 * Why nothing was done, for all to read: it names no ticket and nobody. `facts.place`, the conversation's id, is there to
 * be copied letter by letter.
 */
export function groupRefusalCard(
  { code, facts, chat }: GroupModel & { code: string; facts?: Facts },
  words: Words,
): AdaptiveCard {
  const place = facts?.['place'];
  const said = saidOf(code, facts, words) ?? { say: words.refusal.generic, todo: words.refusal.genericTodo };
  return card(
    words,
    words.refusal.title,
    [
      heading(words.refusal.title),
      text(said.say),
      text(said.todo, { spacing: 'small' }),
      code === 'place-not-helpdesk' && place !== undefined ? command(String(place)) : undefined,
    ],
    [chatButton(chat, words)],
  );
}
