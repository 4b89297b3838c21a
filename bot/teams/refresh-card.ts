import { type AdaptiveCard, withRefresh, type Words } from '../../cards';
import { type TicketDetails } from '../service';
import { type CardSlot } from '../tickets/effects';

/**
 * Whether the person's client may be showing a pass or a vouch code in place of this card: in the reply to their click,
 * which an update of the message would wipe out under their eyes.
 */
export function mayShowSecret(slot: CardSlot, { view }: TicketDetails): boolean {
  if (slot === 'approval') return view.vouch.codeStands;
  const { liveUntil } = view.pass;
  return liveUntil !== undefined && view.roles.includes('recipient') && (slot === 'progress' || slot === 'handover');
}

/**
 * Whether a secret can be shown in place of this card later: a client that asked for the card anew by itself would wipe
 * it out. The code that follows on Approve is safe: it is brought up to date within the minute in which no client asks.
 */
function leadsToSecret({ view: { can } }: TicketDetails): boolean {
  return can.includes('prepare-show') || can.includes('show') || can.includes('show-vouch-code');
}

/** Names, beside the slots, the card that was asked for by the ticket's number: whichever the person is to see then. */
export const BY_NUMBER = 'by-number';

interface Drawn {
  slot: CardSlot;
  details: TicketDetails;
  words: Words;
  /** What the client asks for; without it, the slot. */
  as?: typeof BY_NUMBER | undefined;
}

/** A person's own card, which their client asks for anew when it shows it, so that an old one does not lie. */
export function refreshing(
  card: AdaptiveCard,
  { slot, details, words, as }: Drawn,
  teamsUserId: string | undefined,
): AdaptiveCard {
  if (mayShowSecret(slot, details) || leadsToSecret(details)) return card;
  const { id: ticket, nonce } = details.view;
  return withRefresh(card, { ticket, nonce, slot: as ?? slot }, teamsUserId === undefined ? [] : [teamsUserId], words);
}
