import { createDice } from '../../../seed';
import { type Guard } from '../../guard-out';
import { type OutsideCall } from '../edges';
import { type Story, STORIES } from '../stories';
import { tryAll } from '../try-all';
import { type FateName, type Task, type Told } from './task';

const ENTRY = 'infra/proofs/rig/played/each-call/lane.ts';

export interface EachCallOptions {
  /** The proof's id. */
  id: string;
  /** What is to befall a call, each in a story of its own; none: it is passed over. */
  fatesOf: (call: OutsideCall) => readonly FateName[];
  /** Default: all. */
  stories?: readonly Story[];
  /** How many are tried, by chance; default: all. */
  some?: number | undefined;
  delays?: boolean;
  guard?: Guard;
  seed: number;
  progress: (text: string) => void;
}

interface Tried {
  task: Task;
  result: Told;
}

interface Point {
  task: Task;
  call: OutsideCall;
}

export interface EachCall {
  /** Calls that the stories make where nothing befalls them, by story. */
  calls: Readonly<Record<string, number>>;
  /** Stories in which something is to befall a call: so many there are. */
  points: number;
  tried: number;
  /** Of these, those where it came to it: a story may take another turn. */
  reached: number;
  reachedByWorld: Readonly<Record<string, number>>;
  /** Stories that stand still, and say so. */
  standStill: string[];
  strayCards: number;
  violations: string[];
}

/** Calls that change something outside of the tables: where most hangs on a call. */
const isDelicate = ({ to, writes }: OutsideCall): boolean => to !== 'tables' && writes;

const nameOf = ({ story, befalls }: Task, { befallen }: Told): string =>
  `${story}, ${befalls ? `call ${befalls.number}, ${befalls.fate} (${befallen ?? 'never got there'})` : 'nothing befell it'}`;

/** In an order that is the same for the same stories, whichever was counted first. */
function pointsOf(counted: readonly Tried[], fatesOf: EachCallOptions['fatesOf']): Point[] {
  const inOrder = [...counted].sort((a, b) => a.task.story.localeCompare(b.task.story));
  return inOrder.flatMap(({ task, result }) =>
    result.calls.flatMap((call) =>
      fatesOf(call).map((fate) => {
        const befalls = { number: call.number, fate };
        return { task: { ...task, german: call.number % 2 === 0, befalls }, call };
      }),
    ),
  );
}

/** Some by chance, as many delicate ones as others; or all, what changes something first, because all take long. */
function chosen(points: readonly Point[], some: number | undefined, seed: number): Point[] {
  const shuffled = createDice(seed).shuffled(points);
  const first = ({ call }: Point): boolean => (some === undefined ? call.writes : isDelicate(call));
  const half = some === undefined ? Infinity : some / 2;
  const others = shuffled.filter((point) => !first(point));
  return [...shuffled.filter(first).slice(0, half), ...others.slice(0, half)];
}

/** Plays stories again and again, with something that befalls another call each time. */
export async function tryEachCall(options: EachCallOptions): Promise<EachCall> {
  const { id, fatesOf, stories = STORIES, some, delays = false, guard, seed, progress } = options;
  const parts = { id, entry: ENTRY, nameOf, progress, ...(guard && { guard }) };
  const calm = stories.map(({ name }): Task => ({ story: name, german: false, delays }));
  const counted = await tryAll<Task, Told>(calm, parts);
  const points = pointsOf(counted.tried, fatesOf);
  const writes = points.filter(({ call }) => call.writes).length;
  progress(
    `${id}: ${points.length} points in ${stories.length} stories, ${writes} of them at calls that change something`,
  );
  const { tried, violations } = await tryAll<Task, Told>(
    chosen(points, some, seed).map(({ task }) => task),
    parts,
  );
  const reached = tried.filter(({ result }) => result.befallen !== undefined);
  const still = ({ task, result }: Tried): string[] =>
    result.standsStill === undefined ? [] : [`${nameOf(task, result)}: ${result.standsStill}`];
  return {
    calls: Object.fromEntries(counted.tried.map(({ task, result }) => [task.story, result.calls.length])),
    points: points.length,
    tried: tried.length,
    reached: reached.length,
    reachedByWorld: Object.fromEntries(
      ['graph', 'teams', 'tables'].map((world) => [
        world,
        reached.filter(({ result }) => result.befallen?.startsWith(`${world} `)).length,
      ]),
    ),
    standStill: tried.flatMap(still),
    strayCards: tried.reduce((sum, { result }) => sum + result.stray.length, 0),
    violations: [...counted.violations, ...violations],
  };
}

/** The call that makes a pass. */
export const makesPass = ({ label }: OutsideCall): boolean => /^POST .*temporaryAccessPassMethods/.test(label);
