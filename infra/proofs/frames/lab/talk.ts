import { createAuthenticatorConfig } from '../../../../agent/ctap/authenticator-config';
import {
  bioEnrollmentCommand,
  createBioEnrollment,
  fingerprintSensorInfo,
} from '../../../../agent/ctap/bio-enrollment';
import { createClientPin } from '../../../../agent/ctap/client-pin';
import { createCredentialManagement, credentialManagementCommand } from '../../../../agent/ctap/credential-management';
import { getAssertions } from '../../../../agent/ctap/get-assertion';
import { getInfo } from '../../../../agent/ctap/get-info';
import { createLargeBlobs } from '../../../../agent/ctap/large-blobs';
import { makeCredential } from '../../../../agent/ctap/make-credential';
import { parseAuthData } from '../../../../agent/ctap/auth-data';
import { pinProtocol } from '../../../../agent/ctap/pin-protocol';
import { createPinToken, PERMISSION, type PinToken } from '../../../../agent/ctap/pin-token';
import { resetKey } from '../../../../agent/ctap/reset';
import { waitForTouch } from '../../../../agent/ctap/selection';
import { speaksU2f } from '../../../../agent/ctap/u2f';
import { type Key } from '../../../../agent/operations/key';
import { Secret } from '../../../../agent/protocol/secret';
import { PINS } from './person';
import { RP_ID } from './story';

const HASH = new Uint8Array(32).fill(1);
const ID = new Uint8Array(48).fill(2);

/** A token that no key gave: to a key that plays it is as good as any. */
function token(): PinToken {
  const protocol = pinProtocol(2);
  if (!protocol) throw new Error('protocol two is spoken');
  return createPinToken(protocol, Buffer.alloc(32, 3));
}

const pinOf = ({ ctap, info }: Key) => createClientPin(ctap, info);
const passkeysOf = ({ ctap, info }: Key) =>
  createCredentialManagement(ctap, credentialManagementCommand(info) ?? 0x0a, token());
const fingersOf = ({ ctap, info }: Key) => createBioEnrollment(ctap, bioEnrollmentCommand(info) ?? 0x09, token());

/** Every command that the agent speaks, one at a time. `typed` says that a PIN goes with it. */
export const CALLS: readonly { typed?: boolean; run: (key: Key) => Promise<unknown> }[] = [
  { run: ({ ctap }) => getInfo(ctap) },
  { run: (key) => pinOf(key).pinRetries() },
  { run: (key) => pinOf(key).uvRetries() },
  { run: (key) => pinOf(key).setPin(new Secret(PINS.next)) },
  { typed: true, run: (key) => pinOf(key).changePin(new Secret(PINS.now), new Secret(PINS.next)) },
  {
    typed: true,
    run: (key) => pinOf(key).tokenUsingPin(new Secret(PINS.now), { permissions: PERMISSION.getAssertion, rpId: RP_ID }),
  },
  { run: (key) => pinOf(key).tokenUsingUv({ permissions: PERMISSION.credentialManagement }) },
  {
    async run({ ctap }) {
      const user = { id: ID, name: 'ada', displayName: 'Ada' };
      const made = await makeCredential(ctap, {
        clientDataHash: HASH,
        rp: { id: RP_ID },
        user,
        algorithms: [-7],
        discoverable: true,
        token: token(),
      });
      parseAuthData(made.authData);
    },
  },
  {
    async run({ ctap }) {
      const request = { rpId: RP_ID, clientDataHash: HASH, allowList: [], userPresence: true, token: token() };
      for (const { authData } of await getAssertions(ctap, request)) parseAuthData(authData);
    },
  },
  { run: (key) => passkeysOf(key).metadata() },
  { run: (key) => passkeysOf(key).relyingParties() },
  { run: (key) => passkeysOf(key).credentials(HASH) },
  { run: (key) => passkeysOf(key).deleteCredential(ID) },
  { run: ({ ctap, info }) => fingerprintSensorInfo(ctap, bioEnrollmentCommand(info) ?? 0x09) },
  { run: (key) => fingersOf(key).templates() },
  { run: (key) => fingersOf(key).enroll(({ begin }) => begin(10_000)) },
  { run: ({ ctap, info }) => createLargeBlobs(ctap, info).read() },
  { run: ({ ctap, info }) => createLargeBlobs(ctap, info).write(new Uint8Array(2000), token()) },
  { run: ({ ctap }) => createAuthenticatorConfig(ctap, token()).toggleAlwaysUv() },
  { run: ({ ctap, info }) => waitForTouch(ctap, info) },
  { run: ({ ctap }) => resetKey(ctap) },
  { run: ({ channel }) => channel.ping(ID) },
  { run: ({ channel }) => channel.wink() },
  { run: ({ channel }) => speaksU2f(channel) },
];
