import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type Check } from './check';

const BUILT_IN = new Set(['ci', 'test']);

/** The npm commands that a script runs, as it runs them: `ci`, `test`, `run build`. */
export function npmCommands(script: string): string[] {
  const commands = script.matchAll(/^[^#\n]*?\bnpm (run )?([\w:-]+)/gm);
  return [...commands].map(([, run = '', name = '']) => run + name);
}

export const ciScript: Check = {
  name: '.ci/run is a script that can run, and all that it calls exists',
  async run(root) {
    const path = join(root, '.ci', 'run');
    const text = await readFile(path, 'utf8');
    const { scripts } = z
      .object({ scripts: z.record(z.string()) })
      .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    const syntax = await promisify(execFile)('bash', ['-n', path]).then(
      () => [],
      (error: unknown) => [`.ci/run: ${error instanceof Error ? error.message : String(error)}`],
    );
    const unknown = npmCommands(text).filter((command) => {
      const name = command.replace(/^run /, '');
      return command === name ? !BUILT_IN.has(name) : !(name in scripts);
    });
    return [
      ...syntax,
      ...((await stat(path)).mode & 0o100 ? [] : ['.ci/run may not be executed (chmod +x).']),
      ...(text.includes('set -euo pipefail') ? [] : ['.ci/run does not stop at the first thing that fails.']),
      ...unknown.map((name) => `.ci/run calls "npm ${name}", which package.json does not have.`),
    ];
  },
};
