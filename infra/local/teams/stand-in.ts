import { type Delivery, type ClickAnswer } from './answer';
import { type ActionChoice, type CardAction } from './card-actions';
import { type ActivityJson } from './activities';
import { type BotSettings } from './bot-settings';
import { type ClickOptions } from './client';
import { type SendOptions } from './delivery';
import { type StoredFile } from './files';
import { type ChatMessage } from './message';
import { type PersonOptions, type TeamsPerson } from './person';
import { type GroupOptions } from './group';
import { type Groups } from './groups';
import { type Switches } from './switches';
import { type Exchange } from './traffic';

export interface TeamsOptions {
  /** 0 (default): any free port of 127.0.0.1. */
  port?: number;
  appId: string;
  /** The bot's secret. Default: one for sandboxes. */
  appPassword?: string;
  appName?: string;
  tenantId: string;
  people: readonly PersonOptions[];
  /** Group chats and channels. Default: none. */
  groups?: readonly GroupOptions[];
  /** The bot's messaging endpoint: `http://127.0.0.1:7071/api/messages`. May be set later. */
  botUrl?: string;
  /** Chats and installations are kept in this file. Default: in memory only. */
  dataFile?: string;
  /** Milliseconds since 1970. Default: the machine's clock. Tokens always live by the machine's clock. */
  now?: () => number;
  /** How long a bot may think, in milliseconds. Default 15,000, as Teams. */
  deadlineMs?: number;
}

/** Something changed for a person: in the chat, or in who has the app; `typing`: the bot writes. */
export interface TeamsEvent {
  kind: 'chat' | 'person' | 'typing' | 'group';
  /** Whose chat; of `group`: the conversation's id. */
  person: string;
}

/** A click's answer; with `times` this is the first one, and `all` holds every one. */
export type Clicked = ClickAnswer & { all: readonly ClickAnswer[] };

/** Teams and the Bot Connector service, for one tenant and one bot, on loopback. People are named by their Entra object id. */
export interface TeamsStandIn {
  readonly url: string;
  /** What activities carry as `serviceUrl`. */
  readonly serviceUrl: string;
  readonly bot: BotSettings;
  readonly appName: string;
  setBotUrl(url: string): void;

  /** Group chats, channels, and the search in message boxes. */
  readonly groups: Groups;
  people(): readonly TeamsPerson[];
  /** @throws Error for an id that nobody has. */
  person(personId: string): TeamsPerson;
  /** Gives the person the app; the bot is told each time, as Teams does when a client loads it again. @returns the chat's id. */
  install(personId: string): Promise<string>;
  /** Takes the app away: whatever the bot sends is refused with 403. */
  uninstall(personId: string): Promise<void>;

  say(personId: string, text: string): Promise<Delivery>;
  /**
   * Presses a button of the card that the person sees now.
   * @param activityId The message, or `latest`: the newest one that has such a button.
   * @param inputs By input id; what is not named keeps the card's default.
   * @throws Error where there is no such message or button, or a required input stays empty: a client would not send it.
   */
  click(
    personId: string,
    activityId: string,
    action: ActionChoice,
    inputs?: Readonly<Record<string, unknown>>,
    options?: ClickOptions,
  ): Promise<Clicked>;
  /** What a client does once it knows the action itself, inputs merged or not: nothing is checked. */
  press(
    personId: string,
    activityId: string,
    action: CardAction,
    inputs?: Readonly<Record<string, unknown>>,
  ): Promise<ClickAnswer>;
  /** Says yes or no to a file that the bot offers. @throws Error where that message offers none */
  answerFile(personId: string, messageId: string, accept: boolean): Promise<Delivery>;
  /** What a bot has put into a OneDrive, by its id there. */
  file(id: string): StoredFile | undefined;
  /** Opens the chat in a fresh client: what only the last one saw is gone, `refresh` invokes run. */
  open(personId: string): Promise<void>;
  leave(personId: string): void;
  read(personId: string): void;
  /** Oldest first. A snapshot: it does not change any more. */
  chat(personId: string): ChatMessage[];
  /** @throws Error with what the chat holds, once `ms` (default 5000) are over. */
  waitFor(
    personId: string,
    predicate: (message: ChatMessage, chat: readonly ChatMessage[]) => boolean,
    ms?: number,
  ): Promise<ChatMessage>;

  /** Any activity, under any token: for tests that forge. */
  send(activity: ActivityJson, options?: SendOptions): Promise<Delivery>;
  /** An activity as Teams would send it for this person, to be bent. */
  activity(personId: string, text: string): ActivityJson;

  readonly switches: Switches;
  traffic(): readonly Exchange[];
  clearTraffic(): void;
  subscribe(listener: (event: TeamsEvent) => void): () => void;
  /** Empties all chats. Who has the app stays. */
  clear(): void;
  close(): Promise<void>;
}
