import { type CardJson } from '../../../local/teams';

/** A card of the bot in somebody's chat. */
export interface Posted {
  readonly id: string;
  /** As it stands in the chat. */
  card: CardJson;
  /** What answered the last click on it: that one client shows it in its place. */
  view?: CardJson;
  /** An answer to a typed line: it told how it stood when somebody asked, and is nobody's own card of a ticket. */
  answer: boolean;
  /** Posted, and the bot never heard that it was. */
  unheard: boolean;
}

/** All chats with the bot, by conversation. */
export interface Chats {
  of(conversation: string): readonly Posted[];
  post(conversation: string, card: CardJson, answer: boolean): Posted;
  find(conversation: string, id: string): Posted | undefined;
  remove(conversation: string, id: string): void;
  /** Takes away a whole chat. */
  leave(conversation: string): void;
  /** Takes away whatever is so, in all chats. */
  drop(which: (posted: Posted) => boolean): void;
}

/** Answers that are kept: more than anybody scrolls back. */
const ANSWERS = 40;

export function createChats(): Chats {
  const chats = new Map<string, Posted[]>();
  let lastId = 0;
  return {
    of: (conversation) => chats.get(conversation) ?? [],
    post(conversation, card, answer) {
      lastId += 1;
      const posted: Posted = { id: `1:${lastId}`, card, answer, unheard: false };
      const all = [...(chats.get(conversation) ?? []), posted];
      const surplus = all.filter((one) => one.answer).length - ANSWERS;
      const oldest = new Set(all.filter((one) => one.answer).slice(0, Math.max(0, surplus)));
      chats.set(
        conversation,
        all.filter((one) => !oldest.has(one)),
      );
      return posted;
    },
    find: (conversation, id) => chats.get(conversation)?.find((one) => one.id === id),
    remove(conversation, id) {
      const left = (chats.get(conversation) ?? []).filter((one) => one.id !== id);
      chats.set(conversation, left);
    },
    leave: (conversation) => void chats.delete(conversation),
    drop(which) {
      for (const [conversation, all] of chats) {
        const left = all.filter((posted) => !which(posted));
        if (left.length === 0) chats.delete(conversation);
        else if (left.length < all.length) chats.set(conversation, left);
      }
    },
  };
}
