import { type Deps } from '../service/deps';
import { type Ticket } from '../tickets/ticket';

/** Looks at a ticket that moves while it is shown; whatever moves it later brings a card of its own. */
const LOOKS_AT_MOST = 4;

/**
 * Shows a ticket, and shows it again where it has moved on meanwhile: a reply that came late, or another process, must
 * not leave an older state standing over a newer one.
 * @param show told whether this is the first showing
 */
export async function asItIsNow<T>(
  deps: Pick<Deps, 'tickets'>,
  ticket: Ticket,
  show: (ticket: Ticket, first: boolean) => Promise<T>,
): Promise<T> {
  let drawn = ticket;
  for (let look = 1; ; look += 1) {
    const shown = await show(drawn, look === 1);
    const now = (await deps.tickets.load(ticket.id))?.ticket ?? drawn;
    if (now.version === drawn.version || look === LOOKS_AT_MOST) return shown;
    drawn = now;
  }
}
