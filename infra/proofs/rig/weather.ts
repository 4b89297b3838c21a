import { type Dice } from '../seed';
import { type Rig } from './rig';

/** How long Entra's lists lag, after something came and after it went. */
const LIST_DELAY_MS = 6_000;
const POLICY_DELAY_MS = 4_000;
const PASS_UNUSABLE_MS = 1_500;
const SIGN_IN_LOG_DELAY_MS = 5_000;

/** What Entra does on an ordinary day: changes spread late, lists lag, a fresh pass is refused for a moment. */
export function bringDelays({ entra }: Rig): void {
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
/** Writes to storage in a story, roughly: a lost reply hits one of them. */
const WRITES = 60;

/** Two replies get lost: one of a write to Graph, one of a call to the connector or to storage. @returns which */
export function loseReplies({ entra, teams, lossy }: Rig, way: 'pass' | 'workstation', dice: Dice): string {
  const method = way === 'pass' ? dice.one(['POST', 'DELETE'] as const) : 'POST';
  const path = way === 'pass' ? 'temporaryAccessPassMethods' : 'fido2Methods$';
  const as = dice.one(REPLIES);
  entra.switches.fail({ method, path, then: { act: 'loseReply', as } });
  const graph = `${method} ${path} (${as})`;
  if (dice.below(2) === 0) {
    const nth = 1 + dice.below(WRITES);
    lossy.loseReply(nth);
    return `${graph}, write ${nth} to storage`;
  }
  const on = dice.one(['send', 'update', 'delete'] as const);
  teams.switches.trouble({ on, what: 'lost-reply' });
  return `${graph}, connector ${on}`;
}
