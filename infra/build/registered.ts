import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Loads a built Functions app in its own process, from a copy with no node_modules above it, and gives the names it
 * registers. A file that fails to load throws here; on the real host it would only be an app with no functions.
 */
export async function registeredNames(app: string): Promise<string[]> {
  const away = await mkdtemp(join(tmpdir(), 'keyvouch-app-'));
  try {
    await cp(app, away, { recursive: true });
    const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'load-app.cjs'), away], {
      cwd: away,
      timeout: 60_000,
      // As bare as a new instance: the app must load before anything is configured.
      env: { PATH: process.env['PATH'] ?? '' },
    });
    return stdout.split('\n').filter(Boolean).sort();
  } finally {
    await rm(away, { recursive: true, force: true });
  }
}

/** The names that the sources of functions/ register: `app.http('messages', …)`, `app.timer('sweep', …)`. */
export async function declaredNames(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /(?<!\.test)\.ts$/.test(file));
  const sources = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const calls = sources.flatMap((source) => [
    ...source.matchAll(/\bapp\.(?:http|get|post|put|deleteRequest|timer)\(\s*'([^']+)'/g),
  ]);
  return calls.map(([, name]) => name ?? '').sort();
}
