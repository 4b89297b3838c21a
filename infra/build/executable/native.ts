import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { getAsset } from 'node:sea';

/**
 * Loads a native part that the executable carries. The operating system loads libraries from files only, so it is put
 * into a folder of this user alone; a file that is there already is used only if it is the very same.
 * @param name Of the asset: `HID_hidraw.node`
 */
export function nativePart(name: string): unknown {
  const bytes = Buffer.from(getAsset(name));
  const module = { exports: {} as unknown };
  let file: string;
  try {
    file = keptCopy(cacheFolder(), name, bytes);
  } catch {
    // No home, or one that cannot be written to: for this run alone.
    const folder = mkdtempSync(join(tmpdir(), 'keyvouch-native-'));
    file = join(folder, name);
    writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' });
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }
  process.dlopen(module, file);
  return module.exports;
}

/** Where the operating system wants copies that may be made again. */
function cacheFolder({ env, platform }: NodeJS.Process = process): string {
  const home = homedir();
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Keyvouch', 'native');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Keyvouch');
  return join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'keyvouch');
}

/** @throws Error where the folder is not this user's alone */
export function keptCopy(folder: string, name: string, bytes: Buffer): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const user = process.getuid?.();
  const mine = (path: string) => {
    const { uid, mode } = lstatSync(path);
    return user === undefined || (uid === user && (mode & 0o022) === 0);
  };
  if (!lstatSync(folder).isDirectory() || !mine(folder)) throw new Error(`${folder} is open to others`);
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const path = join(folder, `${digest}-${name}`);
  if (isSame(path, bytes) && mine(path)) return path;
  const next = `${path}.${process.pid}`;
  rmSync(next, { force: true });
  writeFileSync(next, bytes, { mode: 0o600, flag: 'wx' });
  renameSync(next, path);
  forgetOlder(folder, name, path);
  return path;
}

function isSame(path: string, bytes: Buffer): boolean {
  try {
    return lstatSync(path).isFile() && readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

/** Copies of earlier versions; Windows keeps one that is in use. */
function forgetOlder(folder: string, name: string, kept: string): void {
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    if (!file.endsWith(`-${name}`) || path === kept) continue;
    try {
      rmSync(path, { force: true });
    } catch {
      // The next update tries again.
    }
  }
}
