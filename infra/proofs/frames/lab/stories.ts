import { assertion, passkeyOnKey } from '../../../../agent/operations/assert';
import { changePin } from '../../../../agent/operations/change-pin';
import { checkPin } from '../../../../agent/operations/check-pin';
import { enableEnterpriseAttestation, setAlwaysUv, setMinimumPin } from '../../../../agent/operations/configure';
import { findKey } from '../../../../agent/operations/find-key';
import {
  addFingerprint,
  listFingerprints,
  removeFingerprint,
  renameFingerprint,
} from '../../../../agent/operations/fingerprints';
import { inspect } from '../../../../agent/operations/inspect';
import { openKey } from '../../../../agent/operations/key';
import { listBlobs, readBlob, removeBlob, writeBlob } from '../../../../agent/operations/large-blobs';
import { deletePasskey, listPasskeys, renamePasskey } from '../../../../agent/operations/passkeys';
import { register } from '../../../../agent/operations/register';
import { reset } from '../../../../agent/operations/reset';
import { setPin } from '../../../../agent/operations/set-pin';
import { ping, wink } from '../../../../agent/operations/wink';
import { creationOptions, dialogueOf, pluggedOf, RP_ID, STRANGE_ID, type Story, withKey } from './story';

const EVERY = ['modern', 'fingerprint', 'older'] as const;
const READERS = ['fingerprint', 'older'] as const;

const registration = withKey((key, dialogue) =>
  register(key, { ...dialogue, options: creationOptions('ada'), rpId: RP_ID, touchMs: 30_000 }),
);

/** All that the agent does with a key. */
export const STORIES: readonly Story[] = [
  { name: 'info', begins: 'with passkeys', models: EVERY, play: withKey((key) => inspect(key)) },
  {
    name: 'wink and ping',
    begins: 'with a PIN',
    models: ['modern'],
    play: withKey(async (key) => {
      await wink(key);
      await ping(key, new Uint8Array(300));
    }),
  },
  { name: 'first PIN', begins: 'fresh', models: EVERY, play: withKey(setPin) },
  { name: 'change the PIN', begins: 'with a PIN', models: EVERY, play: withKey(changePin) },
  { name: 'check the PIN', begins: 'with a PIN', models: EVERY, play: withKey(checkPin) },
  { name: 'register on a new key', begins: 'fresh', models: EVERY, play: registration },
  { name: 'register by fingerprint', begins: 'with a fingerprint', models: ['fingerprint'], play: registration },
  {
    name: 'register one more, and take it back',
    begins: 'with passkeys',
    models: EVERY,
    play: withKey(async (key, dialogue) => {
      const options = creationOptions('bob', [STRANGE_ID]);
      const made = await register(key, { ...dialogue, options, rpId: RP_ID });
      await made.remove();
    }),
  },
  {
    name: 'delete a passkey',
    begins: 'with passkeys',
    models: EVERY,
    play: withKey(async (key, dialogue) => {
      const [first] = await listPasskeys(key, dialogue);
      if (first) await deletePasskey(key, first.credentialId, dialogue);
    }),
  },
  {
    name: 'rename a passkey',
    begins: 'with passkeys',
    models: ['modern'],
    play: withKey(async (key, dialogue) => {
      const [first] = await listPasskeys(key, dialogue);
      if (first) await renamePasskey(key, first.credentialId, { displayName: 'Ann Other' }, dialogue);
    }),
  },
  {
    name: 'use the passkeys',
    begins: 'with passkeys',
    models: EVERY,
    play: withKey((key, dialogue) => assertion(key, { ...dialogue, rpId: RP_ID })),
  },
  {
    name: 'ask silently',
    begins: 'with passkeys',
    models: EVERY,
    play: withKey((key, { signal }) => passkeyOnKey(key, { rpId: RP_ID, credentialIds: [STRANGE_ID], signal })),
  },
  {
    name: 'fingerprints',
    begins: 'with a PIN',
    models: READERS,
    play: withKey(async (key, dialogue) => {
      const { id } = await addFingerprint(key, { ...dialogue, name: 'thumb' });
      await listFingerprints(key, dialogue);
      await renameFingerprint(key, id, 'left thumb', dialogue);
      await removeFingerprint(key, id, dialogue);
    }),
  },
  {
    name: 'settings',
    begins: 'with a PIN',
    models: ['modern'],
    play: withKey(async (key, dialogue) => {
      await setAlwaysUv(key, true, dialogue);
      await enableEnterpriseAttestation(key, dialogue);
      await setMinimumPin(key, { ...dialogue, length: 6, rpIds: [RP_ID], forceChange: true });
    }),
  },
  {
    name: 'large blobs',
    begins: 'with passkeys',
    models: ['modern'],
    play: withKey(async (key, dialogue) => {
      const passkeys = await listPasskeys(key, dialogue);
      const owner = passkeys.find(({ user }) => user.name?.startsWith('blob'));
      if (!owner) return;
      await writeBlob(key, owner.credentialId, new Uint8Array(2500).fill(3), dialogue);
      await readBlob(key, owner.credentialId, dialogue);
      await listBlobs(key, dialogue);
      await removeBlob(key, owner.credentialId, dialogue);
    }),
  },
  {
    name: 'reset',
    begins: 'with passkeys',
    models: EVERY,
    async play(stage) {
      const key = await openKey(stage.keys[0].device);
      const options = { ...dialogueOf(stage), list: pluggedOf(stage), waitMs: 10_000 };
      const empty = await reset(key, options).finally(() => key.close());
      await empty.close();
    },
  },
  {
    name: 'find one of two by touch',
    begins: 'with a PIN',
    models: ['modern', 'older'],
    keys: 2,
    async play(stage) {
      const key = await findKey({ ...dialogueOf(stage), list: pluggedOf(stage), waitMs: 1_500 });
      await key.close();
    },
  },
];
