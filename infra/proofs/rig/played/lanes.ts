import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../bundle';
import { type Guard } from '../guard-out';

/** A task takes a second or two; what takes this long hangs. */
const STUCK_MS = 180_000;

type Reply<R> = { progress: string } | { result: R } | { broken: string };

function ask<R>(
  child: ChildProcess,
  task: object,
  { stuckMs = STUCK_MS, progress }: Pick<LanesOptions<object, R>, 'stuckMs' | 'progress'>,
): Promise<R> {
  return new Promise((done, failed) => {
    const settle = (finish: () => void): void => {
      clearTimeout(late);
      child.removeAllListeners('message').removeAllListeners('exit');
      finish();
    };
    const late = setTimeout(() => settle(() => failed(new Error('a lane hangs'))), stuckMs);
    child.on('message', (reply) => {
      const got = reply as Reply<R>;
      if ('progress' in got) {
        late.refresh();
        return progress?.(got.progress);
      }
      settle(() => ('result' in got ? done(got.result) : failed(new Error(got.broken))));
    });
    child.once('exit', (code) => settle(() => failed(new Error(`a lane ended with ${code ?? 'a signal'}`))));
    child.send(task);
  });
}

export interface LanesOptions<T extends object, R> {
  entry: string;
  guard?: Guard;
  tasks: readonly T[];
  /** Told after each, in the order in which they end. */
  onDone?: (task: T, result: R, done: number) => void;
  /** How far a task has come that tells of it. */
  progress?: (text: string) => void;
  /** After so long without a word a task is taken to hang. Default three minutes. */
  stuckMs?: number;
}

/**
 * Does tasks in processes of their own, as many at once as there are cores: in each of them time is played.
 * @returns what each came to, in the order in which they ended
 */
export async function runInLanes<T extends object, R>(options: LanesOptions<T, R>): Promise<{ task: T; result: R }[]> {
  const { entry, guard, tasks, onDone } = options;
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-lanes-'));
  const lanes: ChildProcess[] = [];
  try {
    const file = join(folder, 'lane.cjs');
    await bundle(entry, file, { without: guard });
    const waiting = [...tasks];
    const results: { task: T; result: R }[] = [];
    const lane = async (): Promise<void> => {
      const child = fork(file, { execArgv: [], serialization: 'advanced' });
      lanes.push(child);
      for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
        const result = await ask<R>(child, task, options);
        results.push({ task, result });
        onDone?.(task, result, results.length);
      }
    };
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, lane));
    return results;
  } finally {
    for (const child of lanes) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
