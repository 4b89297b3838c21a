import type { Store } from '../store';

/** The signature counter after this signature. It is on disk before the signature leaves the key. */
export function nextSignCount(store: Store): number {
  const next = store.read().signCount + 1;
  store.change((state) => ({ ...state, signCount: next }));
  return next;
}
