import type { Call, Key } from './key';
import { CtapError } from './status';

/** How a built-in user verification ended: `failed` was no match, `blocked` has no tries left until a PIN is given. */
export type UvOutcome = 'verified' | 'failed' | 'blocked';

/** Fingers that may still fail before only the PIN helps. */
export function uvRetries(key: Key): number {
  return key.store.read().uvRetries ?? key.profile.fingerprint?.retries ?? 0;
}

/**
 * performBuiltInUv (CTAP 2.1 §6.5.3.1): asks for a finger, with `internalRetry` again after one that does not match.
 * @throws CtapError USER_ACTION_TIMEOUT, KEEPALIVE_CANCEL; neither costs a try
 */
export async function performBuiltInUv(key: Key, call: Call, internalRetry: boolean): Promise<UvOutcome> {
  const attempts = internalRetry ? (key.profile.fingerprint?.internalRetries ?? 1) : 1;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (uvRetries(key) === 0) return 'blocked';
    const sample = await call.finger();
    if (sample === undefined) throw new CtapError('USER_ACTION_TIMEOUT', 'no finger');
    const verified = sample === 'good';
    const left = verified ? undefined : uvRetries(key) - 1;
    key.store.change((state) => ({
      ...state,
      uvRetries: left,
      uvCountSinceLastPinEntry: state.uvCountSinceLastPinEntry + 1,
    }));
    if (verified) return 'verified';
  }
  return uvRetries(key) === 0 ? 'blocked' : 'failed';
}
