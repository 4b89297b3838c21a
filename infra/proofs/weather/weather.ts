import { type Effort, type Finding, type Proof } from '../proof';
import { type Guard } from '../rig/guard-out';
import { STORIES } from '../rig/played/stories';
import { tryAll } from '../rig/played/try-all';
import { sumOf } from '../rig/sum';
import { type Task, type Told } from './task';

const ENTRY = 'infra/proofs/weather/lane.ts';
const PROMISE =
  '429, 500, 503, 504, time-outs and resets on Graph and Bot calls leave no wrong state, and Retry-After is obeyed';
const GOAL = '0 violations';
const FULL_SEEDS = 40;
const QUICK_SEEDS = 1;
/** Bad weather at Teams, a shower over both, and a storm in which hardly anything works. */
const STORMS = [
  { graph: 5, teams: 60, stormMinutes: 10 },
  { graph: 25, teams: 25, stormMinutes: 10 },
  { graph: 70, teams: 70, stormMinutes: 4 },
] as const;

const nameOf = ({ story, graph, teams, seed }: Task): string =>
  `${story}, ${graph} % of Graph and ${teams} % of Teams fail, seed ${seed}`;

async function measure(effort: Effort, seeds: number, guard?: Guard): Promise<Finding> {
  const { quick, seed, progress } = effort;
  const tasks = Array.from({ length: seeds }, (_, round) =>
    STORIES.flatMap(({ name }, at) =>
      // In quick each story meets one of the storms.
      STORMS.filter((_storm, n) => !quick || (at + seed + n) % STORMS.length === 0).map((storm, n): Task => ({
        ...storm,
        story: name,
        seed: seed + round * 1_000 + at * STORMS.length + n,
      })),
    ),
  ).flat();
  const parts = { id: 'weather', entry: ENTRY, guard, nameOf, progress };
  const { tried, violations } = await tryAll<Task, Told>(tasks, parts);
  const sum = (of: (told: Told) => number) => tried.reduce((total, { result }) => total + of(result), 0);
  const played = tried.map(({ result }) => result.playedMs / 60_000);
  return {
    id: 'weather',
    promise: PROMISE,
    figure:
      `${violations.length} violations in ${tried.length} storms: ${sum(({ failed }) => failed)} of ` +
      `${sum(({ calls }) => calls)} calls failed, ${sum(({ asked }) => asked)} asked for a pause`,
    goal: GOAL,
    holds: violations.length === 0 && sum(({ asked }) => asked) > 0,
    violations,
    facts: {
      storms: tried.length,
      kinds: sumOf(tried.map(({ result }) => result.kinds)),
      mostAttempts: Math.max(0, ...tried.map(({ result }) => result.mostAttempts)),
      longestPlayedMinutes: Math.round(Math.max(0, ...played)),
      strayCards: sum(({ stray }) => stray),
      standStillAndSaySo: tried.flatMap(({ task, result }) =>
        result.standsStill === undefined ? [] : [`${nameOf(task)}: ${result.standsStill}`],
      ),
    },
  };
}

/** The reading of Retry-After: without it whoever was asked for a pause comes too early. */
const PAUSES: Guard = {
  file: 'bot/entra/client/retry-after.ts',
  instead: 'export function retryAfterMs(): number | undefined {\n  return undefined;\n}\n',
};

export const weather: Proof = {
  id: 'weather',
  run: (effort) => measure(effort, effort.quick ? QUICK_SEEDS : FULL_SEEDS),
  async withoutGuard(effort) {
    const finding = await measure({ ...effort, quick: true }, 1, PAUSES);
    return { ...finding, figure: `${finding.figure}, without ${PAUSES.file}` };
  },
};
