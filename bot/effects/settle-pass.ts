import { othersWithPass } from '../service/other-passes';
import { plusSeconds } from '../tickets/time';
import { DONE, type Run } from './effect';

/** Entra's clock and ours may differ by so much. */
const SKEW_MS = 10_000;
/** How long after a making began its pass may still come to light: Entra's lists lag. */
const LOOK_FOR_SECONDS = 100;
const LOOK_EVERY_SECONDS = 15;

/**
 * Settles a making whose end was never recorded: the process died, or Entra's reply was lost. Any pass that was made
 * since and that no ticket of the person recorded is deleted, because nobody knows who may have seen it. While a newer
 * making is under way nothing is touched: its pass is not recorded yet, and has taken the place of this one.
 */
export const settlePass: Run<'settle-pass'> = async (deps, ticket, { generation: number }) => {
  const making = ticket.generations.find((one) => one.number === number);
  if (making?.state !== 'started') return DONE;
  const since = Date.parse(making.startedAt) - SKEW_MS;
  const passes = await deps.entra.passes.list(ticket.subject.id);
  // Read after the list: whatever is in the list was begun, and stands in its ticket, before.
  const own = (await deps.tickets.load(ticket.id))?.ticket ?? ticket;
  const others = await othersWithPass(deps, ticket);
  const generations = [own, ...others].flatMap((one) => one.generations);
  const now = deps.now().toISOString();
  const again = { kind: 'again', at: plusSeconds(now, LOOK_EVERY_SECONDS) } as const;
  if (generations.some((one) => one.startedAt > making.startedAt && one.state === 'started')) return again;
  const recorded = generations.flatMap(({ methodId }) => methodId ?? []);
  const stray = passes.filter(
    ({ id, createdAt }) => !recorded.includes(id) && (createdAt?.getTime() ?? since) >= since,
  );
  for (const pass of stray) await deps.entra.passes.delete(ticket.subject.id, pass.id);
  const settled = { kind: 'pass-settled', generation: number, deleted: stray.length > 0 } as const;
  if (stray.length > 0) return { kind: 'outcome', command: settled };
  const until = plusSeconds(making.startedAt, LOOK_FOR_SECONDS);
  return now >= until ? { kind: 'outcome', command: settled } : again;
};
