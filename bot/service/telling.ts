import { type Effect, type OutboxItem } from '../tickets/effects';
import { type TicketId } from '../tickets/ids';
import { type Moment } from '../tickets/ticket';
import { plusSeconds } from '../tickets/time';
import { type Deps, momentOf } from './deps';

/** Does one item of an outbox. False: another process has it, or it is done. */
export type WorkOff = (deps: Deps, ticket: TicketId, item: OutboxItem) => Promise<boolean>;

interface Telling extends OutboxItem {
  effect: Extract<Effect, { kind: 'tell-outer' }>;
}

export function isTelling(item: OutboxItem): item is Telling {
  return item.effect.kind === 'tell-outer';
}

/** Rounds of one telling: what the answers bring about is told too. */
const ROUNDS = 8;
/** What is due this soon is waited for in this process. */
const SOON_SECONDS = 60;

/**
 * The one item that stands for all of the same receiver: the one that goes furthest. The others are done with it, so that
 * an outage of a day leaves one item a ticket.
 */
async function leadOf(deps: Deps, ticket: TicketId, items: readonly Telling[]): Promise<Telling | undefined> {
  const [lead, ...others] = [...items].sort((a, b) => b.effect.upTo - a.effect.upTo);
  await Promise.all(others.map(({ id }) => deps.tickets.settle(ticket, id)));
  return lead;
}

/**
 * Works off what is to be told outside of Teams, each receiver by itself.
 * @returns whether anything was done, and when to come back
 */
export async function tellOutside(
  deps: Deps,
  ticket: TicketId,
  workOff: WorkOff,
): Promise<{ told: boolean; at?: Moment | undefined }> {
  let told = false;
  for (let round = 0; round < ROUNDS; round += 1) {
    const all = await deps.tickets.outbox(ticket, plusSeconds(momentOf(deps), SOON_SECONDS));
    const soon = all.filter(isTelling);
    const due = soon.filter(({ notBefore }) => notBefore <= momentOf(deps));
    if (due.length === 0) return { told, at: soon.map(({ notBefore }) => notBefore).sort()[0] };
    const receivers = [...new Set(due.map(({ effect }) => effect.to))];
    const worked = await Promise.all(
      receivers.map(async (to) => {
        const lead = await leadOf(
          deps,
          ticket,
          due.filter(({ effect }) => effect.to === to),
        );
        return lead !== undefined && (await workOff(deps, ticket, lead));
      }),
    );
    if (!worked.includes(true)) return { told, at: plusSeconds(momentOf(deps), 2) };
    told = true;
  }
  return { told, at: momentOf(deps) };
}
