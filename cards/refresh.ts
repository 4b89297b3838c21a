import { type QueuePart } from '../bot/tickets/queue';
import { type ActionData } from '../bot/tickets/verbs';
import { type AdaptiveCard } from './card';
import { type Words } from './words/en';

/** Teams lets so many people have a card refreshed by itself. */
export const REFRESHED_AT_MOST = 60;

/**
 * The same card, which the clients of these people bring up to date by themselves when they show it (Universal Actions,
 * "refresh"). A fallback would be pressed by nobody, so there is none.
 * @param of the ticket and which of its cards is asked for, or a part of the queue
 * @param userIds Teams ids (`29:…`), not object ids; none: the card stays as it is
 */
export function withRefresh(
  card: AdaptiveCard,
  of: { ticket: string; nonce: string; slot: string } | { queue: QueuePart },
  userIds: readonly string[],
  words: Words,
): AdaptiveCard {
  if (userIds.length === 0) return card;
  const data: ActionData & Record<string, string> =
    'queue' in of
      ? { verb: 'queue', subject: of.queue }
      : { verb: 'refresh', ticket: of.ticket, nonce: of.nonce, subject: of.slot };
  return {
    ...card,
    refresh: {
      action: { type: 'Action.Execute', title: words.buttons.refresh, verb: data.verb, data },
      userIds: userIds.slice(0, REFRESHED_AT_MOST),
    },
  };
}
