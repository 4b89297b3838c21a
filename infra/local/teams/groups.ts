import { messageActivity, type ActivityFrame, type ActivityJson } from './activities';
import { type ClickAnswer, type Delivery } from './answer';
import { findAction, type ActionChoice, type CardAction } from './card-actions';
import { fillInputs } from './card-inputs';
import { type Chats } from './chats';
import { type ClickOptions } from './client';
import { type Deliver } from './delivery';
import { type TeamsGroup } from './group';
import { botActivities, channelDeleted, inGroup, mentioning, searchActivity } from './group-activities';
import { type GroupClient } from './group-client';
import { shownCard, type CardJson, type ChatMessage } from './message';
import { type TeamsPerson } from './person';
import { readSearch, type SearchAnswer } from './search-answer';

/** Teams gives a search five seconds. */
const SEARCH_WITHIN_MS = 5_000;
/** The one parameter of a search, by the app's manifest. */
const SEARCH_PARAMETER = 'text';

/** Group chats and channels, named by their conversation's id; people by their Entra object id. */
export interface Groups {
  all(): readonly TeamsGroup[];
  /** @throws Error for an id that no conversation has. */
  get(groupId: string): TeamsGroup;
  /** A person writes. Only a text with `@Keyvouch` in it reaches the bot; undefined: it did not. */
  say(groupId: string, personId: string, text: string): Promise<Delivery | undefined>;
  /** The conversation as this person's client shows it. */
  chat(groupId: string, personId: string): ChatMessage[];
  click(
    groupId: string,
    personId: string,
    activityId: string,
    action: ActionChoice,
    inputs?: Readonly<Record<string, unknown>>,
    options?: Pick<ClickOptions, 'asSubmit'>,
  ): Promise<ClickAnswer>;
  press(
    groupId: string,
    personId: string,
    activityId: string,
    action: CardAction,
    inputs?: Readonly<Record<string, unknown>>,
  ): Promise<ClickAnswer>;
  open(groupId: string, personId: string): Promise<void>;
  leave(groupId: string, personId: string): void;
  addBot(groupId: string, byPerson: string): Promise<void>;
  removeBot(groupId: string, byPerson: string): Promise<void>;
  /** A channel is deleted: whatever the bot sends there is refused. */
  remove(groupId: string, byPerson: string): Promise<void>;
  addMember(groupId: string, personId: string): void;
  /** An activity as Teams would send it for this person in this conversation, to be bent. */
  activity(groupId: string, personId: string, text: string): ActivityJson;
  /** A search in the message box of a conversation. */
  search(personId: string, command: string, text: string, groupId?: string): Promise<SearchAnswer>;
  /** Chooses a result: its card is put into the conversation, as this person's message. */
  insert(groupId: string, personId: string, card: CardJson): ChatMessage;
}

export interface GroupsParts {
  groups: TeamsGroup[];
  frame: ActivityFrame;
  chats: Chats;
  client: GroupClient;
  deliver: Deliver;
  personOf(id: string): TeamsPerson;
  changed(group: string): void;
}

export function createGroups({ groups, frame, chats, client, deliver, personOf, changed }: GroupsParts): Groups {
  const groupOf = (id: string): TeamsGroup => {
    const group = groups.find((one) => one.id === id);
    if (!group) throw new Error(`No conversation in this Teams has the id ${id}.`);
    return group;
  };
  const memberOf = (group: TeamsGroup, id: string): TeamsPerson => {
    if (!group.members.includes(id)) throw new Error(`${personOf(id).name} is not in ${group.name}.`);
    return personOf(id);
  };
  const base = (group: TeamsGroup, id: string, text = ''): ActivityJson =>
    inGroup(messageActivity(frame, personOf(id), String(frame.now()), text), personOf(id), group);
  const setBot = async (group: TeamsGroup, person: string, bot: boolean): Promise<void> => {
    group.bot = bot;
    changed(group.id);
    for (const activity of botActivities(frame, base(group, person), bot ? 'add' : 'remove')) await deliver(activity);
  };

  return {
    all: () => groups,
    get: groupOf,
    say: async (id, personId, text) => {
      const group = groupOf(id);
      const person = memberOf(group, personId);
      const message = chats.post(id, 'person', { text, format: 'plain', by: personId });
      if (!group.bot || !text.includes(`@${frame.appName}`)) return undefined;
      const said = mentioning(frame, messageActivity(frame, person, message.id, text), text);
      return deliver(inGroup(said, person, group, message.id));
    },
    chat: (id, person) => client.messages(groupOf(id), memberOf(groupOf(id), person)),
    click: async (id, personId, activityId, choice, given = {}, options = {}) => {
      const [group, person] = [groupOf(id), memberOf(groupOf(id), personId)];
      const chat = client.messages(group, person);
      const wanted = activityId === 'latest' ? chat : chat.filter((message) => message.id === activityId);
      for (const message of wanted.toReversed()) {
        const card = shownCard(message);
        const placed = card && findAction(card, choice);
        if (placed) return client.press(group, person, message.id, placed.action, fillInputs(placed, given), options);
      }
      throw new Error(`No card that ${person.name} sees in ${group.name} has that button.`);
    },
    press: (id, person, activityId, action, inputs = {}) =>
      client.press(groupOf(id), memberOf(groupOf(id), person), activityId, action, inputs),
    open: (id, person) => client.open(groupOf(id), memberOf(groupOf(id), person)),
    leave: (id, person) => client.leave(groupOf(id), personOf(person)),
    addBot: (id, person) => setBot(groupOf(id), person, true),
    removeBot: (id, person) => setBot(groupOf(id), person, false),
    remove: async (id, person) => {
      const group = groupOf(id);
      await deliver(channelDeleted(base(group, person), group));
      groups.splice(groups.indexOf(group), 1);
    },
    addMember: (id, person) => {
      const group = groupOf(id);
      group.members = [...group.members, personOf(person).id];
      changed(id);
    },
    activity: (id, person, text) => base(groupOf(id), person, text),
    search: async (personId, command, text, groupId) => {
      const person = personOf(personId);
      const own = messageActivity(frame, person, String(frame.now()), '');
      const where = groupId === undefined ? own : base(groupOf(groupId), personId);
      const activity = searchActivity(where, command, { name: SEARCH_PARAMETER, value: text });
      return readSearch(await deliver(activity, { deadlineMs: SEARCH_WITHIN_MS }));
    },
    insert: (id, personId, card) => {
      const group = groupOf(id);
      return chats.post(id, 'person', { text: '', format: 'plain', card, by: memberOf(group, personId).id });
    },
  };
}
