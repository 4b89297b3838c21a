import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { people } from './entra';
import { startVirtualKey } from './key';
import { ADA, onboardingAtWorkstation, onboardingByPass, type Tell } from './play/onboarding';
import { attestationRoot } from './sandbox/attestation-root';
import { installApp, type Sandbox, startSandbox } from './sandbox/sandbox';

/** One step of a story, and how long it took. */
interface Step {
  step: string;
  ms: number;
}

interface Told {
  flow: string;
  way: string;
  steps: Step[];
  [fact: string]: unknown;
}

/** Plays one story and tells it line by line. */
async function play(flow: string, way: string, quiet: boolean, story: (tell: Tell) => Promise<object>): Promise<Told> {
  const steps: Step[] = [];
  let last = Date.now();
  if (!quiet) console.log(`\n${flow}, ${way}`);
  const facts = await story((step) => {
    const ms = Date.now() - last;
    last = Date.now();
    steps.push({ step, ms });
    if (!quiet) console.log(`  ✓ ${step} (${ms} ms)`);
  });
  return { flow, way, ...facts, steps };
}

type Scene = (sandbox: Sandbox, quiet: boolean) => Promise<Told>;

const atWorkstation: Scene = (sandbox, quiet) =>
  play('onboarding', 'workstation', quiet, (tell) =>
    onboardingAtWorkstation(sandbox, { ...ADA, key: sandbox.key }, tell),
  );

/** Another colleague, with a key of his own. */
const byPass: Scene = async (sandbox, quiet) => {
  const attestation = await attestationRoot(join(sandbox.folder, 'attestation-root.json'));
  const key = await startVirtualKey({ touch: 'auto', attestation });
  try {
    const cast = { subject: people.sean, manager: people.mara, key, pin: '314159' };
    return await play('onboarding', 'pass', quiet, (tell) => onboardingByPass(sandbox, cast, tell));
  } finally {
    await key.close();
  }
};

const FLOWS: Readonly<Record<string, readonly Scene[]>> = { onboarding: [atWorkstation, byPass] };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      flow: { type: 'string', default: 'all' },
      json: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
    },
  });
  const quiet = values.json;
  const names = values.flow === 'all' ? Object.keys(FLOWS) : [values.flow];
  const scenes = names.flatMap((name) => FLOWS[name] ?? []);
  if (scenes.length === 0)
    throw new Error(`There is no flow "${values.flow}". There are: all, ${Object.keys(FLOWS).join(', ')}.`);
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-demo-'));
  const said: string[] = [];
  if (!quiet) console.log('Starting the sandbox: storage, Entra, Teams, a security key, and the Functions host …');
  const sandbox = await startSandbox({
    folder,
    touch: 'auto',
    built: values.built,
    onHostLine: (line) => said.push(line),
  });
  try {
    await installApp(sandbox.teams);
    const flows: Told[] = [];
    for (const scene of scenes) flows.push(await scene(sandbox, quiet));
    if (quiet) console.log(JSON.stringify({ ok: true, flows }));
    else console.log(`\nAll of it happened: ${flows.length} stories, each ended by a sign-in that Entra verified.`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (quiet) console.log(JSON.stringify({ ok: false, error: message }));
    console.error(`\nIt did not happen: ${message}\n\nThe last the product said:\n${said.slice(-15).join('\n')}`);
    process.exitCode = 1;
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
