import { type Ticket } from '../tickets/ticket';
import { type Deps } from './deps';
import { type TicketPage } from './ports';

/**
 * The tickets of a page, as the list has read them.
 * @throws Fault `storage-tampered` where the seal of one does not hold: what is left would be passed off as all there is
 */
export async function ticketsIn(
  { tickets: store }: Pick<Deps, 'tickets'>,
  { items, tickets }: TicketPage,
): Promise<readonly Ticket[]> {
  const odd = items.filter((id) => !tickets.some((ticket) => ticket.id === id));
  await Promise.all(odd.map((id) => store.load(id)));
  return tickets;
}
