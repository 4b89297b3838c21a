import { SERVICE } from '../tickets/people';
import { type TicketId } from '../tickets/ids';
import { type Deps, momentOf } from './deps';
import { dispatch } from './dispatch';
import { settle, settleOuter } from './outbox';

/** Tickets worked on at once by one sweep. */
const AT_ONCE = 4;
/** Ticks of one ticket in one sweep: a ticket that was long forgotten may have to catch up. */
const TICKS = 6;

async function each(deps: Deps, ids: readonly TicketId[], work: (id: TicketId) => Promise<void>): Promise<TicketId[]> {
  const done: TicketId[] = [];
  const queue = [...ids];
  const worker = async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      try {
        await work(id);
        done.push(id);
      } catch (error) {
        deps.log('sweep-failed', { ticket: id, error: error instanceof Error ? error.message : 'unknown' });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return done;
}

/** How long one sweep begins to tell who is outside of Teams: the next sweep goes on. */
const OUTER_MS = 20_000;

/** What is told outside comes last, and has its time: a slow receiver holds up no sweep. */
async function sweepOuter(deps: Deps, ids: readonly TicketId[]): Promise<void> {
  if (!deps.outer) return;
  const begun = Date.now();
  await each(deps, ids, async (id) => {
    if (Date.now() - begun < OUTER_MS) await settleOuter(deps, id);
  });
}

/** Works off every outbox with something due: what a process left behind when it died, and what was put off. */
export async function sweepOutbox(deps: Deps): Promise<number> {
  const now = momentOf(deps);
  const ids = await deps.tickets.due(now, 'outbox');
  const done = await each(deps, ids, (id) => settle(deps, id));
  await deps.tickets.dueDone(now, 'outbox', done);
  await sweepOuter(deps, ids);
  return done.length;
}

/** Lets time pass for every ticket with something due: reminders, widening, expiry, ended passes, lapsed jobs. */
export async function sweepTime(deps: Deps): Promise<number> {
  const now = momentOf(deps);
  const ids = await deps.tickets.due(now, 'time');
  const done = await each(deps, ids, async (id) => {
    for (let tick = 0; tick < TICKS; tick += 1) {
      const version = (await deps.tickets.load(id))?.ticket.version;
      const command = { kind: 'tick', at: momentOf(deps), by: SERVICE } as const;
      const { repeated } = await dispatch(deps, id, command, `${id}~tick~${version ?? 0}`);
      if (repeated) break;
    }
    await settle(deps, id);
  });
  await deps.tickets.dueDone(now, 'time', done);
  return done.length;
}
