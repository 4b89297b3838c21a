import { type AdaptiveCard } from './card';
import { type Words } from './words/en';

/** Teams lets so many people have a card refreshed by itself. */
export const REFRESHED_AT_MOST = 60;

/**
 * The same card, which the clients of these people bring up to date by themselves when they show it (Universal Actions,
 * "refresh"). A fallback would be pressed by nobody, so there is none.
 * @param userIds Teams ids (`29:…`), not object ids; none: the card stays as it is
 * @param slot which of the ticket's cards is asked for
 */
export function withRefresh(
  card: AdaptiveCard,
  of: { ticket: string; nonce: string; slot: string },
  userIds: readonly string[],
  words: Words,
): AdaptiveCard {
  if (userIds.length === 0) return card;
  const data = { verb: 'refresh', ticket: of.ticket, nonce: of.nonce, subject: of.slot };
  return {
    ...card,
    refresh: {
      action: { type: 'Action.Execute', title: words.buttons.refresh, verb: 'refresh', data },
      userIds: userIds.slice(0, REFRESHED_AT_MOST),
    },
  };
}
