import { plusSeconds } from '../tickets/time';
import { DONE, type Run } from './effect';

/** Entra's clock and ours may differ by so much. */
const SKEW_MS = 10_000;
/** How long after a making began its pass may still come to light: Entra's lists lag. */
const LOOK_FOR_SECONDS = 100;
const LOOK_EVERY_SECONDS = 15;

/**
 * Settles a making whose end was never recorded: the process died, or Entra's reply was lost. Any pass that was made
 * since and that no one recorded is deleted, because nobody knows who may have seen it.
 */
export const settlePass: Run<'settle-pass'> = async (deps, ticket, { generation: number }) => {
  const making = ticket.generations.find((one) => one.number === number);
  if (making?.state !== 'started') return DONE;
  const recorded = ticket.generations.flatMap(({ methodId }) => methodId ?? []);
  const since = Date.parse(making.startedAt) - SKEW_MS;
  const passes = await deps.entra.passes.list(ticket.subject.id);
  const stray = passes.filter(
    ({ id, createdAt }) => !recorded.includes(id) && (createdAt?.getTime() ?? since) >= since,
  );
  for (const pass of stray) await deps.entra.passes.delete(ticket.subject.id, pass.id);
  const settled = { kind: 'pass-settled', generation: number, deleted: stray.length > 0 } as const;
  if (stray.length > 0) return { kind: 'outcome', command: settled };
  const now = deps.now().toISOString();
  const until = plusSeconds(making.startedAt, LOOK_FOR_SECONDS);
  return now >= until
    ? { kind: 'outcome', command: settled }
    : { kind: 'again', at: plusSeconds(now, LOOK_EVERY_SECONDS) };
};
