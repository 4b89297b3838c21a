import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { keyState, type KeyState } from './state';

/** Where the key's state lives. `change` has written it before it returns, as a key its counter before it answers. */
export interface Store {
  read(): KeyState;
  change(edit: (state: KeyState) => KeyState): void;
}

/** A store that forgets when the process ends. */
export function memoryStore(initial: KeyState): Store {
  let state = initial;
  return {
    read: () => state,
    change: (edit) => {
      state = edit(state);
    },
  };
}

/**
 * A store in a JSON file of mode 0600 (it holds private keys of the virtual key). Each change is written beside it and
 * renamed over it, so that a process that is killed leaves the old state or the new one. It is not forced to the disk
 * itself: that would cost milliseconds for each answer, and only a machine that loses power could tell.
 * @throws ZodError if the file is not a state file
 */
export function fileStore(path: string, initial: () => KeyState): Store {
  const found = existsSync(path);
  let state = found ? keyState.parse(JSON.parse(readFileSync(path, 'utf8'))) : initial();
  if (!found) {
    mkdirSync(dirname(path), { recursive: true });
    writeState(path, state);
  }
  return {
    read: () => state,
    change: (edit) => {
      const next = edit(state);
      writeState(path, next);
      state = next;
    },
  };
}

function writeState(path: string, state: KeyState): void {
  const beside = `${path}.new`;
  // A file of that name that is there already would keep its mode.
  rmSync(beside, { force: true });
  writeFileSync(beside, JSON.stringify(state), { mode: 0o600 });
  renameSync(beside, path);
}
