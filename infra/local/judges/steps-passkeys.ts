import { RENAMED, type Scene, USER } from './scene';
import { expectEqual, type Look, type Step } from './step';
import type { ListedPasskey } from './tool';

function named(found: ListedPasskey | undefined, user: typeof USER): void {
  if (found === undefined) throw new Error('the passkey is not listed');
  if (found.name !== undefined) expectEqual(found.name, user.name, 'name');
  if (found.displayName !== undefined) expectEqual(found.displayName, user.displayName, 'display name');
}

/** A tool that does not show ids lists what belongs to the site: there is one passkey. */
function listed(user: typeof USER): Look {
  return {
    operation: 'list passkeys',
    look: ({ passkeys }, { pin, passkey }: Scene) =>
      passkeys &&
      (async () => {
        const found = await passkeys(pin, passkey.rpId);
        expectEqual(found.length, 1, 'passkeys');
        named(
          found.find(({ id }) => id === undefined || id.equals(passkey.id)),
          user,
        );
      }),
  };
}

const register: Step = {
  operation: 'register',
  write: ({ register: make }, scene) =>
    make &&
    (async () => {
      const { rpId } = scene.passkey;
      scene.made = await make(scene.pin, { rpId, userId: USER.id, userName: USER.name, largeBlob: false });
      scene.passkey = { rpId, id: scene.made.id };
    }),
  looks: [
    listed(USER),
    {
      operation: 'list sites',
      look: ({ sites }, { pin, passkey }) =>
        sites && (async () => expectEqual(await sites(pin), [passkey.rpId], 'sites')),
    },
    {
      operation: 'count passkeys',
      look: ({ room }, { pin }) => room && (async () => expectEqual((await room(pin)).existing, 1, 'passkeys')),
    },
    {
      operation: 'ask silently',
      look: ({ isOnKey }, { passkey }) =>
        isOnKey && (async () => expectEqual(await isOnKey(passkey), true, 'on the key')),
    },
  ],
};

const rename: Step = {
  operation: 'rename passkey',
  // The preview command of before CTAP 2.1 has no way to.
  has: ({ credentialManagement }) => credentialManagement,
  write: ({ rename: change }, { pin, passkey }) => change && (() => change(pin, passkey, RENAMED)),
  looks: [listed(RENAMED)],
};

/** Until the passkey is renamed. */
export const passkeySteps: readonly Step[] = [register, rename];

export const forgetPasskey: Step = {
  operation: 'delete passkey',
  write: ({ remove }, { pin, passkey }) => remove && (() => remove(pin, passkey)),
  looks: [
    {
      operation: 'list no passkey',
      look: ({ passkeys }, { pin, passkey }) =>
        passkeys && (async () => expectEqual((await passkeys(pin, passkey.rpId)).length, 0, 'passkeys')),
    },
    {
      operation: 'ask silently, nothing there',
      look: ({ isOnKey }, { passkey }) =>
        isOnKey && (async () => expectEqual(await isOnKey(passkey), false, 'on the key')),
    },
  ],
};
