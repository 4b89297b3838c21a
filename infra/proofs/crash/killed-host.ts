import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Effort } from '../proof';
import { buildUnguarded } from '../rig/apps';
import { type Guard } from '../rig/guard-out';
import { inLanes } from '../rig/lanes';
import { chooseLosses, type Losses, wordsOf } from '../rig/weather';
import { createDice } from '../seed';
import { allPoints, aroundTheMaking, earlierThan, isDelicate, type Place, type Point, somePoints } from './points';
import { type Played, playOnce } from './run-point';
import { COUNTED, STORY, type StoryName } from './stories';

/** Stories that are played, not only waited for, at once: half of their time people and Entra wait for each other. */
const LANES = 2 * availableParallelism();
const CONTROL_POINTS = 3;

/** The Functions host, as it is deployed, killed with SIGKILL while storage, Entra and Teams live on. */
export interface Killed {
  /** Of them there are so many. */
  points: number;
  tried: number;
  reached: number;
  violations: readonly string[];
  facts: Readonly<Record<string, unknown>>;
}

/** Plays each story once without a death: the places where one could happen. */
async function count(effort: Effort): Promise<{ places: Map<StoryName, Place[]>; violations: string[] }> {
  const { entry, seed } = effort;
  const places = new Map<StoryName, Place[]>();
  const violations: string[] = [];
  await inLanes(COUNTED, COUNTED.length, async (story, onQuiet) => {
    const played = await playOnce({ story, entry, seed, onQuiet });
    places.set(story, played.places);
    violations.push(...played.violations.map((why) => `${story}, nothing killed: ${why}`));
    effort.progress(`${story}: ${played.places.length} places (${Math.round(played.tookMs / 1000)} s)`);
  });
  places.set('walks-away', aroundTheMaking(places.get('pass') ?? []));
  return { places, violations };
}

const nameOf = ({ story, place, moment }: Point<StoryName>): string => `${story}, ${moment} ${place.number}`;

interface Trial {
  point: Point<StoryName>;
  /** Undefined: none. */
  losses?: Losses;
  seed: number;
}

interface Tried extends Trial {
  played: Played;
}

function trialOf(point: Point<StoryName>, base: number): Trial {
  const { story, place, moment } = point;
  const seed = base + place.number * 2 + (moment === 'after' ? 1 : 0);
  const dice = createDice(seed);
  // In every second one a death is all that happens: lost replies have a promise of their own.
  return dice.below(2) === 0 ? { point, seed } : { point, seed, losses: chooseLosses(STORY[story].way, dice) };
}

/** What takes longest begins first: a pass whose reply was lost is looked for until it must have come to light. */
function longestFirst(trials: readonly Trial[]): Trial[] {
  const isLong = ({ point, losses }: Trial) =>
    STORY[point.story].way === 'pass' && (losses?.graph.method === 'POST' || isDelicate(point.place.label));
  return [...trials.filter(isLong), ...trials.filter((trial) => !isLong(trial))];
}

const withWhat = ({ point, losses }: Trial, { diedAt = 'never got there' }: Played): string =>
  `${nameOf(point)} (${diedAt}; ${losses ? wordsOf(losses) : 'nothing lost'})`;

function tryAll(trials: readonly Trial[], { entry, progress }: Pick<Effort, 'entry' | 'progress'>): Promise<Tried[]> {
  let done = 0;
  return inLanes(trials, LANES, async (trial, onQuiet) => {
    const { point, losses, seed } = trial;
    const { story, place, moment } = point;
    const death = { at: place.number, moment };
    const played = await playOnce({ story, entry, seed, death, onQuiet, ...(losses && { losses }) });
    done += 1;
    const verdict = played.violations.length === 0 ? 'holds' : `${played.violations.length} VIOLATIONS`;
    progress(`${done}/${trials.length} ${withWhat(trial, played)} ${Math.round(played.tookMs / 1000)} s: ${verdict}`);
    for (const violation of played.violations) progress(`    ${violation}`);
    if (played.kept !== undefined) progress(`    kept in ${played.kept}`);
    return { ...trial, played };
  });
}

function violationsIn(tried: readonly Tried[]): string[] {
  return tried.flatMap(({ played, ...trial }) => played.violations.map((why) => `${withWhat(trial, played)}: ${why}`));
}

function factsOf(tried: readonly Tried[]) {
  const took = tried.map(({ played }) => played.tookMs).sort((a, b) => a - b);
  const those = (which: (played: Played) => boolean) =>
    tried.filter(({ played }) => which(played)).map(({ point }) => nameOf(point));
  return {
    tried: tried.length,
    notReached: those(({ diedAt }) => diedAt === undefined),
    labels: [...new Set(tried.flatMap(({ played }) => played.diedAt ?? []))].sort(),
    toldByAnotherWay: those(({ course }) => (course?.nudged ?? 0) > 0),
    left: those(({ evidence }) => evidence.left),
    showsUsedUp: those(({ evidence }) => evidence.showsUsedUp),
    storySeconds: { median: (took[took.length >> 1] ?? 0) / 1000, longest: (took.at(-1) ?? 0) / 1000 },
  };
}

/** Kills hosts at so many points, chosen by chance. */
export async function killHosts(effort: Effort, kills: number): Promise<Killed> {
  const { places, violations: atRest } = await count(effort);
  const all = allPoints(places);
  const chosen = somePoints(all, kills, createDice(effort.seed));
  const first = await tryAll(longestFirst(chosen.map((point) => trialOf(point, effort.seed))), effort);
  const missed = first.filter(({ played }) => played.diedAt === undefined);
  const again = missed.flatMap(({ point }) => earlierThan(point, all)).map((point) => trialOf(point, effort.seed));
  const tried = [...first, ...(await tryAll(again, effort))];
  const facts = factsOf(tried);
  return {
    points: all.length,
    tried: tried.length,
    reached: tried.length - facts.notReached.length,
    violations: [...atRest, ...violationsIn(tried)],
    facts: {
      ...facts,
      stories: Object.fromEntries([...places].map(([story, { length }]) => [story, length])),
    },
  };
}

/** Kills hosts of an app without a guard, around the making of a pass. */
export async function killUnguarded(effort: Effort, guard: Guard): Promise<Killed> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-control-'));
  try {
    const entry = await buildUnguarded(folder, guard);
    const { places } = await playOnce({ story: 'pass', entry, seed: effort.seed });
    // The making itself, and what is written on the way to the record that it was shown.
    const making = aroundTheMaking(places).filter(({ label }) => isDelicate(label) || !label.startsWith('GET'));
    const at = making.findIndex(({ label }) => isDelicate(label));
    if (at < 0) throw new Error('the pass story made no pass');
    const trials = making
      .slice(at, at + CONTROL_POINTS)
      .map((place): Trial => ({ point: { story: 'walks-away', place, moment: 'after' }, seed: effort.seed }));
    const tried = await tryAll(trials, { ...effort, entry });
    const facts = factsOf(tried);
    const reached = tried.length - facts.notReached.length;
    return { points: trials.length, tried: tried.length, reached, violations: violationsIn(tried), facts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
