import type { CborMap } from '../cbor/types';
import { freshState } from '../state';
import { nothingPending, type Call, type Key } from './key';
import { CtapError } from './status';

/** authenticatorReset (CTAP 2.1 §6.6): only shortly after power-up, only with a touch, and then all is gone. */
export async function reset(key: Key, _params: CborMap, call: Call): Promise<undefined> {
  if (key.now() - key.poweredAt > key.profile.resetWindowMs) throw new CtapError('NOT_ALLOWED', 'too late');
  await call.touch(key.profile.resetTouchMs);
  key.store.change((state) => freshState(key.profile, state));
  key.pin.forgive();
  key.token.reset();
  Object.assign(key.pending, nothingPending());
  for (const protocol of key.protocols.values()) protocol.regenerate();
  return undefined;
}
