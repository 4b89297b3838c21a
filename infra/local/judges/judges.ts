import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { profiles, startVirtualKey, type VirtualKey } from '../key/index';
import { runProgram } from './process';
import { compileAgainstLibfido2, demandPythonFido2, PYTHON } from './tools';
import type { Verdict } from './verdict';

/**
 * Lets libfido2 and python-fido2, written by others than us, judge a fresh virtual key each, call by call, over its
 * socket: every flag, counter and status code that they can see.
 *
 * @throws MissingTools
 */
export async function runJudges(): Promise<Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-judges-'));
  try {
    const harness = await compileAgainstLibfido2(join(__dirname, 'libfido2.c'), join(folder, 'libfido2'));
    await demandPythonFido2();
    const python = join(__dirname, 'python_fido2.py');
    return [
      ...(await judge('libfido2 1.12', (key) => [harness, '127.0.0.1', String(key.port)])),
      ...(await judge('python-fido2 0.9.1', (key) => {
        const root = join(folder, 'root.pem');
        writeFileSync(root, key.attestationRootPem);
        return [PYTHON, '-B', python, '127.0.0.1', String(key.port), root];
      })),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judge(name: string, commandLine: (key: VirtualKey) => string[]): Promise<Verdict[]> {
  const profile = profiles.modern;
  const key = await startVirtualKey({ touch: 'auto', profile });
  try {
    const [file = '', ...args] = commandLine(key);
    const { code, output } = await runProgram(file, args);
    const verdicts = parseVerdicts({ judge: name, profile: profile.name }, output);
    const failed = verdicts.some(({ outcome }) => outcome === 'FAIL');
    if (code === 0 || failed) return verdicts;
    const why = `code ${code}: ${output.trim()}`;
    return [...verdicts, { judge: name, profile: profile.name, operation: 'run to its end', outcome: 'FAIL', why }];
  } finally {
    await key.close();
  }
}

/** Reads the lines "ok NAME" and "FAILED NAME: why" that a judge prints. */
export function parseVerdicts(of: Pick<Verdict, 'judge' | 'profile'>, output: string): Verdict[] {
  return output.split('\n').flatMap((line): Verdict[] => {
    const passed = /^ok (.+)$/.exec(line);
    if (passed?.[1] !== undefined) return [{ ...of, operation: `call by call: ${passed[1]}`, outcome: 'PASS' }];
    const failed = /^FAILED ([^:]+): (.*)$/.exec(line);
    if (failed?.[1] === undefined) return [];
    return [{ ...of, operation: `call by call: ${failed[1]}`, outcome: 'FAIL', why: failed[2] ?? '' }];
  });
}
