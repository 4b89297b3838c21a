import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

import { keyState, type KeyState } from './state';

/** Where the key's state lives. `change` has it on disk before it returns, as a key has its counter before it answers. */
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
 * renamed over it, so that a crash leaves the old state or the new one.
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
  const file = openSync(beside, 'w', 0o600);
  try {
    writeSync(file, JSON.stringify(state, null, 2));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}
