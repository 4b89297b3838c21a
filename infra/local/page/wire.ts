import { type Alert, type CardJson } from '../teams';
import { type KeyState, type Mail, type WorkstationState } from './ports';

/** A person as the page shows one. */
export interface PagePerson {
  id: string;
  name: string;
  title: string;
  locale: string;
  upn: string;
  installed: boolean;
}

/** A group chat or channel of the sandbox. */
export interface PageGroup {
  id: string;
  name: string;
  kind: 'group-chat' | 'channel';
  /** Ids of the people in it. */
  members: readonly string[];
}

/** What a search in a message box has found. */
export type SearchReply =
  | { kind: 'results'; results: readonly { title: string; text: string; card: CardJson }[] }
  | { kind: 'message'; text: string };

/** A message as its reader's client shows it. */
export interface PageMessage {
  id: string;
  from: 'bot' | 'person';
  /** In a conversation of several: who else wrote it. */
  by?: { id: string; name: string };
  at: string;
  text: string;
  format: 'plain' | 'markdown';
  card?: CardJson;
  /** In place of a card: a file to be had, or the question whether one may come. */
  file?: { kind: 'offer'; name: string; description: string } | { kind: 'file'; name: string; id: string };
  /** The card is this client's own: an answer to a click, gone when the chat is loaded again. */
  own: boolean;
  updatedAt?: string;
  unread: boolean;
  busy: boolean;
  alert?: Alert;
  revision: number;
}

export interface GuideStep {
  title: string;
  text: string;
}

export interface Setup {
  /** Another one after a restart: the page then loads itself again. */
  instance: string;
  appName: string;
  /** Ids of the people in the columns, left to right. */
  columns: readonly string[];
  guide: readonly GuideStep[];
  /** What people may want to type first. */
  prompts: readonly string[];
  /** What runs for real here, and what only stands in for something. */
  real: readonly string[];
  standsIn: readonly string[];
  canReset: boolean;
  hasAccounts: boolean;
}

/** What the server sends to the page: whole pieces, so that a lost one is mended by the next. */
export type Piece =
  | { kind: 'setup'; setup: Setup }
  | { kind: 'people'; people: readonly PagePerson[] }
  | { kind: 'chat'; person: string; messages: readonly PageMessage[] }
  | { kind: 'groups'; groups: readonly PageGroup[] }
  /** A conversation of several, as this person's client shows it. */
  | { kind: 'group-chat'; group: string; person: string; messages: readonly PageMessage[] }
  | { kind: 'typing'; person: string }
  | { kind: 'key'; key: KeyState }
  | { kind: 'workstation'; workstation: WorkstationState }
  | { kind: 'mails'; mails: readonly Mail[] }
  /** Something changed in Entra: ask for the account in view again. */
  | { kind: 'accounts' }
  /** Everything there is at the start has been sent. */
  | { kind: 'ready' };
