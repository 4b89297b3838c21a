import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Check } from './check';

const Entry = z
  .object({
    version: z.string().optional(),
    dev: z.boolean().optional(),
    optionalDependencies: z.record(z.string()).optional(),
  })
  .passthrough();
const Lock = z.object({ packages: z.record(Entry) }).passthrough();
type Packages = z.infer<typeof Lock>['packages'];

export interface MissingPackage {
  name: string;
  version: string;
  /** Whether only development needs the package that names it. */
  dev: boolean;
}

/**
 * The platform packages that a lock file names as optional dependencies and has no entry for. `npm install` leaves them
 * out when the registry does not have them (yet); `npm ci` then refuses the whole file.
 */
export function missingFromLock(packages: Packages): MissingPackage[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies, dev }]) =>
    Object.entries(optionalDependencies ?? {})
      .filter(([name]) => !placesFor(path, name).some((place) => place in packages))
      .map(([name, version]) => ({ name, version, dev: dev ?? false })),
  );
}

/** Where Node would look for a package that the one at `path` requires, nearest first. */
function placesFor(path: string, name: string): string[] {
  const parts = path.split('/node_modules/');
  const around = parts.map((_, end) => parts.slice(0, parts.length - end).join('/node_modules/'));
  return [...around.filter(Boolean).map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`];
}

/** The entry that npm would have written: its name tells for which system it is. Undefined when it does not. */
export function entryFor({ name, version, dev }: MissingPackage): Record<string, unknown> | undefined {
  const [, os, cpu, abi = ''] =
    /-(darwin|linux|win32|android|freebsd|openharmony)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(name) ?? [];
  if (os === undefined) return undefined;
  const libc =
    os !== 'linux' ? undefined : abi.startsWith('gnu') ? 'glibc' : abi.startsWith('musl') ? 'musl' : undefined;
  return { version, cpu: [cpu], ...(dev && { dev }), ...(libc && { libc: [libc] }), optional: true, os: [os] };
}

export const lockFile: Check = {
  name: 'package-lock.json is complete, so that npm ci takes it',
  async run(root) {
    const { packages } = Lock.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
    const missing = missingFromLock(packages).map(({ name, version }) => `${name}@${version}`);
    return missing.length === 0
      ? []
      : [`Without entry: ${missing.join(', ')}. "npx tsx infra/check/lock-file.ts" adds them.`];
  },
};

/** Adds the entries; run by hand after an `npm install` that left some out. */
async function complete(path: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  // Written back from the text itself: parsing would put the names of each entry into another order.
  const lock = JSON.parse(text) as { packages: Record<string, unknown> };
  for (const missing of missingFromLock(Lock.parse(lock).packages)) {
    const entry = entryFor(missing);
    if (!entry) throw new Error(`${missing.name} does not say for which system it is: add it by hand.`);
    lock.packages[`node_modules/${missing.name}`] = entry;
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  await writeFile(path, `${JSON.stringify(lock, null, 2)}\n`);
}

if (require.main === module) void complete(join(__dirname, '..', '..', 'package-lock.json'));
