import { type ClientPin, createClientPin, type TokenRequest } from '../ctap/client-pin';
import { hasStatus } from '../ctap/ctap-fault';
import { PERMISSION, type PinToken } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { offerPinChange } from './forced-pin-change';
import { type Key } from './key';
import { withPin } from './pin-entry';
import { type Dialogue, hasPin } from './set-pin';
import { withTouch } from './touch';

/** The person showed the key who they are. */
export interface Verified {
  token: PinToken;
  /** The PIN, where one was typed: kept only as long as the operation may need it again. */
  pin: Secret | undefined;
}

/** What the person may be asked for. `pin` was typed a moment ago: it is used without asking. */
export type VerificationDialogue = Dialogue & { pin?: Secret | undefined };

/** Whatever a key prefers: after so many the person wants the PIN. */
const MOST_UV_ATTEMPTS = 5;
const MC_OR_GA = PERMISSION.makeCredential | PERMISSION.getAssertion;

/**
 * Gets a token for one purpose, by fingerprint where the key has one enrolled and lets it do for this purpose, by PIN
 * otherwise. The caller wipes it; {@link withToken} does so by itself.
 *
 * @throws Fault `key-no-verification`, `key-pin-must-change`, and all of the PIN
 */
export async function verifyUser(key: Key, request: TokenRequest, dialogue: VerificationDialogue): Promise<Verified> {
  const { prompts, signal, pin } = dialogue;
  const clientPin = createClientPin(key.ctap, key.info);
  const pinMayNot = key.info.options['noMcGaPermissionsWithClientPin'] === true && wants(request, MC_OR_GA);
  const byPin = hasPin(key) === true && !pinMayNot;
  if (uvMay(key, request) && !(pin && byPin)) {
    const token = await byFingerprint({ key, clientPin, byPin }, request, { prompts, signal });
    if (token) return { token, pin: undefined };
  }
  if (!byPin) throw noVerification(pinMayNot);
  // Asked before the PIN is: the key would take the right PIN and then refuse all the same.
  const changed = key.info.forcePinChange ? await offerPinChange(key, { prompts, signal }) : undefined;
  const entry = { prompts, signal, minimum: Math.max(4, key.info.minPinLength), pin: changed ?? pin };
  try {
    const verified = await withPin(clientPin, entry, (typed) => clientPin.tokenUsingPin(typed, request));
    return { token: verified.result, pin: verified.pin };
  } catch (error) {
    // The right PIN, and yet no token: another program may have forced a change since getInfo was read.
    const sudden = hasStatus(error, STATUS.PIN_POLICY_VIOLATION) && !key.info.forcePinChange;
    if (!sudden || !(await key.refresh()).forcePinChange) throw error;
    return verifyUser(key, request, { prompts, signal });
  }
}

/** Verifies the person, does `run` with the token, and overwrites it whatever happened. */
export async function withToken<T>(
  key: Key,
  request: TokenRequest,
  dialogue: VerificationDialogue,
  run: (verified: Verified) => Promise<T>,
): Promise<T> {
  const verified = await verifyUser(key, request, dialogue);
  try {
    return await run(verified);
  } finally {
    verified.token.wipe();
  }
}

/** Whether the key lets whoever holds it do things that otherwise need its person: it has no PIN and no fingerprint. */
export function isUnprotected({ info: { options } }: Pick<Key, 'info'>): boolean {
  return options['clientPin'] !== true && options['uv'] !== true;
}

/** Whether the key's own reader may give such a token (CTAP 2.1 §6.5.5.7.3). */
function uvMay({ info: { options } }: Key, request: TokenRequest): boolean {
  if (options['uv'] !== true || options['pinUvAuthToken'] !== true) return false;
  if (wants(request, PERMISSION.bioEnrollment) && options['uvBioEnroll'] !== true) return false;
  return !wants(request, PERMISSION.authenticatorConfiguration) || options['uvAcfg'] === true;
}

function wants({ permissions }: TokenRequest, some: number): boolean {
  return (permissions & some) !== 0;
}

/** Undefined when the fingerprint did not do and the PIN may. */
async function byFingerprint(
  { key, clientPin, byPin }: { key: Key; clientPin: ClientPin; byPin: boolean },
  request: TokenRequest,
  { prompts, signal }: Dialogue,
): Promise<PinToken | undefined> {
  for (let left = uvAttempts(key); ; left--) {
    try {
      return await withTouch(prompts, 'Put your finger on the key.', (onKeepalive) =>
        clientPin.tokenUsingUv(request, { signal, onKeepalive }),
      );
    } catch (error) {
      if (hasStatus(error, STATUS.UV_INVALID) && left > 1) {
        prompts.say(`${error.say} Try again.`);
        continue;
      }
      const gaveUp = hasStatus(
        error,
        STATUS.UV_BLOCKED,
        STATUS.UV_INVALID,
        STATUS.PUAT_REQUIRED,
        STATUS.OPERATION_DENIED,
      );
      if (!gaveUp || !byPin) throw error;
      prompts.say(`${error.say} The PIN of the key will do.`);
      return undefined;
    }
  }
}

/** How often the key itself wants to be asked before the PIN is (preferredPlatformUvAttempts, CTAP 2.1 §6.4). */
function uvAttempts({ info: { preferredPlatformUvAttempts = 1 } }: Key): number {
  return Math.min(Math.max(preferredPlatformUvAttempts, 1), MOST_UV_ATTEMPTS);
}

function noVerification(pinMayNot: boolean): Fault {
  return new Fault({
    code: 'key-no-verification',
    say: pinMayNot
      ? 'This security key wants a fingerprint for this, and none is enrolled.'
      : 'This security key has neither a PIN nor a fingerprint set up.',
    todo: pinMayNot ? 'Enrol a fingerprint on the key first.' : 'Set a PIN on the key first.',
  });
}
