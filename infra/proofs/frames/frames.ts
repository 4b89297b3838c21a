import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Effort, type Finding, type Proof } from '../proof';
import { buildLab } from './bundle';
import { GUARDS } from './guards';
import { type LabReport } from './report';
import { runLab } from './run-lab';

const QUICK = 20_000;
const FULL = 1_000_000;
/** A control finds what it is after in the first few hundred. */
const CONTROL = 4_000;
const MOST_THREADS = 2;
/** What may be in use more at the end than soon after the begin, in each thread. */
const MOST_GROWTH_BYTES = 32 * 1024 * 1024;
const TOLD_EVERY = 10_000;
const PROMISE =
  'the agent survives any key, and the virtual key any program: malformed, slow, silent, pulled out at any byte';
const GOAL = 'no crash, no hang over 5 s without a keepalive, no PIN try spent, memory bounded';

function sum(reports: readonly LabReport[], of: (report: LabReport) => Readonly<Record<string, number>>) {
  const total: Record<string, number> = {};
  for (const report of reports)
    for (const [name, count] of Object.entries(of(report))) total[name] = (total[name] ?? 0) + count;
  return total;
}

const growthOf = ({ memory }: LabReport): number => Math.max(0, memory.most - memory.begin);

async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-frames-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a lab in several threads, each with a part of the frames. */
async function inThreads(file: string, seed: number, wanted: number, { progress }: Effort): Promise<LabReport[]> {
  const threads = Math.min(MOST_THREADS, availableParallelism());
  const done = Array.from({ length: threads }, () => 0);
  let told = 0;
  const onFrames = (thread: number) => (frames: number) => {
    done[thread] = frames;
    const all = done.reduce((total, one) => total + one, 0);
    if (all < told + TOLD_EVERY) return;
    told = all;
    progress(`${all} frames`);
  };
  return Promise.all(
    done.map((_, first) =>
      runLab(file, { seed, frames: Math.ceil(wanted / threads), first, step: threads }, onFrames(first)),
    ),
  );
}

async function run(effort: Effort): Promise<Finding> {
  const wanted = effort.quick ? QUICK : FULL;
  const reports = await inFolder(async (folder) => inThreads(await buildLab(folder), effort.seed, wanted, effort));
  const growth = Math.max(...reports.map(growthOf));
  const frames = reports.reduce((total, report) => total + report.frames, 0);
  const violations = [
    ...reports.flatMap((report) => report.violations),
    ...(growth > MOST_GROWTH_BYTES ? [`${Math.round(growth / 1024)} kB more in use than at the begin`] : []),
  ];
  return {
    id: 'frames',
    promise: PROMISE,
    figure: `${frames} frames in ${reports.reduce((total, { bouts }) => total + bouts, 0)} bouts: ${violations.length} violations, memory grew by ${Math.round(growth / 1024)} kB`,
    goal: GOAL,
    holds: violations.length === 0 && frames >= wanted,
    violations,
    facts: {
      frames,
      growthBytes: growth,
      kinds: sum(reports, ({ kinds }) => kinds),
      endings: sum(reports, ({ endings }) => endings),
      statusesOfTheVirtualKey: sum(reports, ({ statuses }) => statuses),
    },
  };
}

/** Each guard is taken out by itself, and each has to be missed. */
async function withoutGuard({ seed, progress }: Effort): Promise<Finding> {
  const found: Record<string, string | undefined> = {};
  for (const [name, guard] of Object.entries(GUARDS)) {
    progress(`without ${name}`);
    const report = await inFolder(async (folder) =>
      runLab(await buildLab(folder, guard), { seed, frames: CONTROL, first: 0, step: 1 }),
    );
    found[name] = report.violations[0];
  }
  const names = Object.keys(found);
  const missed = names.filter((name) => found[name] !== undefined);
  return {
    id: 'frames',
    promise: PROMISE,
    figure: `${missed.length} of ${names.length} guards missed when they were taken out`,
    goal: GOAL,
    // A control that finds nothing has failed, be it for one guard of many.
    holds: missed.length < names.length,
    violations: names.map((name) => `without ${name}: ${found[name] ?? 'NOTHING WAS FOUND'}`),
    facts: { guards: names },
  };
}

export const frames: Proof = { id: 'frames', run, withoutGuard };
