import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Effort, type Finding, type Proof } from '../proof';
import { buildUnguarded, type Guard } from '../rig/apps';
import { inLanes } from '../rig/lanes';
import { createDice } from '../seed';
import { allPoints, isDelicate, type Place, type Point, somePoints } from './points';
import { type Played, playOnce } from './run-point';
import { STORIES, type StoryName } from './stories';

const QUICK_POINTS = 24;
/** Stories that are played, not only waited for, at once. */
const LANES = 2;
const CONTROL_POINTS = 3;
const CONTROL_PATIENCE_MS = 100_000;

const PROMISE = 'whatever moment the host is killed at, no pass is left alive, nothing is lost, nothing is done twice';
const GOAL = '0 violations';

/** Plays each story once without a death: the places where one could happen. */
async function count(effort: Effort): Promise<{ places: Map<StoryName, Place[]>; violations: string[] }> {
  const { entry, seed } = effort;
  const places = new Map<StoryName, Place[]>();
  const violations: string[] = [];
  await inLanes(STORIES, LANES, async (story, onQuiet) => {
    const played = await playOnce({ story, entry, seed, losses: false, onQuiet });
    places.set(story, played.places);
    violations.push(...played.violations.map((why) => `${story}, nothing killed: ${why}`));
    effort.progress(`${story}: ${played.places.length} places (${Math.round(played.tookMs / 1000)} s)`);
  });
  return { places, violations };
}

const nameOf = ({ story, place, moment }: Point<StoryName>): string => `${story}, ${moment} ${place.number}`;

interface Tried {
  point: Point<StoryName>;
  played: Played;
}

function tryPoints(
  points: readonly Point<StoryName>[],
  effort: Pick<Effort, 'entry' | 'seed' | 'progress'>,
  options: { losses: boolean; patienceMs?: number },
): Promise<Tried[]> {
  let done = 0;
  return inLanes(points, LANES, async (point, onQuiet) => {
    const { story, place, moment } = point;
    const seed = effort.seed + place.number * 2 + (moment === 'after' ? 1 : 0);
    const { entry } = effort;
    const played = await playOnce({ story, entry, seed, death: { at: place.number, moment }, onQuiet, ...options });
    done += 1;
    const came = played.diedAt ?? 'never got there';
    const wrong = played.violations.length === 0 ? 'holds' : `${played.violations.length} VIOLATIONS`;
    const took = `${Math.round(played.tookMs / 1000)} s`;
    effort.progress(`${done}/${points.length} ${nameOf(point)} (${came}; ${played.lost ?? 'no losses'}; ${took}): ${wrong}`);
    for (const violation of played.violations) effort.progress(`    ${violation}`);
    return { point, played };
  });
}

function violationsIn(tried: readonly Tried[]): string[] {
  return tried.flatMap(({ point, played }) =>
    played.violations.map((why) => `${nameOf(point)} (${played.diedAt ?? 'not reached'}; ${played.lost ?? ''}): ${why}`),
  );
}

function factsOf(tried: readonly Tried[]) {
  const took = tried.map(({ played }) => played.tookMs).sort((a, b) => a - b);
  return {
    tried: tried.length,
    notReached: tried.filter(({ played }) => played.diedAt === undefined).map(({ point }) => nameOf(point)),
    labels: [...new Set(tried.flatMap(({ played }) => played.diedAt ?? []))].sort(),
    toldByAnotherWay: tried.filter(({ played }) => (played.course?.nudged ?? 0) > 0).map(({ point }) => nameOf(point)),
    showsUsedUp: tried.filter(({ played }) => played.evidence.showsUsedUp).map(({ point }) => nameOf(point)),
    storySeconds: { median: (took[took.length >> 1] ?? 0) / 1000, longest: (took.at(-1) ?? 0) / 1000 },
  };
}

async function run(effort: Effort): Promise<Finding> {
  const { places, violations: atRest } = await count(effort);
  const all = allPoints(places);
  const chosen = effort.quick ? somePoints(all, QUICK_POINTS, createDice(effort.seed)) : all;
  const tried = await tryPoints(chosen, effort, { losses: true });
  const violations = [...atRest, ...violationsIn(tried)];
  const facts = factsOf(tried);
  // A proof whose deaths do not happen proves nothing.
  const reached = tried.length - facts.notReached.length;
  return {
    id: 'crash',
    promise: PROMISE,
    figure: `${violations.length} violations, killed at ${reached} of ${all.length} points`,
    goal: GOAL,
    holds: violations.length === 0 && reached >= tried.length * 0.9,
    violations,
    facts: { ...facts, points: all.length, stories: Object.fromEntries([...places].map(([story, { length }]) => [story, length])) },
  };
}

/** The settling of a pass whose showing was not recorded: without it such a pass lives on, and its ticket never ends. */
const SETTLING: Guard = {
  file: 'bot/effects/settle-pass.ts',
  instead: `import { DONE, type Run } from './effect';\nexport const settlePass: Run<'settle-pass'> = async () => DONE;\n`,
};

async function withoutGuard(effort: Effort): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-control-'));
  try {
    const entry = await buildUnguarded(folder, SETTLING);
    const { places } = await playOnce({ story: 'pass', entry, seed: effort.seed, losses: false });
    const making = places.findIndex(({ label }) => isDelicate(label) && label.startsWith('POST'));
    if (making < 0) throw new Error('the pass story made no pass');
    // From the making itself to the record that it was shown.
    const points = places.slice(making, making + CONTROL_POINTS).map((place): Point<StoryName> => ({ story: 'pass', place, moment: 'after' }));
    const tried = await tryPoints(points, { ...effort, entry }, { losses: false, patienceMs: CONTROL_PATIENCE_MS });
    const violations = violationsIn(tried);
    return {
      id: 'crash',
      promise: PROMISE,
      figure: `${violations.length} violations at ${points.length} points without ${SETTLING.file}`,
      goal: GOAL,
      holds: violations.length === 0,
      violations,
      facts: factsOf(tried),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const crash: Proof = { id: 'crash', run, withoutGuard };
