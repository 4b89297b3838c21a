import { userInfo } from 'node:os';
import { join } from 'node:path';

/** Addresses of keys behind the broker: this, and the key's own path there; alone, all of them. */
export const BROKER_SCHEME = 'broker:';

/** Where a broker and the agent of its one user meet. */
export interface Rendezvous {
  /** Belongs to whoever runs the broker; the user may only look into it. */
  directory: string;
  /** A unix socket in it, or a Windows named pipe. */
  socket: string;
  /** What both know and nobody else: readable by the user alone. */
  secretFile: string;
}

/** What decides where that is. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
}

const here: Surroundings = { platform: process.platform, env: process.env };

/** Node joins paths by the rules of the system it runs on, not of the one it is asked about; each has its root here. */
const ROOTS: Partial<Record<NodeJS.Platform, string>> = { darwin: '/var/run/keyvouch', linux: '/run/keyvouch' };

/**
 * The meeting place of a user: a numeric user id, or on Windows a user name with or without its domain.
 * KEYVOUCH_BROKER_DIR names another root than the system's.
 */
export function rendezvous(user: string, { platform, env }: Surroundings = here): Rendezvous {
  const chosen = env['KEYVOUCH_BROKER_DIR'];
  if (platform !== 'win32') {
    const directory = join(chosen ?? ROOTS[platform] ?? '/run/keyvouch', user);
    return { directory, socket: join(directory, 'socket'), secretFile: join(directory, 'secret') };
  }
  const name = (user.split('\\').at(-1) ?? user).toLowerCase().replace(/[^\w.-]/g, '_');
  // Only administrators can write below Program Files, so nobody else can lay a false meeting place there.
  const root = chosen ?? join(env['ProgramFiles'] ?? 'C:\\Program Files', 'Keyvouch', 'broker');
  const directory = join(root, name);
  return { directory, socket: `\\\\.\\pipe\\keyvouch-broker-${name}`, secretFile: join(directory, 'secret') };
}

/** The meeting place of whoever runs this process. */
export function ownRendezvous(surroundings: Surroundings = here): Rendezvous {
  const uid = process.getuid?.();
  return rendezvous(uid === undefined ? userInfo().username : String(uid), surroundings);
}
