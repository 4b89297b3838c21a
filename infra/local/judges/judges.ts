import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startVirtualKey, type VirtualKey } from '../key/index';
import { runProgram } from './process';

/** One check of one judge. */
export interface Verdict {
  readonly judge: string;
  readonly check: string;
  readonly passed: boolean;
  /** Why not, in the judge's words. */
  readonly why?: string;
}

/** The judges cannot sit: something is not installed, and this says what. */
export class MissingTools extends Error {
  override readonly name = 'MissingTools';
}

const PYTHON = '/usr/bin/python3';
export const APT_PACKAGES = ['libfido2-dev', 'gcc', 'libc6-dev', 'pkg-config', 'python3-fido2'];

/**
 * Lets libfido2 and python-fido2, written by others than us, judge a fresh virtual key each, over its socket.
 * @throws MissingTools
 */
export async function runJudges(): Promise<Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-judges-'));
  try {
    const harness = await compile(folder);
    await demandPythonFido2();
    const python = join(__dirname, 'python_fido2.py');
    return [
      ...(await judge('libfido2', (key) => [harness, '127.0.0.1', String(key.port)])),
      ...(await judge('python-fido2', (key) => {
        const root = join(folder, 'root.pem');
        writeFileSync(root, key.attestationRootPem);
        return [PYTHON, python, '127.0.0.1', String(key.port), root];
      })),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judge(name: string, commandLine: (key: VirtualKey) => string[]): Promise<Verdict[]> {
  const key = await startVirtualKey({ touch: 'auto' });
  try {
    const [file = '', ...args] = commandLine(key);
    const { code, output } = await runProgram(file, args);
    const verdicts = parseVerdicts(name, output);
    const failed = verdicts.some((verdict) => !verdict.passed);
    if (code === 0 || failed) return verdicts;
    return [
      ...verdicts,
      { judge: name, check: 'run to its end', passed: false, why: `code ${code}: ${output.trim()}` },
    ];
  } finally {
    await key.close();
  }
}

/** Reads the lines "ok NAME" and "FAILED NAME: why" that a judge prints. */
export function parseVerdicts(judge: string, output: string): Verdict[] {
  return output.split('\n').flatMap((line): Verdict[] => {
    const passed = /^ok (.+)$/.exec(line);
    if (passed?.[1] !== undefined) return [{ judge, check: passed[1], passed: true }];
    const failed = /^FAILED ([^:]+): (.*)$/.exec(line);
    if (failed?.[1] === undefined) return [];
    return [{ judge, check: failed[1], passed: false, why: failed[2] ?? '' }];
  });
}

async function compile(folder: string): Promise<string> {
  const flags = await runProgram('pkg-config', ['--cflags', '--libs', 'libfido2']);
  if (flags.code !== 0) throw missing('libfido2 (or pkg-config)');
  const harness = join(folder, 'libfido2');
  const source = join(__dirname, 'libfido2.c');
  const linked = flags.output.split(/\s+/).filter((flag) => flag !== '');
  const built = await runProgram('gcc', ['-O1', '-Wall', '-Wextra', '-Werror', source, ...linked, '-o', harness]);
  if (built.missing) throw missing('gcc');
  if (built.code !== 0) throw new Error(`libfido2.c does not compile:\n${built.output}`);
  return harness;
}

async function demandPythonFido2(): Promise<void> {
  const found = await runProgram(PYTHON, ['-c', 'import fido2.ctap2, cryptography']);
  if (found.code !== 0) throw missing('python-fido2');
}

function missing(what: string): MissingTools {
  return new MissingTools(`${what} is missing; install with: apt-get install -y ${APT_PACKAGES.join(' ')}`);
}
