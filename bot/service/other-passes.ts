import { type Ticket } from '../tickets/ticket';
import { type Deps } from './deps';
import { ticketsIn } from './tickets-in';

/** More than so many tickets of one person cannot hold a pass for alive at once: each new one ends the others. */
const AT_MOST = 100;

/** The other tickets about the same person by which a pass may live, or is being made. */
export async function othersWithPass(deps: Deps, { id, subject }: Ticket): Promise<readonly Ticket[]> {
  const all = await ticketsIn(deps, await deps.tickets.withPassOf(subject.id, { size: AT_MOST }));
  return all.filter((other) => other.id !== id);
}
