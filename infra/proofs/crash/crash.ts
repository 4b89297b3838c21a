import { type Effort, type Finding, type Proof } from '../proof';
import { type OutsideCall } from '../rig/played/edges';
import { type EachCall, makesPass, tryEachCall } from '../rig/played/each-call/each-call';
import { type FateName } from '../rig/played/each-call/task';
import { WALKS_AWAY } from '../rig/played/stories';
import { SETTLING } from '../rig/settling';
import { type Killed, killHosts, killUnguarded } from './killed-host';

const PROMISE = 'whatever moment a process dies at, no pass is left alive, nothing is lost, nothing is done twice';
const GOAL = '0 violations';
const DEATHS: readonly FateName[] = ['death before it', 'death after it'];
const QUICK = { deaths: 40, kills: 4 };
/** Killing a real host takes half a minute of this machine: those are a sample. */
const FULL = { kills: 100 };

/**
 * Every moment at which the world outside differs: before and after each call that changes something. Among reads, all
 * that happens is in the memory that dies.
 */
const deathsAt = ({ writes }: OutsideCall): readonly FateName[] => (writes ? DEATHS : []);

function findingOf(died: EachCall, killed: Killed, more: string): Finding {
  const violations = [...died.violations, ...killed.violations];
  const reached = died.reached + killed.reached;
  return {
    id: 'crash',
    promise: PROMISE,
    figure: `${violations.length} violations: died at ${died.reached} of ${died.points} points of every flow, hosts killed at ${killed.reached} of ${killed.points}${more}`,
    goal: GOAL,
    // A proof whose deaths do not happen proves nothing.
    holds: violations.length === 0 && reached >= (died.tried + killed.tried) * 0.9,
    violations,
    facts: { died, killed },
  };
}

async function run(effort: Effort): Promise<Finding> {
  const { quick, seed, progress } = effort;
  const some = quick ? QUICK.deaths : undefined;
  const died = await tryEachCall({ id: 'crash', fatesOf: deathsAt, some, delays: true, seed, progress });
  const killed = await killHosts(effort, quick ? QUICK.kills : FULL.kills);
  return findingOf(died, killed, '');
}

async function withoutGuard(effort: Effort): Promise<Finding> {
  const { seed, progress } = effort;
  const died = await tryEachCall({
    ...{ id: 'crash', stories: [WALKS_AWAY], guard: SETTLING, delays: true, seed, progress },
    fatesOf: (call) => (makesPass(call) ? ['death after it'] : []),
  });
  const killed = await killUnguarded(effort, SETTLING);
  const finding = findingOf(died, killed, `, without ${SETTLING.file}`);
  // Both have to miss it.
  return { ...finding, holds: died.violations.length === 0 || killed.violations.length === 0 };
}

export const crash: Proof = { id: 'crash', run, withoutGuard };
