import { type Device, staysTheSame } from '../hid/devices';
import { type Key } from './key';

/**
 * Keys that are plugged in beside the one that is waited for. Whatever is unplugged is forgotten, because its path may
 * be another key's the next time.
 *
 * @param paths of those that were there before
 */
export function bystanders(paths: readonly string[]) {
  const standing = new Map<string, Key | undefined>(paths.map((path) => [path, undefined]));
  return {
    /** Of those listed now, the ones that were plugged in since. */
    async newcomers(listed: readonly Device[]): Promise<Device[]> {
      for (const [path, key] of standing) {
        // A list of given addresses names a key also while it is away: then only the open key tells.
        if (!key?.channel.gone && listed.some((device) => device.path === path)) continue;
        standing.delete(path);
        await key?.close();
      }
      return listed.filter(({ path }) => !standing.has(path));
    },
    /** A newcomer that is not the one. Where no list tells when it is unplugged it stays open, so that it tells itself. */
    async add(key: Key): Promise<void> {
      const { path } = key.device;
      standing.set(path, staysTheSame(path) ? key : undefined);
      if (!staysTheSame(path)) await key.close();
    },
    async close(): Promise<void> {
      for (const key of standing.values()) await key?.close();
    },
  };
}
