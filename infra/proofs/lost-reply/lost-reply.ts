import { type Effort, type Finding, type Proof } from '../proof';
import { type Guard } from '../rig/guard-out';
import { type OutsideCall } from '../rig/played/edges';
import { STORIES, WALKS_AWAY } from '../rig/played/stories';
import { tryAll } from '../rig/played/try-all';
import { createDice } from '../seed';
import { KINDS, type Task, type Told } from './task';

const ENTRY = 'infra/proofs/lost-reply/lane.ts';
const QUICK_POINTS = 40;
const PROMISE =
  'when an outside call worked and its reply was lost, no pass is left alive, nothing is lost, nothing is done twice';
const GOAL = '0 violations';

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

/** As many delicate calls as others, by chance. */
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

async function measure({ quick, seed, progress }: Effort): Promise<Finding> {
  const parts = { id: 'lost-reply', entry: ENTRY, nameOf, progress };
  const stories = STORIES.map(({ name }): Task => ({ story: name, german: false }));
  const counted = await tryAll<Task, Told>(stories, parts);
  const all = allLosses(counted.tried);
  const calls = all.length / KINDS.length;
  progress(`lost-reply: ${calls} calls in ${stories.length} stories`);
  const tasks = quick ? someLosses(counted.tried, all, seed) : createDice(seed).shuffled(all);
  const { tried, violations: found } = await tryAll<Task, Told>(tasks, parts);
  const violations = [...counted.violations, ...found];
  const reached = tried.filter(({ result }) => result.lost !== undefined);
  const still = tried.filter(({ result }) => result.standsStill !== undefined);
  return {
    id: 'lost-reply',
    promise: PROMISE,
    figure: `${violations.length} violations, ${reached.length} replies lost of ${all.length} (${calls} calls × ${KINDS.length} ways)`,
    goal: GOAL,
    holds: violations.length === 0 && reached.length > 0 && reached.length >= tried.length * 0.9,
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
      stories: Object.fromEntries(counted.tried.map(({ task, result }) => [task.story, result.calls.length])),
    },
  };
}

/** The settling of a pass whose making was never heard of: without it such a pass lives on. */
const SETTLING: Guard = {
  file: 'bot/effects/settle-pass.ts',
  instead: `import { DONE, type Run } from './effect';\nexport const settlePass: Run<'settle-pass'> = async () => DONE;\n`,
};

async function withoutGuard(effort: Effort): Promise<Finding> {
  const parts = { id: 'lost-reply', entry: ENTRY, guard: SETTLING, nameOf, progress: effort.progress };
  const counted = await tryAll<Task, Told>([{ story: WALKS_AWAY.name, german: false }], parts);
  const makings = counted.tried.flatMap(({ result }) =>
    result.calls.filter(({ label }) => /^POST .*temporaryAccessPassMethods/.test(label)),
  );
  const tasks = makings.flatMap(({ number }) =>
    KINDS.map((as): Task => ({ story: WALKS_AWAY.name, german: false, loss: { number, as } })),
  );
  const { tried, violations } = await tryAll<Task, Told>(tasks, parts);
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
