import { Fault } from '../../agent/protocol/fault';
import { type Deps } from '../service/deps';
import { type Ticket } from '../tickets/ticket';

/** Looks at a ticket that moves while it is shown; whatever moves it later brings a card of its own. */
const LOOKS_AT_MOST = 4;

/** Another process was at the same card at the same moment, and may be done with this effect: nobody else shows it again. */
const isOvertaken = (error: unknown): boolean => error instanceof Fault && error.code === 'card-overtaken';

/**
 * Shows a ticket, and shows it again where it has moved on meanwhile: a reply that came late, or another process, must
 * not leave an older state standing over a newer one.
 * @param show told whether nothing of this has been shown yet
 */
export async function asItIsNow<T extends object>(
  deps: Pick<Deps, 'tickets'>,
  ticket: Ticket,
  show: (ticket: Ticket, first: boolean) => Promise<T>,
): Promise<T> {
  let drawn = ticket;
  let first = true;
  for (let look = 1; ; look += 1) {
    const last = look === LOOKS_AT_MOST;
    const shown: T | undefined = await show(drawn, first).catch((error: unknown) => {
      if (last || !isOvertaken(error)) throw error;
      return undefined;
    });
    const now = (await deps.tickets.load(ticket.id))?.ticket ?? drawn;
    if (shown && (last || now.version === drawn.version)) return shown;
    first &&= shown === undefined;
    drawn = now;
  }
}
