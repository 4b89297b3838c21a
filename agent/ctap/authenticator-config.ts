import { type CborMap, cborMap, encodeCbor } from './cbor';
import { CTAP2, type Ctap } from './ctap';
import { type PinToken } from './pin-token';

/** Subcommands of authenticatorConfig (CTAP 2.1 §6.11). The vendor's own (0xff) is never sent. */
const SUB = {
  enableEnterpriseAttestation: 0x01,
  toggleAlwaysUv: 0x02,
  setMinPinLength: 0x03,
} as const;

/** What setMinPINLength changes; what is left out stays (CTAP 2.1 §6.11.4). */
export interface MinPinLength {
  /** Code points; can only grow. */
  newMinPinLength?: number | undefined;
  /** The relying parties that may read the minimum; replaces the list that was there. */
  minPinLengthRpIds?: readonly string[] | undefined;
  /** The PIN must be changed before it is good for anything else. */
  forceChangePin?: boolean | undefined;
}

/** The settings of a key that can be changed. */
export interface AuthenticatorConfig {
  enableEnterpriseAttestation(): Promise<void>;
  /** Turns alwaysUv over, whatever it was: read it before, and again after. */
  toggleAlwaysUv(): Promise<void>;
  setMinPinLength(change: MinPinLength): Promise<void>;
}

/** Bytes in front of what is signed, so that no signature for another command fits. */
const PREFIX = Buffer.concat([Buffer.alloc(32, 0xff), Buffer.of(CTAP2.authenticatorConfig)]);

/**
 * Speaks authenticatorConfig to a key.
 *
 * @param token with the permission authenticatorConfiguration; left out where the key has no PIN and no fingerprint yet
 */
export function createAuthenticatorConfig(ctap: Ctap, token: PinToken | undefined): AuthenticatorConfig {
  async function ask(subCommand: number, parameters?: CborMap): Promise<void> {
    const encoded = parameters ? encodeCbor(parameters) : Buffer.alloc(0);
    const signed = Buffer.concat([PREFIX, Buffer.of(subCommand), encoded]);
    const request = cborMap([
      [0x01, subCommand],
      [0x02, parameters],
      [0x03, token?.protocol],
      [0x04, token?.authenticate(signed)],
    ]);
    await ctap.send(CTAP2.authenticatorConfig, request);
  }

  return {
    enableEnterpriseAttestation: () => ask(SUB.enableEnterpriseAttestation),
    toggleAlwaysUv: () => ask(SUB.toggleAlwaysUv),
    setMinPinLength: ({ newMinPinLength, minPinLengthRpIds, forceChangePin }) =>
      ask(
        SUB.setMinPinLength,
        cborMap([
          [0x01, newMinPinLength],
          [0x02, minPinLengthRpIds],
          [0x03, forceChangePin],
        ]),
      ),
  };
}
