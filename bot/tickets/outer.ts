import { type EventKind } from './events';
import { type Moment, type Ticket } from './ticket';

/** Where events of a ticket are told, outside of Teams: a receiver of webhooks, or a ticket system by its own API. */
export const OUTER_CHANNELS = ['webhook', 'servicenow', 'jira'] as const;
export type OuterChannel = (typeof OUTER_CHANNELS)[number];

/** What a ticket is called elsewhere. Both are shown as text; `url` is https. */
export interface OuterNumber {
  number: string;
  url?: string;
}

/** Who gave a number: the system that was told, or a person of the helpdesk who typed it. */
export type NumberGiver = OuterChannel | 'hand';

/** A ticket's link to the outer ticket system; set with the opening, where the tenant has one. */
export interface OuterLink {
  /** Whom each event is told; empty: numbers are typed by hand. */
  to: readonly OuterChannel[];
  number?: OuterNumber & { by: NumberGiver; at: Moment };
  /** Who cannot be told, why and since when. Nothing of the ticket waits for it. */
  failed: readonly { to: OuterChannel; code: string; at: Moment }[];
}

export const NUMBER_AT_MOST = 40;
export const LINK_AT_MOST = 500;

const NUMBER = /^#?[\p{L}\p{N}][\p{L}\p{N}\p{M} ._#:/-]*$/u;
const LINK = /^https:\/\/[^\s/?#@\\]+(?:[/?#][^\s\\]*)?$/i;

/** Whether a text can be a ticket's number elsewhere: letters, digits and the few signs that such numbers have. */
export function isOuterNumber(text: string): boolean {
  return text.length <= NUMBER_AT_MOST && NUMBER.test(text);
}

/** Whether a text can stand behind a link on a card: https, nobody's password in it, and no longer than a card likes. */
export function isOuterLink(text: string): boolean {
  return text.length <= LINK_AT_MOST && LINK.test(text);
}

/** A ticket system knows its own numbers better than who passes them on, and a person better than both. */
const RANK: Readonly<Record<NumberGiver, number>> = { webhook: 1, servicenow: 2, jira: 2, hand: 3 };

/** Whether a number that one gives takes the place of the one there is. Of equals the first stays: nothing flaps. */
export function outranks({ outer }: Pick<Ticket, 'outer'>, by: NumberGiver): boolean {
  return !outer?.number || RANK[by] > RANK[outer.number.by];
}

/** What is only between Keyvouch and the outer system: telling it of that would never end. It goes along with the rest. */
export function isAboutTelling({ kind }: { kind: EventKind }): boolean {
  return kind === 'outer-failed' || kind === 'outer-restored';
}
