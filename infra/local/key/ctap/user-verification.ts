import type { Permission } from '../pin/token';
import { speaksCtap21 } from '../profile';
import { performBuiltInUv } from './built-in-uv';
import { hasFingerprints, isProtected, type Call, type Key } from './key';
import { verifyForRp, type PinUvAuthParam } from './pin-uv-auth';
import { CtapError } from './status';

/** What of a person is known before the touch. */
export interface Evidence {
  readonly userVerified: boolean;
  /** A finger on the reader is a touch already. */
  readonly userPresent: boolean;
}

/** What a request for a registration or an assertion says of the user. */
export interface Demand {
  readonly auth: PinUvAuthParam | undefined;
  /** The option `uv`. Beside a pinUvAuthParam it says nothing. */
  readonly uv: boolean;
  /** Whether the request as such needs user verification if it brings none. */
  readonly needed: boolean;
  readonly clientDataHash: Buffer;
  readonly rpId: string;
  readonly permission: (typeof Permission)['mc' | 'ga'];
}

/** How a request's user is verified: by the token it brings, by a finger, or not at all. */
export type Way = 'token' | 'finger' | 'none';

/**
 * Settles how the user is verified (makeCredential, CTAP 2.1 §6.1.2 steps 5 to 8; getAssertion, §6.2.2 steps 4 and 5).
 * @throws CtapError INVALID_OPTION, PUAT_REQUIRED, OPERATION_DENIED
 */
export function wayOfVerification(key: Key, { auth, uv, needed }: Demand): Way {
  if (auth !== undefined) return 'token';
  if (uv && !hasFingerprints(key)) {
    throw new CtapError(
      speaksCtap21(key.profile) ? 'INVALID_OPTION' : 'UNSUPPORTED_OPTION',
      'no built-in verification',
    );
  }
  // With alwaysUv the reader is asked also where the platform does not ask for it (§7.2.3).
  if (uv || (needed && key.store.read().alwaysUv && hasFingerprints(key))) return 'finger';
  if (needed) throw pinWanted(key);
  return 'none';
}

/**
 * Verifies the user (§6.1.2 step 11, §6.2.2 step 6).
 * @throws CtapError PIN_AUTH_INVALID, PUAT_REQUIRED, OPERATION_DENIED, USER_ACTION_TIMEOUT
 */
export async function verifyUser(key: Key, call: Call, way: Way, demand: Demand): Promise<Evidence> {
  if (way === 'none') return { userVerified: false, userPresent: false };
  if (demand.auth !== undefined) {
    verifyForRp(key, demand.auth, demand.clientDataHash, demand.permission, demand.rpId);
    return { userVerified: true, userPresent: key.token.userPresent() };
  }
  if ((await performBuiltInUv(key, call, true)) !== 'verified') throw pinWanted(key);
  return { userVerified: true, userPresent: true };
}

/** Whether a registration without pinUvAuthParam and uv must not go through (§6.1.2 steps 6 to 8). */
export function registrationNeedsUv(key: Key, rk: boolean): boolean {
  const { makeCredUvNotRqd = true } = key.profile;
  return key.store.read().alwaysUv || (isProtected(key) && (rk || !makeCredUvNotRqd));
}

/** Sends the platform to the PIN, or away if a PIN would not help. */
function pinWanted(key: Key): CtapError {
  return new CtapError(key.profile.noMcGaPermissionsWithClientPin === true ? 'OPERATION_DENIED' : 'PUAT_REQUIRED');
}
