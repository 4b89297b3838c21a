import { type TicketView } from '../bot/tickets/view';
import { button } from './actions';
import { type AdaptiveCard } from './card';
import { card, heading, text } from './elements';
import { fill } from './fill';
import { type Words } from './words/en';

/**
 * The answer to a request that was sent. It says only what stays true: how the ticket stands is on the ticket's own
 * card, which the bot posts and keeps up to date, while this one stays in the sender's chat as it is.
 */
export function sentCard({ view }: { view: TicketView }, words: Words): AdaptiveCard {
  const say = words.sent;
  const open = fill(words.buttons.open_ticket, { ticket: view.shortId });
  return card(
    words,
    say.title,
    [heading(`✓ ${say.title}`), text(say.text)],
    [button('open-ticket', open, { ticket: view.id, nonce: view.nonce }), button('home', words.buttons.home)],
  );
}
