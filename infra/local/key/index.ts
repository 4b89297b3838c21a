import type { AddressInfo } from 'node:net';

import type { AttestationRoot } from './attestation';
import { listenForControl } from './control';
import { createVirtualDevice, type KeyCondition, type KeyEvent } from './device';
import type { FingerSample } from './finger';
import { listenForReports, type Address } from './listen';
import type { Light } from './presence';
import type { KeyProfile } from './profile';
import { profiles, type ProfileName } from './profiles';
import { freshState } from './state';
import { fileStore, memoryStore } from './store';

export { makeAttestationRoot, type AttestationRoot } from './attestation';
export {
  createVirtualDevice,
  type DeviceOptions,
  type KeyCondition,
  type KeyEvent,
  type VirtualDevice,
} from './device';
export type { HidPort } from './hid/ctaphid';
export type { Light } from './presence';
export type { FingerSample } from './finger';
export type { FingerprintReader, KeyProfile } from './profile';
export { modern, profiles, type ProfileName } from './profiles';
export { freshState } from './state';
export { fileStore, memoryStore, type Store } from './store';

export interface VirtualKeyOptions {
  /** Where raw 64-byte reports are spoken. Default 127.0.0.1, a port of the system's choice. */
  listen?: Address;
  /** Where the HTTP control port listens. Default 127.0.0.1, a port of the system's choice. */
  control?: Address;
  /** Keeps PIN, credentials, counter and attestation; without it they live as long as the process. */
  stateFile?: string;
  /** `auto` touches by itself at once; `manual` waits for {@link VirtualKey.touch} or /touch/on. */
  touch: 'auto' | 'manual';
  /** Default `modern`. */
  profile?: ProfileName | KeyProfile;
  /** Makes the key's attestation under this root; without it the key has a root of its own. */
  attestation?: AttestationRoot;
  onEvent?: (event: KeyEvent) => void;
}

/** A running virtual key. */
export interface VirtualKey {
  readonly port: number;
  readonly controlPort: number;
  readonly aaguid: string;
  /** The certificate that a relying party must trust to accept this key's attestation. */
  readonly attestationRootPem: string;
  /** One short touch. It counts for the request that waits now; with none waiting it is nothing. */
  touch(): void;
  /** Changes who touches the key from now on. */
  touchBy(mode: 'auto' | 'manual'): void;
  /** One finger on the reader now. It counts for the request that waits; for one that wants a touch any will do. */
  finger(sample: FingerSample): void;
  /** What the reader is to see next, one sample for each time it asks, before it comes to fingers and `auto`. */
  fingerScript(samples: readonly FingerSample[]): void;
  /** false unplugs (connections end, new ones are refused), true plugs in again on the same port. */
  power(on: boolean): Promise<void>;
  light(): Light;
  condition(): KeyCondition;
  /** Calls back at each change of the light; returns the function that stops it. */
  onLight(callback: (light: Light) => void): () => void;
  close(): Promise<void>;
}

const ANY_PORT: Address = { host: '127.0.0.1', port: 0 };

/** Starts a virtual FIDO2 security key (CTAP 2.1 over CTAPHID on TCP) with its control port. */
export async function startVirtualKey(options: VirtualKeyOptions): Promise<VirtualKey> {
  const { stateFile, profile: named = 'modern' } = options;
  const profile = typeof named === 'string' ? profiles[named] : named;
  const initial = freshState(profile);
  const store = stateFile === undefined ? memoryStore(initial) : fileStore(stateFile, () => initial);
  const device = await createVirtualDevice({ ...options, profile, store });
  const reports = await listenForReports(device, options.listen ?? ANY_PORT, (connected) =>
    options.onEvent?.({ kind: 'host', connected }),
  );
  const power = async (on: boolean): Promise<void> => {
    if (on === device.powered()) return;
    device.power(on);
    if (on) await reports.plug();
    else reports.unplug();
  };
  const control = await listenForControl(
    {
      hold: device.hold,
      finger: device.finger,
      fingerScript: device.fingerScript,
      power,
      condition: device.condition,
    },
    options.control ?? ANY_PORT,
  );

  return {
    port: reports.port,
    controlPort: (control.address() as AddressInfo).port,
    aaguid: device.aaguid,
    attestationRootPem: device.attestationRootPem,
    touch: device.touch,
    touchBy: device.touchBy,
    finger: device.finger,
    fingerScript: device.fingerScript,
    power,
    light: device.light,
    condition: device.condition,
    onLight: device.onLight,
    close: async () => {
      device.power(false);
      await reports.close();
      control.closeAllConnections();
      await new Promise((resolve) => control.close(resolve));
    },
  };
}
