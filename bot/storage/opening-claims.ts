import { type ShortId } from '../tickets/ids';
import { type Ticket, wasOpenAfter } from '../tickets/ticket';
import { GRACE_MS, pointerOf } from './hints';
import { keyOf } from './keys';
import { type States } from './state';
import { type Table } from './tables';

const CLAIM_RK = 'ticket';
/** Rounds against others who claim the same at the same moment. */
const TRIES = 4;

export const claimPk = ({ subject, flow }: Pick<Ticket, 'subject' | 'flow'>) => keyOf('sole', subject.id, flow);

/** `by`: number of the ticket that has it; undefined: of one that is perhaps being written at this moment. */
export type Claim = { taken: true } | { taken: false; by?: ShortId };

/**
 * Keeps a subject to one open ticket of each flow, whoever asks at the same moment: whoever is about to open one puts
 * its id into the one row there is for that. The row has no authority: whether the ticket that it names is open, and is
 * such a one, the ticket itself says. A claim of which no ticket came, because its process died, bars others for
 * `GRACE_MS`: longer than all calls together by which a commit goes on after its claim. Its own form is never barred.
 * @param index the table of pointers
 */
export function createOpeningClaims(index: Table, states: States, now: () => Date): (ticket: Ticket) => Promise<Claim> {
  return async (ticket) => {
    const pk = claimPk(ticket);
    const row = { pk, rk: CLAIM_RK, props: { ticket: ticket.id, version: 0 } };
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const found = await index.get(pk, CLAIM_RK);
      const holder = found && pointerOf(found)?.ticket;
      if (found && holder !== undefined && holder !== ticket.id) {
        const held = (await states.load(holder))?.ticket;
        if (held && claimPk(held) === pk && wasOpenAfter(held, ticket.openedAt))
          return { taken: false, by: held.shortId };
        if (!held && now().getTime() - Date.parse(found.writtenAt) <= GRACE_MS) return { taken: false };
      }
      // Also where it is ours already: its age begins anew with each try to open the ticket.
      const etag = await (found ? index.replace(row, found.etag) : index.insert(row));
      if (etag !== undefined) return { taken: true };
    }
    return { taken: false };
  };
}
