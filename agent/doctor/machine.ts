import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brokerIsThere } from '../broker/broker-is-there';
import { type Device, listDevices } from '../hid/devices';
import { type PairingStore, pairingStore } from '../service/pairing-file';
import { type WorkstationKeyStore, workstationKeyStore } from '../service/workstation-key-store';
import { type Entry, dataEntries } from './data-access';
import { type Hidraw, listHidraws } from './hidraw';
import { type Holder } from './other-program';
import { holdersOf } from './processes';

/** All that the doctor looks at, so that a test can put another machine in its place. Nothing here changes anything. */
export interface Machine {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** The user's number; undefined on Windows. */
  user: number | undefined;
  now(): Date;
  directory: string;
  dataEntries(): Promise<Entry[] | undefined>;
  pairings: Pick<PairingStore, 'read'>;
  keys: WorkstationKeyStore;
  /** What `whoami /groups` prints; undefined where it does not run. Windows. */
  groups(): Promise<string | undefined>;
  /** Whether a broker opens keys for this user, who may not. */
  brokered(): boolean;
  /** Linux. */
  hidraws(): Promise<Hidraw[]>;
  /** The texts of udev's rules; undefined where there is no udev. Linux. */
  udevRules(): Promise<string[] | undefined>;
  holders(key: Hidraw): Promise<{ lockedBy: Holder[]; openIn: Holder[] }>;
  /** @throws Fault `hid-not-available`, `device-address-wrong` */
  devices(): Promise<Device[]>;
}

const RULE_FOLDERS = ['/etc/udev/rules.d', '/run/udev/rules.d', '/usr/lib/udev/rules.d', '/lib/udev/rules.d'];

/** The machine that this runs on. @param addresses From `--device`: exactly these keys */
export function thisMachine(directory: string, addresses: readonly string[]): Machine {
  return {
    platform: process.platform,
    env: process.env,
    user: process.getuid?.(),
    now: () => new Date(),
    directory,
    dataEntries: () => dataEntries(directory),
    pairings: pairingStore(directory),
    keys: workstationKeyStore(directory),
    groups: () =>
      promisify(execFile)('whoami', ['/groups'], { timeout: 10_000, windowsHide: true }).then(
        ({ stdout }) => stdout,
        () => undefined,
      ),
    brokered: () => brokerIsThere(),
    hidraws: () => listHidraws(),
    udevRules: () => rulesIn(RULE_FOLDERS),
    holders: (key) => holdersOf(key),
    devices: () => listDevices(addresses),
  };
}

async function rulesIn(folders: readonly string[]): Promise<string[] | undefined> {
  const listings = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder).catch((): string[] => []))
        .filter((name) => name.endsWith('.rules'))
        .map((name) => join(folder, name)),
    ),
  );
  const files = listings.flat();
  if (files.length === 0) return undefined;
  return Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
}
