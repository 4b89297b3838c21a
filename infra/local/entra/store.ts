import { readFileSync, renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { stateSchema, type State } from './state';

/** What changed, for those who watch; never a value of a secret. */
export interface Change {
  kind: string;
  userId?: string;
  at: number;
}

/** The tenant in memory, with a copy on disk that is always whole. */
export interface Store {
  readonly state: State;
  /** Runs `work` on the state in one go, then tells the watchers. */
  change<T>(kind: string, userId: string | undefined, work: (state: State) => T): T;
  /** Resolves when everything changed so far is on disk. */
  settled(): Promise<void>;
  subscribe(watcher: (change: Change) => void): () => void;
}

/** The state of an earlier run, or undefined where there is no file. Throws where the file is not ours. */
export const loadState = (file: string): State | undefined => {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return stateSchema.parse(JSON.parse(json));
};

/** Write beside, flush, rename: a crash leaves the old file or the new one, never half of one. */
const write = async (file: string, state: State): Promise<void> => {
  const beside = `${file}.new`;
  const handle = await open(beside, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify(state));
    await handle.sync();
  } finally {
    await handle.close();
  }
  renameSync(beside, file);
};

export const createStore = (state: State, now: () => number, file?: string): Store => {
  const watchers = new Set<(change: Change) => void>();
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  // One write runs, at most one waits: many changes share it.
  const save = (): Promise<void> => {
    if (file === undefined) return running;
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        running = write(file, state);
        return running;
      });
    return next;
  };

  return {
    state,
    change(kind, userId, work) {
      const result = work(state);
      // A failed write is told to whoever waits for `settled`.
      save().catch(() => undefined);
      const change: Change = { kind, at: now(), ...(userId === undefined ? {} : { userId }) };
      for (const watcher of watchers) watcher(change);
      return result;
    },
    settled: () => next ?? running,
    subscribe(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
};
