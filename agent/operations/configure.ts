import { createAuthenticatorConfig, type AuthenticatorConfig } from '../ctap/authenticator-config';
import { ctapFault, hasStatus } from '../ctap/ctap-fault';
import { PERMISSION } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { Fault } from '../protocol/fault';
import { type Key } from './key';
import { keyConfig, type KeyConfig } from './key-config';
import { type Dialogue, hasPin } from './set-pin';
import { settingFixed, settingMissing, settingNotKept } from './setting-faults';
import { isUnprotected, withToken } from './user-verification';

export { keyConfig, type KeyConfig };

/**
 * Makes the key ask for PIN or fingerprint at every use, or not. On the wire this is a toggle: the state is read before
 * and checked after.
 *
 * @throws Fault `key-setting-missing`, `key-setting-fixed` where the key lets nobody change it, `key-setting-failed`,
 *   and all of the PIN
 */
export async function setAlwaysUv(key: Key, on: boolean, dialogue: Dialogue): Promise<'changed' | 'already'> {
  const { alwaysUv, canConfigure } = keyConfig({ info: await key.refresh() });
  if (alwaysUv === undefined) throw settingMissing('asking for PIN or fingerprint at every use');
  if (alwaysUv === on) return 'already';
  if (!canConfigure) throw settingFixed();
  await configured(key, dialogue, async (config) => {
    // While the person typed, nothing else may have turned it over: a toggle would undo that.
    if (keyConfig({ info: await key.refresh() }).alwaysUv === on) return;
    try {
      await config.toggleAlwaysUv();
    } catch (error) {
      // What a key answers whose alwaysUv cannot be turned off again (CTAP 2.1 §6.11.2).
      throw hasStatus(error, STATUS.OPERATION_DENIED) ? settingFixed(error) : error;
    }
  });
  if (keyConfig(key).alwaysUv !== on) throw settingNotKept();
  return 'changed';
}

/** What becomes of the minimum length of PINs. */
export interface MinimumPin extends Dialogue {
  /** Code points, 4 to 63; can only grow, and only a reset lowers it. */
  length?: number | undefined;
  /** Relying parties that may read the minimum; replaces the list that was there. */
  rpIds?: readonly string[] | undefined;
  /** The PIN must be changed before the key does anything else. */
  forceChange?: boolean | undefined;
}

/**
 * Sets the minimum length of PINs, who may read it, and whether the PIN must be changed. A PIN that is shorter than the
 * new minimum must be changed too: `key.info.forcePinChange` says so afterwards.
 *
 * @throws Fault `key-setting-missing`, `pin-minimum-invalid`, `pin-minimum-lower`, `pin-minimum-sites`,
 *   `key-setting-failed`, `key-pin-not-set` for a forced change where there is no PIN, and all of the PIN
 */
export async function setMinimumPin(key: Key, request: MinimumPin): Promise<void> {
  const { length, rpIds, forceChange } = request;
  const before = keyConfig({ info: await key.refresh() });
  if (!before.canSetMinPin) throw settingMissing('a minimum length of PINs');
  checkMinimum(before, request);
  if (forceChange === true && hasPin(key) !== true) throw ctapFault(STATUS.PIN_NOT_SET);
  // Said already and not to be said twice: an unchanged length is left out.
  const newMinPinLength = length === before.minPinLength ? undefined : length;
  const minPinLengthRpIds = rpIds && [...new Set(rpIds)];
  const forceChangePin = forceChange === true ? true : undefined;
  if (newMinPinLength === undefined && minPinLengthRpIds === undefined && forceChangePin === undefined) return;
  await configured(key, request, (config) =>
    config.setMinPinLength({ newMinPinLength, minPinLengthRpIds, forceChangePin }),
  );
  const after = keyConfig(key);
  const kept = length === undefined || after.minPinLength === length;
  if (!kept || (forceChange === true && !after.forcePinChange)) throw settingNotKept();
}

/**
 * Lets the key give attestations that name it; only a reset turns that off.
 *
 * @throws Fault `key-setting-missing`, `key-setting-fixed`, `key-setting-failed`, and all of the PIN
 */
export async function enableEnterpriseAttestation(key: Key, dialogue: Dialogue): Promise<'changed' | 'already'> {
  const { enterpriseAttestation, canConfigure } = keyConfig({ info: await key.refresh() });
  if (enterpriseAttestation === undefined) throw settingMissing('enterprise attestation');
  if (enterpriseAttestation) return 'already';
  if (!canConfigure) throw settingFixed();
  await configured(key, dialogue, (config) => config.enableEnterpriseAttestation());
  if (keyConfig(key).enterpriseAttestation !== true) throw settingNotKept();
  return 'changed';
}

/** Does one change with a token of its own, and reads what the key says afterwards. */
async function configured(
  key: Key,
  dialogue: Dialogue,
  change: (config: AuthenticatorConfig) => Promise<void>,
): Promise<void> {
  if (isUnprotected(key)) {
    // Whoever holds such a key may set it up: there is nobody yet whom it could ask for.
    await change(createAuthenticatorConfig(key.ctap, undefined)).catch((error: unknown) => {
      // With alwaysUv on the key wants somebody all the same.
      throw hasStatus(error, STATUS.PUAT_REQUIRED) ? ctapFault(STATUS.PIN_NOT_SET) : error;
    });
  } else {
    const request = { permissions: PERMISSION.authenticatorConfiguration };
    await withToken(key, request, dialogue, ({ token }) => change(createAuthenticatorConfig(key.ctap, token)));
  }
  await key.refresh();
}

function checkMinimum({ minPinLength, maxPinLength = 63, maxRpIds }: KeyConfig, { length, rpIds }: MinimumPin): void {
  if (length !== undefined && (!Number.isInteger(length) || length < 4 || length > maxPinLength)) {
    const say = `The minimum length of a PIN must lie between 4 and ${maxPinLength}.`;
    throw new Fault({ code: 'pin-minimum-invalid', say, todo: 'Choose another number.', facts: { maxPinLength } });
  }
  if (length !== undefined && length < minPinLength) {
    throw new Fault({
      code: 'pin-minimum-lower',
      say: `The minimum length of the PIN is ${minPinLength} already and can only grow.`,
      todo: 'Only a reset, which erases every passkey on the key, makes it smaller.',
      facts: { minPinLength },
    });
  }
  if (rpIds && new Set(rpIds).size > maxRpIds) {
    throw new Fault({
      code: 'pin-minimum-sites',
      say:
        maxRpIds === 0
          ? 'This security key tells no site its minimum length of PINs.'
          : `This security key tells at most ${maxRpIds} sites its minimum length of PINs.`,
      todo: 'Name fewer sites.',
      facts: { maxRpIds },
    });
  }
}
