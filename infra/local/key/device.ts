import { loadAttestation, type AttestationRoot } from './attestation';
import { openCredentials } from './credentials';
import { commandName, createAuthenticator, type Authenticator } from './ctap/authenticator';
import { nothingPending, type Key } from './ctap/key';
import type { FingerSample } from './finger';
import { createCtapHid, type HidPort } from './hid/ctaphid';
import { createPinGate } from './pin/gate';
import { createProtocol } from './pin/protocol';
import { createToken } from './pin/token';
import { createPresence, type Light } from './presence';
import type { KeyProfile } from './profile';
import type { Store } from './store';
import { answerU2f } from './u2f';
import { answerYubicoCommand } from './yubikey';

/** What happens on the key, for logs and tests. `status` is the CTAP status byte, `why` the key's own words for it. */
export type KeyEvent =
  | { readonly kind: 'command'; readonly command: string; readonly status: number; readonly why?: string }
  | { readonly kind: 'light'; readonly light: Light }
  | { readonly kind: 'power'; readonly on: boolean }
  | { readonly kind: 'host'; readonly connected: boolean };

/** What a person could find out about the key by looking at it and trying it. */
export interface KeyCondition {
  readonly light: Light;
  readonly power: boolean;
  readonly pinSet: boolean;
  readonly pinRetries: number;
  readonly credentials: number;
  /** Enrolled fingerprints. */
  readonly fingerprints: number;
}

export interface DeviceOptions {
  readonly profile: KeyProfile;
  readonly store: Store;
  readonly touch: 'auto' | 'manual';
  /** Makes the key's attestation under this root; without it the key has a root of its own. */
  readonly attestation?: AttestationRoot | undefined;
  readonly onEvent?: ((event: KeyEvent) => void) | undefined;
  /** Milliseconds that only go forward. Default: performance.now. */
  readonly now?: (() => number) | undefined;
}

/** A virtual key without any wire: 64-byte reports in, 64-byte reports out. For sockets, /dev/uhid and tests. */
export interface VirtualDevice {
  readonly aaguid: string;
  readonly attestationRootPem: string;
  attach(send: (report: Buffer) => void): HidPort;
  touch(): void;
  /** One finger on the reader now. It counts for the request that waits; for one that wants a touch any will do. */
  finger(sample: FingerSample): void;
  /** What the reader is to see next, one sample for each time it asks, before it comes to fingers and `auto`. */
  fingerScript(samples: readonly FingerSample[]): void;
  hold(down: boolean): void;
  /** Changes who touches the key from now on. */
  touchBy(mode: 'auto' | 'manual'): void;
  /** Off forgets everything volatile; on starts anew, with a new window for reset. Starts on. */
  power(on: boolean): void;
  powered(): boolean;
  light(): Light;
  onLight(callback: (light: Light) => void): () => void;
  condition(): KeyCondition;
}

export async function createVirtualDevice(options: DeviceOptions): Promise<VirtualDevice> {
  const { profile, store } = options;
  const emit = (event: KeyEvent): void => options.onEvent?.(event);
  const now = options.now ?? (() => performance.now());
  const attestation = await loadAttestation(profile, store, options.attestation);
  const presence = createPresence(options.touch, profile.touchTimeoutMs);
  presence.onLight((light) => emit({ kind: 'light', light }));

  const powerUp = (): { key: Key; authenticator: Authenticator } => {
    const key: Key = {
      profile,
      store,
      credentials: openCredentials(store, profile.maxDiscoverableCredentials),
      attestation,
      protocols: new Map(profile.pinUvAuthProtocols.map((version) => [version, createProtocol(version)])),
      token: createToken(now, profile.pinUvAuthToken),
      pin: createPinGate(profile, store),
      now,
      poweredAt: now(),
      pending: nothingPending(),
    };
    const authenticator = createAuthenticator(key, ({ command, ...outcome }) =>
      emit({ kind: 'command', command: commandName(command), ...outcome }),
    );
    return { key, authenticator };
  };

  let chip = powerUp();
  let powered = true;

  const hid = createCtapHid(
    {
      cbor: (message, { signal, status }) =>
        chip.authenticator.handle(message, {
          touch: async (forMs) => {
            status(2);
            await presence.wait(signal, forMs);
            status(1);
          },
          finger: async (timeoutMs) => {
            status(2);
            const sample = await presence.sample(signal, timeoutMs);
            status(1);
            return sample;
          },
        }),
      msg: profile.versions.includes('U2F_V2')
        ? async (message) => answerU2f(chip.key, message, presence.poll)
        : undefined,
      vendor: (command) => answerYubicoCommand(profile, command),
      wink: presence.wink,
    },
    [profile.firmwareVersion >> 16, (profile.firmwareVersion >> 8) & 0xff, profile.firmwareVersion & 0xff],
  );

  return {
    aaguid: profile.aaguid,
    attestationRootPem: attestation.rootCertPem,
    attach: (send) => {
      const port = hid.attach(send);
      return { receive: (report) => (powered ? port.receive(report) : undefined), detach: port.detach };
    },
    touch: () => presence.tap(),
    finger: presence.tap,
    fingerScript: presence.script,
    hold: presence.hold,
    touchBy: presence.by,
    power: (on) => {
      if (on === powered) return;
      powered = on;
      hid.reset();
      presence.reset();
      if (on) chip = powerUp();
      emit({ kind: 'power', on });
    },
    powered: () => powered,
    light: presence.light,
    onLight: presence.onLight,
    condition: () => ({
      light: presence.light(),
      power: powered,
      pinSet: chip.key.pin.isSet(),
      pinRetries: chip.key.pin.retries(),
      credentials: store.read().credentials.length,
      fingerprints: store.read().fingerprints.length,
    }),
  };
}
