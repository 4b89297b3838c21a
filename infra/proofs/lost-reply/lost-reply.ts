import { type Effort, type Finding, type Proof } from '../proof';
import { type Guard } from '../rig/guard-out';
import { keep } from '../rig/keep';
import { type OutsideCall } from '../rig/played/edges';
import { runInLanes } from '../rig/played/lanes';
import { STORIES, WALKS_AWAY } from '../rig/played/stories';
import { createDice } from '../seed';
import { KINDS, type Task, type Told } from './task';

const ENTRY = 'infra/proofs/lost-reply/lane.ts';
const QUICK_POINTS = 40;
const PROMISE =
  'when an outside call worked and its reply was lost, no pass is left alive, nothing is lost, nothing is done twice';
const GOAL = '0 violations';
const QUICK_MS = 30_000;

type Tried = { task: Task; result: Told };

/** Every call of every story, in every way to lose its reply. */
function allLosses(counted: readonly Tried[]): Task[] {
  return counted.flatMap(({ task, result }) =>
    result.calls.flatMap(({ number }) =>
      KINDS.map((as): Task => ({ story: task.story, german: number % 2 === 0, loss: { number, as } })),
    ),
  );
}

/** Calls that change something outside of the tables: where a lost reply hurts most. */
function isDelicate({ to, writes }: OutsideCall): boolean {
  return to !== 'tables' && writes;
}

/** As many delicate calls as others, each story among them. */
function someLosses(counted: readonly Tried[], all: readonly Task[], seed: number): Task[] {
  const dice = createDice(seed);
  const delicate = new Set(
    counted.flatMap(({ task, result }) =>
      result.calls.filter(isDelicate).map(({ number }) => `${task.story}~${number}`),
    ),
  );
  const isOne = ({ story, loss }: Task): boolean => delicate.has(`${story}~${loss?.number ?? 0}`);
  const shuffled = dice.shuffled(all);
  const half = QUICK_POINTS / 2;
  return [...shuffled.filter(isOne).slice(0, half), ...shuffled.filter((task) => !isOne(task)).slice(0, half)];
}

const nameOf = ({ story, loss }: Task, { lost }: Told): string =>
  `${story}, reply ${loss?.number ?? 0} lost by ${loss?.as ?? 'nothing'} (${lost ?? 'never got there'})`;

function violationsIn(tried: readonly Tried[]): string[] {
  return tried.flatMap(({ task, result }) => result.violations.map((why) => `${nameOf(task, result)}: ${why}`));
}

async function measure({ quick, seed, progress }: Effort): Promise<Finding> {
  const lanes = { entry: ENTRY };
  const stories = STORIES.map(({ name }): Task => ({ story: name, german: false }));
  const counted = await runInLanes<Task, Told>({ ...lanes, tasks: stories });
  const all = allLosses(counted);
  const calls = all.length / KINDS.length;
  progress(`lost-reply: ${calls} calls in ${stories.length} stories`);
  const tasks = quick ? someLosses(counted, all, seed) : createDice(seed).shuffled(all);
  const tried = await runInLanes<Task, Told>({
    ...lanes,
    tasks,
    ...(quick && { until: Date.now() + QUICK_MS }),
    onDone(task, result, done) {
      for (const why of result.violations) progress(`  ${nameOf(task, result)}: ${why}`);
      if (result.violations.length > 0)
        progress(
          `  kept in ${keep(`lost-reply ${task.story} ${task.loss?.number ?? 0} ${task.loss?.as ?? ''}`, { task, result })}`,
        );
      if (done % 500 === 0) progress(`lost-reply: ${done}/${tasks.length}`);
    },
  });
  const violations = [...violationsIn(counted), ...violationsIn(tried)];
  const reached = tried.filter(({ result }) => result.lost !== undefined);
  const still = tried.filter(({ result }) => result.standsStill !== undefined);
  return {
    id: 'lost-reply',
    promise: PROMISE,
    figure: `${violations.length} violations, ${reached.length} replies lost of ${all.length} (${calls} calls × ${KINDS.length} ways)`,
    goal: GOAL,
    holds: violations.length === 0 && reached.length >= tried.length * 0.9,
    violations,
    facts: {
      calls,
      tried: tried.length,
      reached: reached.length,
      byWorld: Object.fromEntries(
        ['graph', 'teams', 'tables'].map((world) => [
          world,
          reached.filter(({ result }) => result.lost?.startsWith(`${world} `)).length,
        ]),
      ),
      standStillAndSaySo: still.map(({ task, result }) => `${nameOf(task, result)}: ${result.standsStill ?? ''}`),
      strayCards: tried.reduce((sum, { result }) => sum + result.stray.length, 0),
      stories: Object.fromEntries(counted.map(({ task, result }) => [task.story, result.calls.length])),
    },
  };
}

/** The settling of a pass whose making was never heard of: without it such a pass lives on. */
const SETTLING: Guard = {
  file: 'bot/effects/settle-pass.ts',
  instead: `import { DONE, type Run } from './effect';\nexport const settlePass: Run<'settle-pass'> = async () => DONE;\n`,
};

async function withoutGuard(effort: Effort): Promise<Finding> {
  const lanes = { entry: ENTRY, guard: SETTLING };
  const counted = await runInLanes<Task, Told>({ ...lanes, tasks: [{ story: WALKS_AWAY.name, german: false }] });
  const makings = counted.flatMap(({ result }) =>
    result.calls.filter(({ label }) => /^POST .*temporaryAccessPassMethods/.test(label)),
  );
  const tasks = makings.flatMap(({ number }) =>
    KINDS.map((as): Task => ({ story: WALKS_AWAY.name, german: false, loss: { number, as } })),
  );
  const tried = await runInLanes<Task, Told>({ ...lanes, tasks });
  const violations = violationsIn(tried);
  effort.progress(`lost-reply: ${violations.length} violations without ${SETTLING.file}`);
  return {
    id: 'lost-reply',
    promise: PROMISE,
    figure: `${violations.length} violations at ${tasks.length} lost replies, without ${SETTLING.file}`,
    goal: GOAL,
    holds: violations.length === 0,
    violations,
    facts: { tried: tried.length },
  };
}

export const lostReply: Proof = { id: 'lost-reply', run: (effort) => measure(effort), withoutGuard };
