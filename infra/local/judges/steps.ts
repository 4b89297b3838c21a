import { configSteps } from './steps-config';
import { blobSteps } from './steps-blobs';
import { fingerSteps } from './steps-fingers';
import { passkeySteps, forgetPasskey } from './steps-passkeys';
import { LAST_PIN, OTHER_PIN, PIN, type Scene } from './scene';
import { expectEqual, type Look, type Step } from './step';
import type { KeyTool } from './tool';

const takesPin: Look = {
  operation: 'the PIN is right',
  look: ({ checkPin }: KeyTool, { pin }: Scene) => checkPin && (() => checkPin(pin)),
};

const setPin: Step = {
  operation: 'set PIN',
  write: ({ setPin: set }, scene) =>
    set &&
    (async () => {
      await set(PIN);
      scene.pin = PIN;
    }),
  looks: [
    takesPin,
    {
      operation: 'info says: PIN set',
      look:
        ({ info }) =>
        async () =>
          expectEqual((await info()).pinSet ?? true, true, 'PIN set'),
    },
  ],
};

/** Changes to the one of these that it is not now. */
const changePin: Step = {
  operation: 'change PIN',
  write: ({ changePin: change }, scene) =>
    change &&
    (async () => {
      const next = scene.pin === OTHER_PIN ? LAST_PIN : OTHER_PIN;
      await change(scene.pin, next);
      scene.pin = next;
    }),
  looks: [takesPin],
};

const reset: Step = {
  operation: 'reset',
  write: ({ reset: erase }, _scene, plug) => erase && (() => erase(plug)),
  looks: [
    {
      operation: 'info says: as from the factory',
      look:
        ({ info }) =>
        async () =>
          expectEqual((await info()).pinSet ?? false, false, 'PIN set'),
    },
  ],
};

/** CTAPHID's own: no PIN, nothing kept. */
const wire: readonly Step[] = [
  { operation: 'wink', write: ({ wink }) => wink && (() => wink()), looks: [] },
  { operation: 'ping of 7609 bytes', write: ({ ping }) => ping && (() => ping(Buffer.alloc(7609, 0x5a))), looks: [] },
];

/** What one tool does to a fresh key, in this order, until the key is fresh again. */
export const steps: readonly Step[] = [
  ...wire,
  setPin,
  changePin,
  ...passkeySteps,
  ...fingerSteps,
  ...blobSteps,
  forgetPasskey,
  ...configSteps,
  {
    ...changePin,
    operation: 'change a PIN that must be changed',
    has: ({ authenticatorConfig }) => authenticatorConfig,
  },
  reset,
];
