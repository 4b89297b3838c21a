import { createHash } from 'node:crypto';
import { cborMap, encodeCbor } from '../../../../agent/ctap/cbor';
import { createClientPin } from '../../../../agent/ctap/client-pin';
import { createCtap, type Ctap } from '../../../../agent/ctap/ctap';
import { getAssertion } from '../../../../agent/ctap/get-assertion';
import { getInfo, type AuthenticatorInfo } from '../../../../agent/ctap/get-info';
import { makeCredential } from '../../../../agent/ctap/make-credential';
import { PERMISSION, type PinToken } from '../../../../agent/ctap/pin-token';
import { openChannel } from '../../../../agent/hid/channel';
import { deviceAt } from '../../../../agent/hid/devices';
import { Fault } from '../../../../agent/protocol/fault';
import type { Secret } from '../../../../agent/protocol/secret';
import { ALGORITHMS, RP_ID } from '../passkeys/relying-party';

/** What a browser needs of a security key. Binary is bytes; the browser turns it into base64url. */
export interface SecurityKey {
  /** A new discoverable credential, with the person verified. Gives the attestation object. */
  register(request: {
    clientDataJSON: Uint8Array;
    user: { id: Uint8Array; name: string; displayName: string };
    exclude: readonly Uint8Array[];
  }): Promise<{ attestationObject: Uint8Array; credentialId: Uint8Array }>;
  /** An assertion with the person verified; undefined where the key has no credential for it. */
  assert(request: { clientDataJSON: Uint8Array; allow: readonly Uint8Array[] }): Promise<KeyAssertion | undefined>;
}

export interface KeyAssertion {
  credentialId: Uint8Array;
  authenticatorData: Uint8Array;
  signature: Uint8Array;
  userHandle: Uint8Array | undefined;
}

const TOUCH_MS = 30_000;
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/**
 * A key at an address, as this sign-in page's own client speaks to it; every ceremony opens and closes the line.
 * @param device `tcp:host:port`
 */
export const securityKeyAt = (device: string, pin: Secret): SecurityKey => {
  const withKey = async <T>(
    permission: number,
    work: (ctap: Ctap, token: PinToken, info: AuthenticatorInfo) => Promise<T>,
  ) => {
    const channel = await openChannel(deviceAt(device).open);
    try {
      const info = await getInfo(createCtap(channel));
      const ctap = createCtap(channel, info.maxMsgSize);
      const token = await createClientPin(ctap, info).tokenUsingPin(pin, { permissions: permission, rpId: RP_ID });
      try {
        return await work(ctap, token, info);
      } finally {
        token.wipe();
      }
    } finally {
      await channel.close();
    }
  };
  return {
    register: ({ clientDataJSON, user, exclude }) =>
      withKey(PERMISSION.makeCredential, async (ctap, token, info) => {
        const made = await makeCredential(
          ctap,
          {
            clientDataHash: sha256(clientDataJSON),
            rp: { id: RP_ID, name: 'Microsoft' },
            user,
            algorithms: ALGORITHMS,
            excludeList: exclude,
            extensions: cborMap([
              ['credProtect', info.extensions.includes('credProtect') ? 1 : undefined],
              ['hmac-secret', info.extensions.includes('hmac-secret') ? true : undefined],
            ]),
            discoverable: true,
            token,
          },
          { limitMs: TOUCH_MS },
        );
        const attestationObject = encodeCbor(
          cborMap([
            ['fmt', made.fmt],
            ['attStmt', made.attStmt],
            ['authData', made.authData],
          ]),
        );
        const idLength = Buffer.from(made.authData).readUInt16BE(53);
        return { attestationObject, credentialId: made.authData.slice(55, 55 + idLength) };
      }),
    assert: ({ clientDataJSON, allow }) =>
      withKey(PERMISSION.getAssertion, async (ctap, token) => {
        const request = {
          rpId: RP_ID,
          clientDataHash: sha256(clientDataJSON),
          allowList: allow,
          userPresence: true,
          token,
        };
        try {
          const { credentialId, authData, signature, userId } = await getAssertion(ctap, request, {
            limitMs: TOUCH_MS,
          });
          if (!credentialId) return undefined;
          return { credentialId, authenticatorData: authData, signature, userHandle: userId };
        } catch (error) {
          if (error instanceof Fault && error.code === 'key-no-passkey') return undefined;
          throw error;
        }
      }),
  };
};
