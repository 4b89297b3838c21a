import { type Effort, type Finding, type Proof } from '../proof';
import { type Guard } from '../rig/guard-out';
import { STORIES } from '../rig/played/stories';
import { tryAll } from '../rig/played/try-all';
import { sumOf } from '../rig/sum';
import { createDice } from '../seed';
import { type Task, type Told } from './task';

const ENTRY = 'infra/proofs/honest/lane.ts';
const PROMISE =
  'a card never claims what is not so; after an outage every card tells the truth within 60 s; a stale click changes nothing and shows the truth';
const GOAL = '100 %';
const WORLDS = ['teams', 'graph', 'tables'] as const;
const FULL_SEEDS = 30;
/** Tasks of a quick run: of each kind some. */
const QUICK = 40;
/** Steps of the people on the way to an end, at most. */
const STEPS = 30;

function tasksFor(seed: number, rounds: number): Task[] {
  const each = STORIES.flatMap(({ name: story }): Task[] => [
    { story, seed, kind: 'quiet' },
    { story, seed, kind: 'stale' },
  ]);
  const dice = createDice(seed);
  const byChance = Array.from({ length: rounds }, (_, round) =>
    STORIES.flatMap(({ name: story }, at): Task[] => [
      ...WORLDS.map((of): Task => ({
        story,
        seed: seed + round * 1_000 + at,
        kind: 'outage',
        of,
        seconds: 20 + dice.below(400),
      })),
      { story, seed, kind: 'stale', afterSteps: 2 + dice.below(STEPS) },
    ]),
  );
  return [...each, ...byChance.flat()];
}

const nameOf = (task: Task): string => {
  const what = { outage: 'of' in task ? `outage of ${task.of}` : '', quiet: 'quiet moments', stale: 'stale clicks' }[
    task.kind
  ];
  return `${task.story}, ${what}, seed ${task.seed}`;
};

async function measure({ seed, progress }: Effort, tasks: readonly Task[], guard?: Guard): Promise<Finding> {
  const parts = { id: 'honest', entry: ENTRY, guard, nameOf, progress };
  const { tried, violations } = await tryAll<Task, Told>(tasks, parts);
  const settled = tried.flatMap(({ result }) => result.trueAfterMs ?? []).sort((a, b) => a - b);
  const presses = sumOf(tried.map(({ result }) => result.presses));
  const pressed = Object.values(presses).reduce((sum, count) => sum + count, 0);
  const moments = tried.reduce((sum, { result }) => sum + result.moments, 0);
  const slowest = Math.round((settled.at(-1) ?? 0) / 1000);
  return {
    id: 'honest',
    promise: PROMISE,
    figure:
      `${violations.length} lies at ${moments} moments; all true ${slowest} s after each of ${settled.length} outages; ` +
      `${pressed} stale clicks in ${Object.keys(presses).length} verbs × states`,
    goal: GOAL,
    holds: violations.length === 0 && pressed > 0 && settled.length > 0,
    violations,
    facts: {
      tried: tried.length,
      seed,
      trueAfterSeconds: { median: Math.round((settled[settled.length >> 1] ?? 0) / 1000), longest: slowest },
      presses,
      strayCards: tried
        .flatMap(({ task, result }) => result.stray.map((why) => `${nameOf(task)}: ${why}`))
        .slice(0, 50),
    },
  };
}

/** That cards are tried again soon: without it they lie for as long as everything else may take. */
const SOON: Guard = {
  file: 'bot/service/outbox.ts',
  instead: (source) => source.replace('const SLOWEST_CARD_SECONDS = 30;', 'const SLOWEST_CARD_SECONDS = 3600;'),
};

export const honest: Proof = {
  id: 'honest',
  run: (effort) => {
    const tasks = tasksFor(effort.seed, effort.quick ? 1 : FULL_SEEDS);
    return measure(effort, effort.quick ? createDice(effort.seed).shuffled(tasks).slice(0, QUICK) : tasks);
  },
  async withoutGuard(effort) {
    const outages = STORIES.slice(0, 6).map(({ name: story }, at): Task => ({
      story,
      seed: effort.seed + at,
      kind: 'outage',
      of: 'teams',
      seconds: 900,
    }));
    const finding = await measure(effort, outages, SOON);
    return { ...finding, figure: `${finding.figure}, without quick retries in ${SOON.file}` };
  },
};
