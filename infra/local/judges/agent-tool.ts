import { deviceAt, type Device } from '../../../agent/hid/devices';
import { assertion, passkeyOnKey } from '../../../agent/operations/assert';
import { changePin } from '../../../agent/operations/change-pin';
import { checkPin } from '../../../agent/operations/check-pin';
import { enableEnterpriseAttestation, setAlwaysUv, setMinimumPin } from '../../../agent/operations/configure';
import {
  addFingerprint,
  listFingerprints,
  removeFingerprint,
  renameFingerprint,
} from '../../../agent/operations/fingerprints';
import { findKey } from '../../../agent/operations/find-key';
import { inspect } from '../../../agent/operations/inspect';
import { type Key, openKey } from '../../../agent/operations/key';
import { readBlob, removeBlob, writeBlob } from '../../../agent/operations/large-blobs';
import { deletePasskey, listPasskeys, renamePasskey } from '../../../agent/operations/passkeys';
import { register } from '../../../agent/operations/register';
import { reset } from '../../../agent/operations/reset';
import { scriptedPrompts } from '../../../agent/operations/scripted-prompts.fixture';
import { setPin } from '../../../agent/operations/set-pin';
import { ping, wink } from '../../../agent/operations/wink';
import { type KeyTool, type RegistrationWish, UnknownHere } from './tool';

/** Where the agent finds the key now: its address, and the list that a guided reset looks at. */
export interface AgentSeat {
  address(): Promise<string>;
  list(): Promise<Device[]>;
}

/** The agent's own operations, with a person who types at once. */
export function agentTool(seat: AgentSeat): KeyTool {
  const withKey = async <T>(use: (key: Key) => Promise<T>): Promise<T> => {
    const key = await findKey({ prompts: scriptedPrompts(), addresses: [await seat.address()], waitMs: 10_000 });
    try {
      return await use(key);
    } finally {
      await key.close();
    }
  };
  const typing = (...pins: string[]) => ({ prompts: scriptedPrompts({ pins, confirms: [true, true, true] }) });
  const fingerId = (id: string) => Buffer.from(id, 'hex');

  return {
    name: 'agent',
    info: () =>
      withKey(async (key) => {
        const { aaguid, options, pin } = await inspect(key);
        return { aaguid: aaguid.replaceAll('-', ''), options, minPinLength: pin.minimumLength, pinSet: pin.set };
      }),
    setPin: (pin) => withKey((key) => setPin(key, typing(pin, pin))),
    changePin: (from, to) => withKey((key) => changePin(key, typing(from, to, to))),
    checkPin: (pin) => withKey((key) => checkPin(key, typing(pin))),
    register: async (pin, wish) => {
      if (wish.largeBlob) throw new UnknownHere('options for a registration, as Graph gives them, do not ask for one');
      return withKey(async (key) => {
        const made = await register(key, { options: creationOptions(wish), rpId: wish.rpId, ...typing(pin) });
        made.forget();
        return {
          id: Buffer.from(made.credentialId),
          clientDataJSON: Buffer.from(made.clientDataJSON),
          attestationObject: Buffer.from(made.attestationObject),
        };
      });
    },
    assert: (pin, { rpId, id }) =>
      withKey(async (key) => {
        const [made] = await assertion(key, { rpId, allow: [id], ...typing(pin) });
        if (made === undefined) throw new Error('no assertion');
        return {
          clientDataJSON: Buffer.from(made.clientDataJSON),
          authData: Buffer.from(made.authData),
          signature: Buffer.from(made.signature),
        };
      }),
    isOnKey: ({ rpId, id }) =>
      withKey(async (key) => {
        const found = await passkeyOnKey(key, { rpId, credentialIds: [Buffer.alloc(id.length, 7), id] });
        return found !== 'unknown' && found.length === 1;
      }),
    sites: (pin) =>
      withKey(async (key) => [...new Set((await listPasskeys(key, typing(pin))).map(({ rpId }) => rpId))]),
    passkeys: (pin, rpId) =>
      withKey(async (key) =>
        (await listPasskeys(key, typing(pin)))
          .filter((one) => one.rpId === rpId)
          .map(({ credentialId, user: { name, displayName } }) => ({
            id: Buffer.from(credentialId),
            ...(name === undefined ? {} : { name }),
            ...(displayName === undefined ? {} : { displayName }),
          })),
      ),
    room: (pin) =>
      withKey(async (key) => {
        const existing = (await listPasskeys(key, typing(pin))).length;
        return { existing, remaining: (await inspect(key)).passkeys.roomLeft ?? 0 };
      }),
    rename: (pin, { id }, { name, displayName }) =>
      withKey((key) => renamePasskey(key, id, { name, displayName }, typing(pin))),
    remove: (pin, { id }) => withKey((key) => deletePasskey(key, id, typing(pin))),
    fingerprints: (pin) =>
      withKey(async (key) =>
        (await listFingerprints(key, typing(pin))).map(({ id, name }) => ({
          id: Buffer.from(id).toString('hex'),
          name: name ?? '',
        })),
      ),
    enrol: (pin, name) => withKey((key) => addFingerprint(key, { name, ...typing(pin, pin) })),
    renameFingerprint: (pin, id, name) => withKey((key) => renameFingerprint(key, fingerId(id), name, typing(pin))),
    removeFingerprint: (pin, id) => withKey((key) => removeFingerprint(key, fingerId(id), typing(pin))),
    alwaysUv: (pin, on) => withKey((key) => setAlwaysUv(key, on, typing(pin))),
    minPinLength: (pin, length) => withKey((key) => setMinimumPin(key, { length, ...typing(pin) })),
    minPinLengthSites: (pin, rpIds) => withKey((key) => setMinimumPin(key, { rpIds, ...typing(pin) })),
    forcePinChange: (pin) => withKey((key) => setMinimumPin(key, { forceChange: true, ...typing(pin) })),
    enterpriseAttestation: (pin) => withKey((key) => enableEnterpriseAttestation(key, typing(pin))),
    writeBlob: (pin, { id }, data) => withKey((key) => writeBlob(key, id, data, typing(pin))),
    readBlob: (pin, { id }) =>
      withKey(async (key) => {
        const data = await readBlob(key, id, typing(pin));
        return data && Buffer.from(data);
      }),
    removeBlob: (pin, { id }) => withKey((key) => removeBlob(key, id, typing(pin))),
    wink: () => withKey((key) => wink(key)),
    ping: (bytes) => withKey((key) => ping(key, bytes)),
    reset: async ({ unplug, plug }) => {
      // The operation closes the key that it is given, and gives it back as another.
      const key = await openKey(deviceAt(await seat.address()));
      const ended = reset(key, { ...typing(), list: seat.list, waitMs: 30_000 });
      await pulledAndBack(unplug, plug);
      await (await ended).close();
    },
  };
}

/** A person's hands take longer than a poll of the list. */
async function pulledAndBack(unplug: () => Promise<void>, plug: () => Promise<void>): Promise<void> {
  await pause(300);
  await unplug();
  await pause(600);
  await plug();
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Options as Graph gives them, for a passkey of one person. */
export function creationOptions({ rpId, userId, userName }: RegistrationWish): object {
  return {
    rp: { id: rpId, name: 'Judges' },
    user: { id: userId.toString('base64url'), name: userName, displayName: userName },
    challenge: Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'direct',
    extensions: { credentialProtectionPolicy: 'userVerificationOptional', hmacCreateSecret: true },
  };
}
