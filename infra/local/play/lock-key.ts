import { createClientPin } from '../../../agent/ctap/client-pin';
import { PERMISSION } from '../../../agent/ctap/pin-token';
import { deviceAt } from '../../../agent/hid/devices';
import { openKey } from '../../../agent/operations/key';
import { Secret } from '../../../agent/protocol/secret';
import { type VirtualKey } from '../key';

/** Wrong tries in a row after which a key wants to be unplugged (CTAP 2.1 §6.5.5.5). */
const IN_A_ROW = 3;
const ROUNDS = 6;

/** Types a wrong PIN so many times. @returns the tries that are left */
async function mistype(key: VirtualKey, times: number): Promise<number> {
  const opened = await openKey(deviceAt(`tcp:127.0.0.1:${key.port}`));
  try {
    const clientPin = createClientPin(opened.ctap, opened.info);
    for (let time = 0; time < times; time += 1) {
      const request = { permissions: PERMISSION.getAssertion, rpId: 'keyvouch.invalid' };
      await clientPin.tokenUsingPin(new Secret('wrong-0000'), request).catch(() => undefined);
    }
    return (await clientPin.pinRetries()).retries;
  } finally {
    await opened.close();
  }
}

async function replug(key: VirtualKey): Promise<void> {
  await key.power(false);
  await key.power(true);
}

/** As somebody who types on and on: the key wants to be unplugged, and will take the right PIN after that. */
export async function lockUntilReplug(key: VirtualKey): Promise<void> {
  await mistype(key, IN_A_ROW);
}

/** The same until no try is left: nothing but erasing helps. */
export async function lockForEver(key: VirtualKey): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    if ((await mistype(key, IN_A_ROW)) === 0) return;
    await replug(key);
  }
  throw new Error('the key does not lock');
}
