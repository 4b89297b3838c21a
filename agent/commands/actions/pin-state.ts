import { type KeyReport } from '../../operations/inspect';

/** The state of the PIN in a few words. */
export function pinState(pin: KeyReport['pin']): string {
  if (!pin.supported) return 'no PIN possible';
  if (!pin.set) return 'no PIN yet';
  if (pin.blocked) return 'PIN locked for ever';
  if (pin.replugNeeded) return `PIN set, unplug and replug before the next try (${pin.retriesLeft ?? '?'} left)`;
  return `PIN set, ${pin.retriesLeft ?? '?'} tries left${pin.mustChange ? ', must be changed' : ''}`;
}
