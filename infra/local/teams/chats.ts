import { randomBytes } from 'node:crypto';
import { activityNotFound } from './connector-error';
import { restored, saved, type ChatMessage, type SavedMessage } from './message';

/** More than anybody reads in a sandbox; older messages fall off. */
const KEPT_MESSAGES = 500;

export type MessageContent = Pick<ChatMessage, 'text' | 'format' | 'card' | 'file' | 'by' | 'thread'>;

/** All 1:1 chats with the bot. `changed` is called with the person's id after every change. */
export interface Chats {
  messages(person: string): readonly ChatMessage[];
  /** @throws ConnectorError 404 `ActivityNotFoundInConversation`. */
  message(person: string, id: string): ChatMessage;
  post(person: string, from: ChatMessage['from'], content: MessageContent): ChatMessage;
  /** Replaces what stands in the chat; a client's own view gives way to it. */
  replace(person: string, id: string, content: MessageContent): ChatMessage;
  remove(person: string, id: string): void;
  /** Changes how a client shows a message. */
  touch(person: string, message: ChatMessage, change: (message: ChatMessage) => void): void;
  read(person: string): void;
  /** Forgets what only the client knew: views, alerts. */
  reload(person: string): void;
  clear(): void;
  saved(): Record<string, SavedMessage[]>;
}

export function createChats(
  now: () => number,
  changed: (person: string) => void,
  before: Readonly<Record<string, readonly SavedMessage[]>> = {},
): Chats {
  const chats = new Map(Object.entries(before).map(([person, messages]) => [person, messages.map(restored)]));
  let lastId = 0;

  const of = (person: string): ChatMessage[] => {
    const known = chats.get(person);
    if (known) return known;
    const fresh: ChatMessage[] = [];
    chats.set(person, fresh);
    return fresh;
  };

  /** Teams numbers a person's messages by time, and gives a bot's an opaque id with a colon in it. */
  const nextId = (from: ChatMessage['from']): string => {
    if (from === 'bot') return `1:1${randomBytes(24).toString('base64url')}`;
    lastId = Math.max(lastId + 1, now());
    return String(lastId);
  };

  const find = (person: string, id: string): ChatMessage => {
    const message = of(person).find((candidate) => candidate.id === id);
    if (!message) throw activityNotFound();
    return message;
  };

  const touch: Chats['touch'] = (person, message, change) => {
    change(message);
    message.revision += 1;
    changed(person);
  };

  return {
    messages: (person) => of(person),
    message: find,
    post: (person, from, content) => {
      const message: ChatMessage = {
        ...content,
        id: nextId(from),
        from,
        at: new Date(now()).toISOString(),
        unread: from === 'bot',
        busy: false,
        revision: 0,
      };
      const messages = of(person);
      messages.push(message);
      if (messages.length > KEPT_MESSAGES) messages.shift();
      changed(person);
      return message;
    },
    replace: (person, id, content) => {
      const message = find(person, id);
      touch(person, message, () => {
        Object.assign(message, { card: undefined, ...content, view: undefined, alert: undefined });
        message.updatedAt = new Date(now()).toISOString();
      });
      return message;
    },
    remove: (person, id) => {
      const messages = of(person);
      messages.splice(messages.indexOf(find(person, id)), 1);
      changed(person);
    },
    touch,
    read: (person) => {
      const unread = of(person).filter((message) => message.unread);
      for (const message of unread) message.unread = false;
      if (unread.length > 0) changed(person);
    },
    reload: (person) => {
      for (const message of of(person)) {
        if (!message.view && !message.alert) continue;
        message.view = undefined;
        message.alert = undefined;
        message.revision += 1;
      }
      changed(person);
    },
    clear: () => {
      const people = [...chats.keys()];
      chats.clear();
      for (const person of people) changed(person);
    },
    saved: () => Object.fromEntries([...chats].map(([person, messages]) => [person, messages.map(saved)])),
  };
}
