import { type Effort, type Finding, type Proof } from '../proof';
import { makesPass, tryEachCall } from '../rig/played/each-call/each-call';
import { type FateName } from '../rig/played/each-call/task';
import { WALKS_AWAY } from '../rig/played/stories';
import { SETTLING } from '../rig/settling';

const WAYS: readonly FateName[] = ['its reply lost by time-out', 'its reply lost by 503', 'its reply lost by reset'];
const QUICK_POINTS = 40;
const PROMISE =
  'when an outside call worked and its reply was lost, no pass is left alive, nothing is lost, nothing is done twice';
const GOAL = '0 violations';

async function measure({ quick, seed, progress }: Effort): Promise<Finding> {
  const some = quick ? QUICK_POINTS : undefined;
  const found = await tryEachCall({ id: 'lost-reply', fatesOf: () => WAYS, some, seed, progress });
  const { points, tried, reached, violations } = found;
  return {
    id: 'lost-reply',
    promise: PROMISE,
    figure: `${violations.length} violations, ${reached} replies lost of ${points} (${points / WAYS.length} calls × ${WAYS.length} ways)`,
    goal: GOAL,
    holds: violations.length === 0 && reached > 0 && reached >= tried * 0.9,
    violations,
    facts: { ...found },
  };
}

async function withoutGuard({ seed, progress }: Effort): Promise<Finding> {
  const { tried, violations } = await tryEachCall({
    ...{ id: 'lost-reply', stories: [WALKS_AWAY], guard: SETTLING, seed, progress },
    fatesOf: (call) => (makesPass(call) ? WAYS : []),
  });
  return {
    id: 'lost-reply',
    promise: PROMISE,
    figure: `${violations.length} violations at ${tried} lost replies, without ${SETTLING.file}`,
    goal: GOAL,
    holds: violations.length === 0,
    violations,
    facts: { tried },
  };
}

export const lostReply: Proof = { id: 'lost-reply', run: measure, withoutGuard };
