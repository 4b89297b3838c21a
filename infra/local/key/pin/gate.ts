import { timingSafeEqual } from 'node:crypto';

import { CtapError } from '../ctap/status';
import { sha256 } from '../credentials';
import type { KeyProfile } from '../profile';
import type { Store } from '../store';
import { isEasyGuess } from './complexity';
import type { PinUvAuthProtocol, SharedSecret } from './protocol';

/** The PIN of a key, its retry counter, and the stop after three wrong ones in a row. */
export interface PinGate {
  isSet(): boolean;
  retries(): number;
  /** True once only a power cycle brings tries back (CTAP 2.1 §6.5.5.2). */
  powerCycleNeeded(): boolean;
  /** @throws CtapError PIN_BLOCKED or PIN_AUTH_BLOCKED, without costing a try */
  assertOpen(): void;
  /**
   * Compares an encrypted PIN hash. The try is taken off the counter, on disk, before anything is compared.
   * @throws CtapError PIN_INVALID, PIN_AUTH_BLOCKED, PIN_BLOCKED
   */
  check(protocol: PinUvAuthProtocol, secret: SharedSecret, pinHashEnc: Buffer): void;
  /** @throws CtapError PIN_POLICY_VIOLATION */
  set(paddedPin: Buffer): void;
  /** After a reset wrong tries of before do not count. */
  forgive(): void;
}

const PADDED_LENGTH = 64;
const HASH_LENGTH = 16;

export function createPinGate(profile: KeyProfile, store: Store): PinGate {
  let wrongInARow = 0;

  const assertOpen = (): void => {
    if (store.read().pinRetries === 0) throw new CtapError('PIN_BLOCKED');
    if (wrongInARow >= profile.pinRetriesPerPowerCycle) throw new CtapError('PIN_AUTH_BLOCKED');
  };

  return {
    isSet: () => store.read().pin !== null,
    retries: () => store.read().pinRetries,
    powerCycleNeeded: () => wrongInARow >= profile.pinRetriesPerPowerCycle,
    assertOpen,
    check: (protocol, secret, pinHashEnc) => {
      assertOpen();
      const { pin } = store.read();
      if (pin === null) throw new CtapError('PIN_NOT_SET');
      store.change((state) => ({ ...state, pinRetries: state.pinRetries - 1 }));
      const given = protocol.decrypt(secret, pinHashEnc);
      const kept = Buffer.from(pin.hash, 'base64url');
      if (given?.length === HASH_LENGTH && timingSafeEqual(given, kept)) {
        wrongInARow = 0;
        // The right PIN also unlocks the fingerprint (CTAP 2.1 §6.5.5.2).
        store.change((state) => ({
          ...state,
          pinRetries: profile.pinRetries,
          uvRetries: undefined,
          uvCountSinceLastPinEntry: 0,
        }));
        return;
      }
      wrongInARow += 1;
      protocol.regenerate();
      assertOpen();
      throw new CtapError('PIN_INVALID');
    },
    set: (paddedPin) => {
      const { hash, pin } = readNewPin(paddedPin);
      const codePoints = Array.from(pin).length;
      const state = store.read();
      if (codePoints < state.minPinLength) throw new CtapError('PIN_POLICY_VIOLATION', 'too short');
      if (codePoints > (profile.maxPinLength ?? Infinity)) throw new CtapError('PIN_POLICY_VIOLATION', 'too long');
      if (profile.pinComplexity === true && isEasyGuess(pin)) throw new CtapError('PIN_POLICY_VIOLATION', 'too easy');
      if (state.forcePinChange && state.pin?.hash === hash) throw new CtapError('PIN_POLICY_VIOLATION', 'the same PIN');
      store.change((now) => ({
        ...now,
        pin: { hash, codePoints },
        pinRetries: profile.pinRetries,
        forcePinChange: false,
      }));
      wrongInARow = 0;
    },
    forgive: () => {
      wrongInARow = 0;
    },
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A new PIN: up to 63 bytes of UTF-8, padded with zeros to 64 (CTAP 2.1 §6.5.1). */
function readNewPin(padded: Buffer): { hash: string; pin: string } {
  if (padded.length !== PADDED_LENGTH) throw new CtapError('INVALID_PARAMETER', 'newPin is not padded to 64 bytes');
  if (padded[PADDED_LENGTH - 1] !== 0) throw new CtapError('PIN_POLICY_VIOLATION', 'longer than 63 bytes');
  const end = padded.findLastIndex((byte) => byte !== 0) + 1;
  const pin = padded.subarray(0, end);
  return { hash: sha256(pin).subarray(0, HASH_LENGTH).toString('base64url'), pin: decode(pin) };
}

function decode(pin: Buffer): string {
  try {
    return utf8.decode(pin);
  } catch {
    throw new CtapError('PIN_POLICY_VIOLATION', 'not UTF-8');
  }
}
