import { cborMap } from './cbor';
import { hasStatus } from './ctap-fault';
import { CTAP2, type Ctap, type SendOptions } from './ctap';
import { type AuthenticatorInfo } from './get-info';
import { STATUS } from './status';

/**
 * Waits until this key is touched and does nothing else (CTAP 2.1 §6.9). A key from before that command is asked for a
 * credential with an empty pinUvAuthParam: it waits for a touch and then refuses, so nothing is made (CTAP 2.0 §5.1).
 */
export async function waitForTouch(ctap: Ctap, info: AuthenticatorInfo, options?: SendOptions): Promise<void> {
  if (info.versions.includes('FIDO_2_1') || info.versions.some((version) => /^FIDO_2_[2-9]$/.test(version))) {
    await ctap.send(CTAP2.selection, undefined, options);
    return;
  }
  try {
    await ctap.send(
      CTAP2.makeCredential,
      cborMap([
        [0x01, new Uint8Array(32)],
        [
          0x02,
          cborMap([
            ['id', 'keyvouch.invalid'],
            ['name', 'keyvouch'],
          ]),
        ],
        [
          0x03,
          cborMap([
            ['id', Uint8Array.of(0)],
            ['name', 'keyvouch'],
          ]),
        ],
        [
          0x04,
          [
            cborMap([
              ['alg', -7],
              ['type', 'public-key'],
            ]),
          ],
        ],
        [0x08, new Uint8Array()],
        [0x09, 1],
      ]),
      options,
    );
  } catch (error) {
    if (!hasStatus(error, STATUS.PIN_NOT_SET, STATUS.PIN_INVALID, STATUS.PIN_AUTH_INVALID)) throw error;
  }
}
