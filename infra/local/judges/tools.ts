import { join } from 'node:path';

import { runProgram } from './process';

/** The judges cannot sit: something is not installed, and this says what. */
export class MissingTools extends Error {
  override readonly name = 'MissingTools';
}

/** Debian's Python, for which Debian's packages are; whatever else is first in PATH knows nothing of them. */
export const PYTHON = '/usr/bin/python3';

/** Debian packages that the judges come from. */
export const APT_PACKAGES = [
  ...['libfido2-dev', 'gcc', 'libc6-dev', 'pkg-config'],
  ...['fido2-tools', 'python3-fido2', 'yubikey-manager'],
];

/**
 * Compiles a C program of one file against libfido2, with warnings as errors.
 *
 * @returns the program's path
 * @throws MissingTools; Error with the compiler's words
 */
export async function compileAgainstLibfido2(source: string, program: string): Promise<string> {
  const flags = await runProgram('pkg-config', ['--cflags', '--libs', 'libfido2']);
  if (flags.code !== 0) throw missing('libfido2 (or pkg-config)');
  const linked = flags.output.split(/\s+/).filter((flag) => flag !== '');
  const warnings = ['-Wall', '-Wextra', '-Werror'];
  const built = await runProgram('gcc', ['-O2', ...warnings, '-I', __dirname, source, ...linked, '-o', program]);
  if (built.missing) throw missing('gcc');
  if (built.code !== 0) throw new Error(`${source} does not compile:\n${built.output}`);
  return program;
}

/** The folder that Python programs beside this file import from. */
export const PYTHON_MODULES = join(__dirname);

/** @throws MissingTools */
export async function demandPythonFido2(): Promise<void> {
  const found = await runProgram(PYTHON, ['-c', 'import fido2.ctap2, cryptography']);
  if (found.code !== 0) throw missing('python-fido2');
}

function missing(what: string): MissingTools {
  return new MissingTools(`${what} is missing; install with: apt-get install -y ${APT_PACKAGES.join(' ')}`);
}
