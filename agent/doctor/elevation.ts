import { attention, type Finding, notChecked, ok } from './finding';

/** Integrity levels of a Windows token from "high" up (well-known SIDs, whatever the language). */
const ELEVATED = /\bS-1-16-(?:12288|16384)\b/;

/** What the agent may do with keys on Windows. */
export type Reach = 'elevated' | 'hidden' | 'unknown';

/** @param groups What `whoami /groups` prints; undefined where it did not run */
export function reachOf(groups: string | undefined): Reach {
  if (groups === undefined) return 'unknown';
  return ELEVATED.test(groups) ? 'elevated' : 'hidden';
}

/** @param brokered Whether a broker opens keys for this user */
export function elevationCheck(reach: Reach, brokered: boolean): Finding {
  if (brokered) return ok('elevation', 'The Keyvouch broker opens security keys for you.');
  if (reach === 'unknown') {
    return notChecked('elevation', 'Whether the agent runs elevated is not checked: "whoami" did not answer.');
  }
  if (reach === 'elevated') return ok('elevation', 'The agent runs elevated: it may open security keys itself.');
  return attention(
    'elevation',
    'The agent runs without elevation, and Windows then hides security keys from it. Registering works all the same, through the dialog of Windows; PIN, reset, passkeys and fingerprints do not.',
    'For those, have an administrator start "keyvouch-agent broker --for" with your user name, or use a desk workstation.',
  );
}
