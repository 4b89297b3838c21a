import { type Device, listDevices } from '../../hid/devices';
import { openKey } from '../../operations/key';
import { printable } from '../../operations/printable';
import { wink } from '../../operations/wink';
import { Fault } from '../../protocol/fault';
import { type KeyOptions } from '../options';
import { type Outcome } from '../run-command';

/** Lets every key blink that can; fails only where none did. */
export async function winkKeys({ device }: Pick<KeyOptions, 'device'>): Promise<Outcome<'wink'>> {
  const devices = await listDevices(device);
  const outcomes = await Promise.all(devices.map(winkOne));
  const winked = outcomes.flatMap(({ path, fault }) => (fault ? [] : [path]));
  const [fault] = outcomes.flatMap(({ fault }) => (fault ? [fault] : []));
  if (winked.length === 0) throw fault ?? nonePlugged();
  return { document: { winked }, text: winked.map((path) => `${printable(path)} blinks.`).join('\n') };
}

async function winkOne(device: Device): Promise<{ path: string; fault?: Fault }> {
  const { path } = device;
  try {
    const key = await openKey(device);
    try {
      await wink(key);
      return { path };
    } finally {
      await key.close();
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { path, fault: error };
  }
}

function nonePlugged(): Fault {
  return new Fault({
    code: 'key-not-found',
    say: 'No security key is plugged in.',
    todo: 'Plug in your security key and start again.',
    retry: true,
  });
}
