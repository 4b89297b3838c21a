import {
  createVirtualDevice,
  freshState,
  memoryStore,
  profiles,
  type Store,
  type VirtualDevice,
} from '../../../local/key';
import { cborMap } from '../../../../agent/ctap/cbor';
import { createClientPin } from '../../../../agent/ctap/client-pin';
import { makeCredential } from '../../../../agent/ctap/make-credential';
import { PERMISSION } from '../../../../agent/ctap/pin-token';
import { addFingerprint } from '../../../../agent/operations/fingerprints';
import { type Key, openKey } from '../../../../agent/operations/key';
import { register } from '../../../../agent/operations/register';
import { setPin } from '../../../../agent/operations/set-pin';
import { Secret } from '../../../../agent/protocol/secret';
import { drive } from './drive';
import { plugIn, type Sabotage } from './line';
import { createPerson, type Manners, PINS } from './person';
import { type KeyEnd } from './replay-key';
import { type Beginning, creationOptions, type Model, RP_ID } from './story';
import { virtualNow } from './virtual-time';
import { createWatch, type Watch } from './watch';

export type KeyState = ReturnType<Store['read']>;

/** The states in which stories find a model. */
export type States = Readonly<Record<Beginning, KeyState>>;

/** A virtual key in this process. */
export interface GenuineKey {
  device: VirtualDevice;
  store: Store;
  end: KeyEnd;
}

/** A line on which nothing goes wrong. */
export const NO_SABOTAGE: Sabotage = { answer: () => undefined, write: () => 'taken', hearsCancel: () => true };

/** Someone who does what they are asked, and types the PIN as often as it takes. */
export const OBEDIENT: Pick<Manners, 'patience' | 'agrees'> = { patience: 20, agrees: true };

/** A virtual key of a model in a given state; a fresh one where none is given. Touches come by themselves. */
export async function genuineKey(model: Model, state?: KeyState): Promise<GenuineKey> {
  const profile = profiles[model];
  const store = memoryStore(state ?? freshState(profile));
  const device = await createVirtualDevice({ profile, store, touch: 'auto', now: virtualNow });
  return { device, store, end: { attach: device.attach, power: device.power } };
}

/** Runs what must work with a good key. @throws Error where it does not */
export async function mustWork(what: string, watch: Watch, run: () => Promise<unknown>): Promise<void> {
  const ending = await drive(watch, run);
  const wrong = [...watch.violations, ...(ending.kind === 'value' ? [] : [JSON.stringify(ending)])];
  if (wrong.length > 0) throw new Error(`"${what}" does not work with a good key: ${wrong.join(', ')}`);
}

/** A passkey with a key for large blobs, for which no site that the agent serves asks. */
async function makeBlobOwner(key: Key): Promise<void> {
  const permissions = { permissions: PERMISSION.makeCredential, rpId: RP_ID };
  const token = await createClientPin(key.ctap, key.info).tokenUsingPin(new Secret(PINS.now), permissions);
  await makeCredential(key.ctap, {
    clientDataHash: new Uint8Array(32),
    rp: { id: RP_ID },
    user: { id: Uint8Array.of(66), name: 'blob@contoso.example' },
    algorithms: [-7],
    discoverable: true,
    extensions: cborMap([['largeBlobKey', true]]),
    token,
  });
}

/** Makes the keys that stories begin with, the way people do: with the agent. */
export async function prepareStates(model: Model): Promise<States> {
  const { device, store, end } = await genuineKey(model);
  const fresh = store.read();
  const watch = createWatch();
  const { device: plugged, pull, plug } = plugIn(model, end, NO_SABOTAGE, watch);
  const person = createPerson(watch, { ...OBEDIENT, pull, plug });
  // Whoever sets the PIN chooses the one that is typed from then on.
  const chooser: typeof person = { ...person, askPin: (question) => person.askPin({ ...question, purpose: 'enter' }) };
  const states: Record<Beginning, KeyState> = {
    fresh,
    'with a PIN': fresh,
    'with passkeys': fresh,
    'with a fingerprint': fresh,
  };
  const withKey = async (use: (key: Key) => Promise<unknown>) => {
    const key = await openKey(plugged);
    await use(key);
    await key.close();
    return store.read();
  };
  await mustWork(`preparing the model ${model}`, watch, async () => {
    states['with a PIN'] = await withKey((key) => setPin(key, { prompts: chooser }));
    if (profiles[model].fingerprint) {
      states['with a fingerprint'] = await withKey((key) => addFingerprint(key, { prompts: person }));
      store.change(() => states['with a PIN']);
    }
    states['with passkeys'] = await withKey(async (key) => {
      for (const user of ['ann', 'ben', 'cleo'])
        await register(key, { options: creationOptions(user), rpId: RP_ID, prompts: person });
      if (key.info.extensions.includes('largeBlobKey')) {
        watch.typed();
        await makeBlobOwner(key);
      }
    });
  });
  device.power(false);
  return states;
}
