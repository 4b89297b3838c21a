import { randomBytes } from 'node:crypto';
import { parseAuthData } from '../ctap/auth-data';
import { cborMap } from '../ctap/cbor';
import { makeCredential } from '../ctap/make-credential';
import { PERMISSION } from '../ctap/pin-token';
import { deviceAt } from '../hid/devices';
import { openKey } from '../operations/key';
import { scriptedPrompts } from '../operations/scripted-prompts.fixture';
import { setPin } from '../operations/set-pin';
import { withToken } from '../operations/user-verification';

export const PIN = '314159';

/** A key behind a socket, for tests of commands. */
export interface PluggedKey<V> {
  virtual: V;
  address: string;
  /** `--device` and the address. */
  here: string[];
  /** Makes a passkey and gives its id. */
  passkey(rpId: string, name: string, displayName?: string): Promise<Uint8Array>;
}

/** Gives a key that was just started the PIN {@link PIN}, unless `pin` is false. */
export async function plugged<V extends { port: number }>(
  starting: Promise<V>,
  { pin = true }: { pin?: boolean } = {},
): Promise<PluggedKey<V>> {
  const virtual = await starting;
  const address = `tcp:127.0.0.1:${virtual.port}`;
  const open = () => openKey(deviceAt(address));
  if (pin) {
    const key = await open();
    await setPin(key, { prompts: scriptedPrompts({ pins: [PIN, PIN] }) });
    await key.close();
  }
  return {
    virtual,
    address,
    here: ['--device', address],
    async passkey(rpId, name, displayName = name.toUpperCase()) {
      const key = await open();
      const request = { permissions: PERMISSION.makeCredential, rpId };
      try {
        return await withToken(key, request, { prompts: scriptedPrompts({ pins: [PIN] }) }, async ({ token }) => {
          const { authData } = await makeCredential(key.ctap, {
            clientDataHash: Uint8Array.from(randomBytes(32)),
            rp: { id: rpId },
            user: { id: Uint8Array.from(randomBytes(8)), name, displayName },
            algorithms: [-7],
            discoverable: true,
            token,
            ...(key.info.extensions.includes('largeBlobKey') && { extensions: cborMap([['largeBlobKey', true]]) }),
          });
          const { credential } = parseAuthData(authData);
          if (!credential) throw new Error('no credential was made');
          return credential.credentialId;
        });
      } finally {
        await key.close();
      }
    },
  };
}
