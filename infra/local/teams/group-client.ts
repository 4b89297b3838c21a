import { executeActivity, submitActivity, type ActivityFrame } from './activities';
import { alertOf, readAnswer, readSubmit, type ClickAnswer } from './answer';
import { cardRefresh, type CardAction } from './card-actions';
import { type Chats } from './chats';
import { type ClickOptions } from './client';
import { type Deliver } from './delivery';
import { type TeamsGroup } from './group';
import { inGroup } from './group-activities';
import { type ChatMessage } from './message';
import { type TeamsPerson } from './person';

/** Without a list of people, cards refresh by themselves only in conversations of so many. */
export const REFRESHED_MEMBERS = 60;

/** What one person's client shows in place of a message's card. */
type Overlay = Pick<ChatMessage, 'view' | 'alert' | 'busy'>;

/** What the clients of a group's members do with its cards: each has views of its own. */
export interface GroupClient {
  /** The messages as this person's client shows them. */
  messages(group: TeamsGroup, person: TeamsPerson): ChatMessage[];
  press(
    group: TeamsGroup,
    person: TeamsPerson,
    messageId: string,
    action: CardAction,
    inputs: Record<string, unknown>,
    options?: Pick<ClickOptions, 'asSubmit'>,
  ): Promise<ClickAnswer>;
  /** Opens the conversation afresh: this person's views are gone, and cards with `refresh` ask for new ones. */
  open(group: TeamsGroup, person: TeamsPerson): Promise<void>;
  leave(group: TeamsGroup, person: TeamsPerson): void;
  /** A card was posted or edited: the views of it are gone, and clients that show it ask for new ones. */
  arrived(group: TeamsGroup, message: ChatMessage, members: readonly TeamsPerson[]): Promise<void>;
  clear(): void;
}

export function createGroupClient(
  frame: ActivityFrame,
  chats: Chats,
  deliver: Deliver,
  changed: (group: string) => void,
): GroupClient {
  const overlays = new Map<string, Overlay>();
  const open = new Set<string>();
  const key = (one: string, person: TeamsPerson) => `${one}~${person.id}`;

  const show = (group: TeamsGroup, person: TeamsPerson, message: ChatMessage, change: Partial<Overlay>): void => {
    const before = overlays.get(key(message.id, person)) ?? { busy: false };
    overlays.set(key(message.id, person), { ...before, ...change });
    message.revision += 1;
    changed(group.id);
  };

  const refresh = async (group: TeamsGroup, person: TeamsPerson, message: ChatMessage): Promise<void> => {
    const wanted = message.card && cardRefresh(message.card);
    const mine = wanted?.userIds?.includes(person.mri) ?? group.members.length <= REFRESHED_MEMBERS;
    if (!wanted || !mine) return;
    if (!group.bot) return;
    const { action } = wanted;
    const before = message.card;
    const activity = executeActivity(frame, person, message.id, action, action.data, 'automatic');
    const answer = readAnswer(await deliver(inGroup(activity, person, group, message.thread ?? message.id)));
    // A failed refresh leaves the card as it stands, and so does one that an edit has overtaken.
    if (answer.kind === 'card' && message.card === before) show(group, person, message, { view: answer.card });
  };

  return {
    messages: (group, person) =>
      chats.messages(group.id).map((message) => ({ ...message, ...overlays.get(key(message.id, person)) })),
    press: async (group, person, messageId, action, inputs, { asSubmit = false } = {}) => {
      const message = chats.message(group.id, messageId);
      const sent = asSubmit && action.type === 'Action.Execute' ? action.fallback : action;
      if (!sent) throw new Error(`"${action.title ?? action.verb ?? ''}" has no Action.Submit fallback.`);
      const data = { ...sent.data, ...(sent.withInputs ? inputs : {}) };
      const activity =
        sent.type === 'Action.Submit'
          ? submitActivity(frame, person, messageId, data)
          : executeActivity(frame, person, messageId, sent, data, 'manual');
      show(group, person, message, { busy: true, alert: undefined });
      // A card that a search has put where the bot is not: nothing of it reaches the bot.
      const delivery = group.bot
        ? await deliver(inGroup(activity, person, group, message.thread ?? message.id))
        : { status: undefined, body: undefined };
      const answer = sent.type === 'Action.Submit' ? readSubmit(delivery) : readAnswer(delivery);
      const view = answer.kind === 'card' ? { view: answer.card } : {};
      show(group, person, message, { busy: false, alert: alertOf(answer), ...view });
      return answer;
    },
    open: async (group, person) => {
      open.add(key(group.id, person));
      const messages = chats.messages(group.id);
      for (const { id } of messages) overlays.delete(key(id, person));
      changed(group.id);
      await Promise.all(messages.filter(({ card }) => card).map((message) => refresh(group, person, message)));
    },
    leave: (group, person) => void open.delete(key(group.id, person)),
    arrived: async (group, message, members) => {
      for (const person of members) overlays.delete(key(message.id, person));
      const looking = members.filter((person) => open.has(key(group.id, person)));
      await Promise.all(looking.map((person) => refresh(group, person, message)));
    },
    clear: () => {
      overlays.clear();
      open.clear();
    },
  };
}
