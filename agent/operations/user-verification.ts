import { type ClientPin, createClientPin, type TokenRequest } from '../ctap/client-pin';
import { hasStatus } from '../ctap/ctap-fault';
import { PERMISSION, type PinToken } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
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

const MC_OR_GA = PERMISSION.makeCredential | PERMISSION.getAssertion;

/**
 * Gets a token for one purpose, by fingerprint where the key has one enrolled, by PIN otherwise.
 *
 * @param pin typed a moment ago: used without asking
 * @throws Fault `key-no-verification`, and all of the PIN
 */
export async function verifyUser(
  key: Key,
  request: TokenRequest,
  { prompts, signal, pin }: Dialogue & { pin?: Secret | undefined },
): Promise<Verified> {
  const { options, minPinLength } = key.info;
  const clientPin = createClientPin(key.ctap, key.info);
  const byUv = options['uv'] === true && options['pinUvAuthToken'] === true;
  const pinMayNot = options['noMcGaPermissionsWithClientPin'] === true && (request.permissions & MC_OR_GA) !== 0;
  const byPin = hasPin(key) === true && !pinMayNot;
  if (byUv && !(pin && byPin)) {
    const token = await byFingerprint(clientPin, request, { prompts, signal }, byPin);
    if (token) return { token, pin: undefined };
  }
  if (!byPin) throw noVerification(pinMayNot);
  const entry = { prompts, signal, minimum: Math.max(4, minPinLength), pin };
  const verified = await withPin(clientPin, entry, (typed) => clientPin.tokenUsingPin(typed, request));
  return { token: verified.result, pin: verified.pin };
}

/** Undefined when the fingerprint did not do and the PIN may. */
async function byFingerprint(
  clientPin: ClientPin,
  request: TokenRequest,
  { prompts, signal }: Dialogue,
  pinIsNext: boolean,
): Promise<PinToken | undefined> {
  try {
    return await withTouch(prompts, 'Put your finger on the key.', (onKeepalive) =>
      clientPin.tokenUsingUv(request, { signal, onKeepalive }),
    );
  } catch (error) {
    const gaveUp = hasStatus(
      error,
      STATUS.UV_BLOCKED,
      STATUS.UV_INVALID,
      STATUS.PUAT_REQUIRED,
      STATUS.OPERATION_DENIED,
    );
    if (!gaveUp || !pinIsNext) throw error;
    prompts.say(`${error.say} The PIN of the key will do.`);
    return undefined;
  }
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
