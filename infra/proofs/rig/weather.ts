import { type Dice } from '../seed';
import { type Rig } from './rig';

/** How long Entra's lists lag, after something came and after it went. */
const LIST_DELAY_MS = 6_000;
const POLICY_DELAY_MS = 4_000;
const PASS_UNUSABLE_MS = 1_500;
const SIGN_IN_LOG_DELAY_MS = 5_000;

/** What Entra does on an ordinary day: changes spread late, lists lag, a fresh pass is refused for a moment. */
export function bringDelays({ entra }: Pick<Rig, 'entra'>): void {
  entra.switches.set({
    listDelayMs: LIST_DELAY_MS,
    policyPropagationMs: POLICY_DELAY_MS,
    passUnusableMs: PASS_UNUSABLE_MS,
    signInLogDelayMs: SIGN_IN_LOG_DELAY_MS,
  });
  // Both methods were switched on only now, so what is written and what is enforced differ for the first seconds.
  entra.setPolicy({ temporaryAccessPass: { state: 'enabled' }, fido2: { state: 'enabled' } });
}

const REPLIES = ['reset', 503, 504] as const;
const CALLS = ['send', 'update', 'delete'] as const;
/** Writes to storage in a story, roughly: a lost reply hits one of them. */
const WRITES = 60;

/** Two replies that get lost: one of a write to Graph, one of a call to the connector or of a write to storage. */
export interface Losses {
  graph: { method: 'POST' | 'DELETE'; path: string; as: (typeof REPLIES)[number] };
  other: { storageWrite: number } | { connector: (typeof CALLS)[number] };
}

export function chooseLosses(way: 'pass' | 'workstation', dice: Dice): Losses {
  const as = dice.one(REPLIES);
  const graph =
    way === 'pass'
      ? { method: dice.one(['POST', 'DELETE'] as const), path: 'temporaryAccessPassMethods', as }
      : { method: 'POST' as const, path: 'fido2Methods$', as };
  const other = dice.below(2) === 0 ? { storageWrite: 1 + dice.below(WRITES) } : { connector: dice.one(CALLS) };
  return { graph, other };
}

export function loseReplies({ entra, teams, lossy }: Rig, { graph, other }: Losses): void {
  const { method, path, as } = graph;
  entra.switches.fail({ method, path, then: { act: 'loseReply', as } });
  if ('storageWrite' in other) lossy.loseReply(other.storageWrite);
  else teams.switches.trouble({ on: other.connector, what: 'lost-reply' });
}

export function wordsOf({ graph, other }: Losses): string {
  const more = 'storageWrite' in other ? `write ${other.storageWrite} to storage` : `connector ${other.connector}`;
  return `lost: ${graph.method} ${graph.path} (${graph.as}), ${more}`;
}
