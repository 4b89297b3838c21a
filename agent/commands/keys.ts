import { type Command } from 'commander';
import { type Device, listDevices } from '../hid/devices';
import { inspect, type KeyReport } from '../operations/inspect';
import { openKey } from '../operations/key';
import { printable } from '../operations/printable';
import { Fault } from '../protocol/fault';
import { runCommand } from '../terminal/run-command';
import { deviceOption } from './device-option';

/** One line of `keys`; with `--json`, one element of `keys`. */
type Found = { path: string; report: KeyReport } | { path: string; product: string | null; fault: FaultWords };
type FaultWords = Pick<Fault, 'code' | 'say' | 'todo'>;

/** Adds `keys`: which security keys are plugged in, and whether they have a PIN. */
export function addKeys(program: Command): void {
  program
    .command('keys')
    .description('list the security keys that are plugged in')
    .addOption(deviceOption())
    .option('--json', 'print JSON for programs')
    .action((options: { device: string[]; json?: true }) => runCommand(() => keys(options)));
}

async function keys({ device, json }: { device: string[]; json?: true }): Promise<void> {
  const found = await Promise.all((await listDevices(device)).map(look));
  if (json) console.log(JSON.stringify({ keys: found.map(forPrograms) }, null, 2));
  else if (found.length === 0) console.log('No security key is plugged in.');
  else console.log(found.map(forPeople).join('\n'));
}

async function look(device: Device): Promise<Found> {
  try {
    const key = await openKey(device);
    try {
      return { path: device.path, report: await inspect(key) };
    } finally {
      await key.close();
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, say, todo } = error;
    return { path: device.path, product: device.product ?? null, fault: { code, say, todo } };
  }
}

function forPrograms(found: Found) {
  if ('fault' in found) return { path: found.path, product: found.product, usable: false, fault: found.fault };
  const { device, aaguid, firmware, pin } = found.report;
  return { ...device, usable: true, aaguid, firmware, pin };
}

function forPeople(found: Found): string {
  if ('fault' in found)
    return `${found.path}  ${printable(found.product ?? 'unknown')}: ${found.fault.say} ${found.fault.todo}`;
  const { device, aaguid, pin } = found.report;
  return `${device.path}  ${printable(device.product ?? 'security key')}  ${aaguid}  ${pinState(pin)}`;
}

/** The state of the PIN in a few words. */
export function pinState(pin: KeyReport['pin']): string {
  if (!pin.supported) return 'no PIN possible';
  if (!pin.set) return 'no PIN yet';
  if (pin.blocked) return 'PIN locked for ever';
  if (pin.replugNeeded) return `PIN set, unplug and replug before the next try (${pin.retriesLeft ?? '?'} left)`;
  return `PIN set, ${pin.retriesLeft ?? '?'} tries left${pin.mustChange ? ', must be changed' : ''}`;
}
