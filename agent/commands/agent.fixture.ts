import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import Ajv from 'ajv/dist/2020';
import { type Prompts } from '../operations/prompts';
import { type Script, scriptedPrompts } from '../operations/scripted-prompts.fixture';
import type * as terminal from '../terminal/prompts';
import { agentProgram } from './program';
import { type DocumentName } from './shapes/documents';
import { schemaOf } from './shapes/json-schema';

type Terminal = typeof terminal;

/** Who sits there: a person with answers, or nobody, with PINs on a file descriptor. */
const mockSeat: { person: Prompts | undefined; out: string[]; err: PassThrough } = {
  person: undefined,
  out: [],
  err: new PassThrough(),
};

jest.mock('../terminal/interactive', () => ({ isInteractive: () => mockSeat.person !== undefined }));
jest.mock('../terminal/print', () => ({ print: (line: string) => void mockSeat.out.push(line) }));
jest.mock('../terminal/prompts', () => {
  const actual = jest.requireActual<Terminal>('../terminal/prompts');
  return {
    terminalPrompts: (options: object) =>
      mockSeat.person ?? actual.terminalPrompts({ ...options, output: mockSeat.err }),
  };
});

/** What a run of the program left. */
export interface Ran {
  status: number;
  out: string;
  /** What people read besides the result. */
  err: string;
}

async function run(args: readonly string[]): Promise<Ran> {
  mockSeat.out = [];
  mockSeat.err = new PassThrough();
  process.exitCode = 0;
  const status = () => Number(process.exitCode);
  try {
    await agentProgram().parseAsync(args, { from: 'user' });
    const err = mockSeat.err.read() as Buffer | null;
    return { status: status(), out: mockSeat.out.join('\n'), err: err?.toString() ?? '' };
  } finally {
    process.exitCode = undefined;
  }
}

/** Runs a command for a person at a terminal, who answers from a script. */
export async function asPerson(
  args: readonly string[],
  script: Script | Prompts = {},
): Promise<Ran & { log: readonly string[] }> {
  const scripted = 'say' in script ? undefined : scriptedPrompts(script);
  mockSeat.person = scripted ?? (script as Prompts);
  try {
    return { ...(await run(args)), log: scripted?.log ?? [] };
  } finally {
    mockSeat.person = undefined;
  }
}

/** Runs a command with `--json`, PINs on a file descriptor and nobody to ask; what it prints must keep to its schema. */
export async function asProgram(
  name: DocumentName,
  args: readonly string[],
  pins?: readonly string[],
): Promise<Ran & { document: Record<string, unknown> }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-pins-'));
  const path = join(folder, 'pins');
  writeFileSync(path, (pins ?? []).map((pin) => `${pin}\n`).join(''));
  const fd = openSync(path, 'r');
  try {
    const pinArgs = pins === undefined ? [] : ['--pin-fd', String(fd)];
    const ran = await run([...name.split(' '), ...args, '--json', ...pinArgs]);
    const document: unknown = JSON.parse(ran.out);
    const check = new Ajv({ strict: false }).compile(schemaOf(name));
    if (!check(document)) throw new Error(`${name}: ${JSON.stringify(check.errors)}\n${ran.out}`);
    return { ...ran, document: document as Record<string, unknown> };
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  }
}
