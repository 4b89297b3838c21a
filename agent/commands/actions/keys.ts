import { type Device, listDevices } from '../../hid/devices';
import { type KeyReport } from '../../operations/inspect';
import { printable } from '../../operations/printable';
import { Fault } from '../../protocol/fault';
import { type KeyOptions } from '../options';
import { type Outcome } from '../run-command';
import { pinState } from './pin-state';

type Found = { report: KeyReport } | { device: Device; fault: Fault };

/** Looks at every key at once; one that cannot be opened is listed with the reason. */
export async function keys({ device }: Pick<KeyOptions, 'device'>): Promise<Outcome<'keys'>> {
  const found = await Promise.all((await listDevices(device)).map(look));
  return {
    document: { keys: found.map(forPrograms) },
    text: found.length === 0 ? 'No security key is plugged in.' : found.map(forPeople).join('\n'),
  };
}

async function look(device: Device): Promise<Found> {
  // Loaded late: without a key there is nothing to speak CTAP with, and this command must answer at once.
  const { openKey } = await import('../../operations/key');
  const { inspect } = await import('../../operations/inspect');
  try {
    const key = await openKey(device);
    try {
      return { report: await inspect(key) };
    } finally {
      await key.close();
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { device, fault: error };
  }
}

function forPrograms(found: Found) {
  if ('fault' in found) {
    const { path, product } = found.device;
    const { code, say, todo } = found.fault;
    return { path, product: product ?? null, usable: false as const, fault: { code, say, todo } };
  }
  const { device, aaguid, firmware, pin } = found.report;
  return { ...device, usable: true as const, aaguid, firmware, pin };
}

function forPeople(found: Found): string {
  if ('fault' in found) {
    const { path, product } = found.device;
    return `${printable(path)}  ${printable(product ?? 'unknown')}: ${found.fault.say} ${found.fault.todo}`;
  }
  const { device, aaguid, pin } = found.report;
  return `${printable(device.path)}  ${printable(device.product ?? 'security key')}  ${aaguid}  ${pinState(pin)}`;
}
