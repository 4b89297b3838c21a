import { type DeliveryLine, type DeliveryReport } from '../tickets/desk-lines';
import { cardsOf } from '../tickets/posting';
import { type Ticket } from '../tickets/ticket';
import { type Deps } from './deps';

/** Who of a ticket's people has a card of it, since when, and whom none could reach. */
export async function deliveriesOf(deps: Pick<Deps, 'conversations'>, ticket: Ticket): Promise<DeliveryReport> {
  const posts = await deps.conversations.cardsOf(ticket.id);
  const lines = cardsOf(ticket).map(({ person, slot }): DeliveryLine => {
    const missing = ticket.unreached.find((one) => one.person.id === person.id);
    const own = posts.filter((post) => post.person === person.id && post.slot !== 'helpdesk');
    const post = own.find((one) => one.slot === slot) ?? own[0];
    if (missing) return { person, slot, state: 'not-reached', code: missing.code };
    if (!post) return { person, slot, state: 'none' };
    return { person, slot, state: 'posted', at: post.at, inPlace: post.inPlace };
  });
  return { lines, helpdesk: posts.filter(({ slot }) => slot === 'helpdesk').length };
}
