import { findKey } from '../../../agent/operations/find-key';
import { inspect } from '../../../agent/operations/inspect';
import type { Key } from '../../../agent/operations/key';
import { register } from '../../../agent/operations/register';
import { scriptedPrompts } from '../../../agent/operations/scripted-prompts.fixture';
import { setPin } from '../../../agent/operations/set-pin';
import { creationOptions } from '../judges/agent-tool';
import { RP_ID, USER } from '../judges/scene';
import type { KernelKey } from './kernel-key';

/** One thing that must hold of a key that the kernel itself has. */
export interface KernelCheck {
  readonly name: string;
  run(key: KernelKey): Promise<void>;
}

const PIN = 'pärm-4711';
const wish = { rpId: RP_ID, userId: USER.id, userName: USER.name, largeBlob: false };

/** In this order: each leaves the key as the next one needs it. */
export const kernelChecks: readonly KernelCheck[] = [
  { name: 'the kernel shows the key as a FIDO device', run: seen },
  { name: 'a second registration for the same person is refused as already there', run: refusedTwice },
  { name: 'unplugging while it waits for a touch ends with key-gone', run: unplugged },
  { name: 'plugged in again it still has its PIN', run: replugged },
];

async function seen(key: KernelKey): Promise<void> {
  const path = await key.path();
  demand(path.startsWith('/dev/hidraw'), `path ${path}`);
}

async function refusedTwice(kernelKey: KernelKey): Promise<void> {
  await withKey(kernelKey, async (key) => {
    await setPin(key, { prompts: typing(PIN, PIN) });
    const { credentialId } = await register(key, {
      options: creationOptions(wish),
      rpId: RP_ID,
      prompts: typing(PIN),
    });
    const excluded = [{ id: Buffer.from(credentialId).toString('base64url'), type: 'public-key' }];
    const options = { ...creationOptions(wish), excludeCredentials: excluded };
    await fails(register(key, { options, rpId: RP_ID, prompts: typing(PIN) }), 'key-already-registered');
  });
}

async function unplugged(kernelKey: KernelKey): Promise<void> {
  const { device } = kernelKey;
  device.touchBy('manual');
  const stop = device.onLight((light) => {
    if (light === 'blinking') void kernelKey.unplug();
  });
  try {
    await withKey(kernelKey, async (key) => {
      await fails(register(key, { options: creationOptions(wish), rpId: RP_ID, prompts: typing(PIN) }), 'key-gone');
    });
  } finally {
    stop();
    device.touchBy('auto');
  }
}

async function replugged(kernelKey: KernelKey): Promise<void> {
  await kernelKey.plug();
  await withKey(kernelKey, async (key) => {
    const { pin } = await inspect(key);
    demand(pin.set && pin.retriesLeft === 8, 'the PIN is gone');
  });
}

async function withKey(kernelKey: KernelKey, use: (key: Key) => Promise<void>): Promise<void> {
  const key = await findKey({ prompts: typing(), addresses: [await kernelKey.path()], waitMs: 10_000 });
  try {
    await use(key);
  } finally {
    await key.close();
  }
}

function typing(...pins: string[]) {
  return scriptedPrompts({ pins });
}

async function fails(promise: Promise<unknown>, code: string): Promise<void> {
  const error = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  const found = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  demand(found === code, `wanted ${code}, got ${found}`);
}

function demand(truth: boolean, otherwise: string): void {
  if (!truth) throw new Error(otherwise);
}
