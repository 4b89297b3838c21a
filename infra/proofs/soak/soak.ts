import { availableParallelism } from 'node:os';
import { type Effort, type Finding, type Proof } from '../proof';
import { type Guard } from '../rig/guard-out';
import { keep } from '../rig/keep';
import { runInLanes } from '../rig/played/lanes';
import { type Day, type Task, type Told } from './task';

const ENTRY = 'infra/proofs/soak/lane.ts';
const PROMISE = '30 simulated days, 10,000 tickets, random crashes: all of the above hold; storage grows linearly';
const GOAL = '0 violations, rows per ticket within 5 %';
const FULL = { days: 30, tickets: 10_000 };
const QUICK = { days: 1, tickets: 60 };
const DEATH_PER_CALLS = 2_500;
/** How much more rows a ticket may take in the second half than in the first. */
const DRIFT = 0.05;
const MOST_HEAP_MB = 1_500;

/** Rows that each ticket of these days has added. */
function slope(days: readonly Day[], from: number, to: number): number {
  const [first, last] = [days[from], days[to]];
  if (!first || !last || last.tickets === first.tickets) return 0;
  return (last.rows - first.rows) / (last.tickets - first.tickets);
}

/** How the second half of the days differs from the first, as a share; undefined: too few days to tell. */
function driftOf(days: readonly Day[]): number | undefined {
  const half = days.length >> 1;
  const before = slope(days, 0, half);
  return days.length < 4 || before === 0 ? undefined : slope(days, half, days.length - 1) / before - 1;
}

async function measure({ seed, quick, progress }: Effort, volume: typeof FULL, guard?: Guard): Promise<Finding> {
  const lanes = availableParallelism();
  const tasks = Array.from({ length: lanes }, (_, lane): Task => ({
    ...{ seed: seed + lane, days: volume.days, deathPerCalls: quick ? DEATH_PER_CALLS / 5 : DEATH_PER_CALLS },
    tickets: Math.ceil(volume.tickets / lanes),
  }));
  const tried = await runInLanes<Task, Told>({
    ...{ entry: ENTRY, tasks, progress, stuckMs: STUCK_MS, ...(guard && { guard }) },
    onDone: (_task, { violations, days }) =>
      progress(`soak: ${days.at(-1)?.tickets ?? 0} tickets, ${violations.length} violations`),
  });
  const all = tried.map(({ result }) => result);
  const drifts = all.map(({ days }) => driftOf(days));
  const heap = Math.max(0, ...all.flatMap(({ days }) => days.map(({ heapMb }) => heapMb)));
  const tickets = all.reduce((sum, { days }) => sum + (days.at(-1)?.tickets ?? 0), 0);
  const rows = all.reduce((sum, { days }) => sum + (days.at(-1)?.rows ?? 0), 0);
  const deaths = all.reduce((sum, one) => sum + one.deaths, 0);
  const worst = Math.max(0, ...drifts.map((drift) => drift ?? 0));
  const violations = [
    ...all.flatMap((one) => one.violations),
    ...(worst > DRIFT ? [`a ticket of the second half takes ${Math.round(worst * 1000) / 10} % more rows`] : []),
    ...(heap > MOST_HEAP_MB ? [`${heap} MB of memory`] : []),
  ];
  if (violations.length > 0) progress(`  kept in ${keep('soak', { seed, all })}`);
  const perTicket = Math.round((rows / Math.max(1, tickets)) * 10) / 10;
  return {
    id: 'soak',
    promise: PROMISE,
    figure: `${violations.length} violations in ${tickets} tickets over ${volume.days} days with ${deaths} deaths; ${perTicket} rows a ticket`,
    goal: GOAL,
    holds: violations.length === 0 && deaths > 0 && tickets >= volume.tickets,
    violations,
    facts: {
      tickets,
      rows,
      perTicket,
      deaths,
      heapMb: heap,
      drifts,
      storages: lanes,
      all: all.map(({ violations: _v, ...one }) => one),
    },
  };
}

/** A soak is one task that takes as long as it takes; it is heard of at the end of each day. */
const STUCK_MS = 2 * 3_600_000;

/**
 * The working off of what a dead process has left behind: without it a card, a removal, an end may never come. The
 * timer that lets time pass works outboxes off too, and would cover for the one that is taken out: both go.
 */
const SWEEP: Guard = {
  file: 'bot/service/sweep.ts',
  instead: (source) =>
    source
      .replace("const ids = await deps.tickets.due(now, 'outbox');", 'const ids: TicketId[] = [];')
      .replace(/\n {4}await settle\(deps, id\);\n/, '\n'),
};

export const soak: Proof = {
  id: 'soak',
  run: (effort) => measure(effort, effort.quick ? QUICK : FULL),
  async withoutGuard(effort) {
    const finding = await measure({ ...effort, quick: true }, QUICK, SWEEP);
    return { ...finding, figure: `${finding.figure}, without the sweep of ${SWEEP.file}` };
  },
};
