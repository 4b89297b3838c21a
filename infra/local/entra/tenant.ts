import type { Clock } from './clock';
import type { State } from './state';
import type { Store } from './store';
import type { Switches } from './switches';

/** What every part of the stand-in is handed: the state, the time, the switches, and what the tenant trusts. */
export interface Tenant {
  readonly store: Store;
  readonly state: State;
  readonly clock: Clock;
  readonly switches: Switches;
  /** PEM certificates of the authorities whose attestation counts as attested. */
  readonly trustedRoots: readonly string[];
  /** AAGUID to model name, as the service's own metadata would give it. */
  readonly models: ReadonlyMap<string, string>;
}
