import { executeActivity, submitActivity, type ActivityFrame } from './activities';
import { alertOf, readAnswer, readSubmit, type ClickAnswer } from './answer';
import { cardRefresh, type CardAction } from './card-actions';
import { type Chats } from './chats';
import { type Deliver } from './delivery';
import { shownCard, type CardJson, type ChatMessage } from './message';
import { type TeamsPerson } from './person';

/** Cards that a client refreshes when a chat opens: those in sight. */
const REFRESHED_CARDS = 20;

export interface ClickOptions {
  /** How often the click arrives, all at once. Default 1. */
  times?: number;
  /** With `times`: under one activity id, as when Teams sends a slow turn again. Default: each has its own. */
  sameId?: boolean;
  /** As a client that knows no Action.Execute: its Action.Submit fallback goes out as a message. */
  asSubmit?: boolean;
}

/** What a person's Teams client does with cards. One client per person: its views are shared by all its windows. */
export interface Client {
  /** @returns one answer per delivery, in order of sending. */
  press(
    person: TeamsPerson,
    messageId: string,
    action: CardAction,
    inputs: Record<string, unknown>,
    options?: ClickOptions,
  ): Promise<ClickAnswer[]>;
  /** Opens the chat afresh: views are gone, and cards with `refresh` ask the bot for this person's own. */
  open(person: TeamsPerson): Promise<void>;
  leave(person: TeamsPerson): void;
  /**
   * A card was posted or edited: refreshes it where the chat is open. An edit asks anew however short ago the last time
   * was; the minute that Teams lets pass is between two looks at one card, and here a look is an `open`.
   */
  arrived(person: TeamsPerson, message: ChatMessage): Promise<void>;
  /** Forgets which chats are open. */
  clear(): void;
}

const isSame = (one: CardJson, other: CardJson | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

export function createClient(frame: ActivityFrame, chats: Chats, deliver: Deliver): Client {
  const open = new Set<string>();

  const show = (person: TeamsPerson, message: ChatMessage, answer: ClickAnswer): void =>
    chats.touch(person.id, message, () => {
      message.alert = alertOf(answer);
      if (answer.kind === 'card') message.view = answer.card;
    });

  const refresh = async (person: TeamsPerson, message: ChatMessage): Promise<void> => {
    const wanted = message.card && cardRefresh(message.card);
    if (!wanted || (wanted.userIds && !wanted.userIds.includes(person.mri))) return;
    const activity = executeActivity(frame, person, message.id, wanted.action, wanted.action.data, 'automatic');
    const before = message.revision;
    const answer = readAnswer(await deliver(activity));
    // A failed refresh leaves the card as it stands; one that was overtaken by an edit or a click is dropped.
    // A view that says what the card says already is none.
    if (answer.kind === 'card' && message.revision === before && !isSame(answer.card, message.card))
      show(person, message, answer);
  };

  return {
    press: async (person, messageId, action, inputs, { times = 1, sameId = false, asSubmit = false } = {}) => {
      const message = chats.message(person.id, messageId);
      if (!shownCard(message)) throw new Error(`Message ${messageId} of ${person.name} has no card to click on.`);
      const submitted = asSubmit && action.type === 'Action.Execute' ? action.fallback : action;
      if (!submitted) throw new Error(`"${action.title ?? action.verb ?? ''}" has no Action.Submit fallback.`);
      const data = { ...submitted.data, ...(submitted.withInputs ? inputs : {}) };
      const build = () =>
        submitted.type === 'Action.Submit'
          ? submitActivity(frame, person, messageId, data)
          : executeActivity(frame, person, messageId, submitted, data, 'manual');

      chats.touch(person.id, message, () => {
        message.busy = true;
        message.alert = undefined;
      });
      const first = build();
      const answers = await Promise.all(
        Array.from({ length: times }, async (_, index) => {
          const delivery = await deliver(index === 0 || sameId ? first : build());
          const answer = submitted.type === 'Action.Submit' ? readSubmit(delivery) : readAnswer(delivery);
          show(person, message, answer);
          return answer;
        }),
      );
      chats.touch(person.id, message, () => {
        message.busy = false;
      });
      return answers;
    },

    open: async (person) => {
      open.add(person.id);
      chats.reload(person.id);
      const cards = chats.messages(person.id).filter(({ card }) => card !== undefined);
      await Promise.all(cards.slice(-REFRESHED_CARDS).map((message) => refresh(person, message)));
    },
    leave: (person) => {
      open.delete(person.id);
    },
    arrived: async (person, message) => {
      if (open.has(person.id)) await refresh(person, message);
    },
    clear: () => {
      open.clear();
    },
  };
}
