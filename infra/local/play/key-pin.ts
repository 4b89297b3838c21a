import { createClientPin } from '../../../agent/ctap/client-pin';
import { createCtap } from '../../../agent/ctap/ctap';
import { getInfo } from '../../../agent/ctap/get-info';
import { openChannel } from '../../../agent/hid/channel';
import { deviceAt } from '../../../agent/hid/devices';
import { type Secret } from '../../../agent/protocol/secret';

/** Sets the PIN of a key that has none, as a browser does at the key's first registration. */
export async function setPinOf(device: string, pin: Secret): Promise<void> {
  const channel = await openChannel(deviceAt(device).open);
  try {
    const info = await getInfo(createCtap(channel));
    if (info.options['clientPin'] === true) return;
    await createClientPin(createCtap(channel, info.maxMsgSize), info).setPin(pin);
  } finally {
    await channel.close();
  }
}
