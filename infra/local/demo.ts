import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Secret } from '../../agent/protocol/secret';
import { people } from './entra';
import { startVirtualKey, type VirtualKey } from './key';
import { approvals } from './play/approvals';
import { ADA, type Cast, onboardingAtWorkstation, onboardingByPass, type Tell } from './play/onboarding';
import { setPinOf } from './play/key-pin';
import { notMe } from './play/not-me';
import { lockedPin } from './play/locked-pin';
import { lostKey, passOnly, returnKey, spareKey } from './play/other-flows';
import { STEP_UP_RULES, stepUp } from './play/step-up';
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

const SEAN = { subject: people.sean, manager: people.mara, pin: '314159' };

/** Plays with a fresh key of the sandbox's maker. */
async function withKey<T>(sandbox: Sandbox, work: (key: VirtualKey) => Promise<T>): Promise<T> {
  const attestation = await attestationRoot(join(sandbox.folder, 'attestation-root.json'));
  const key = await startVirtualKey({ touch: 'auto', attestation });
  try {
    return await work(key);
  } finally {
    await key.close();
  }
}

/** Another colleague, with a key of his own. */
const byPass: Scene = (sandbox, quiet) =>
  withKey(sandbox, (key) =>
    play('onboarding', 'pass', quiet, (tell) => onboardingByPass(sandbox, { ...SEAN, key }, tell)),
  );

/** Somebody who has had a key since earlier days. */
const withEarlierKey =
  (flow: string, who: Omit<Cast, 'key'>, story: (sandbox: Sandbox, cast: Cast, tell: Tell) => Promise<object>): Scene =>
  (sandbox, quiet) =>
    withKey(sandbox, async (key) => {
      const device = `tcp:127.0.0.1:${key.port}`;
      for (const { id } of [who.subject, who.manager])
        if (!sandbox.teams.person(id).installed) await sandbox.teams.install(id);
      await setPinOf(device, new Secret(who.pin));
      await sandbox.entra.enrol(who.subject.upn, { device, pin: new Secret(who.pin) }, 'Blue key');
      return play(flow, flow === 'locked-pin' || flow === 'step-up' ? 'workstation' : 'pass', quiet, (tell) =>
        story(sandbox, { ...who, key }, tell),
      );
    });

const pin = '314159';
const BEA = { subject: people.bea, manager: people.viktor, pin };
const CARL = { subject: people.carl, manager: people.viktor, pin };
const PETRA = { subject: people.petra, manager: people.viktor, pin };
const SUKI = { subject: people.suki, manager: people.viktor, pin };
const MARA = { subject: people.mara, manager: people.viktor, pin };
const HELPDESK = [people.jonas, people.suki] as const;

const FLOWS: Readonly<Record<string, readonly Scene[]>> = {
  onboarding: [atWorkstation, byPass],
  'lost-key': [
    withEarlierKey('lost-key', BEA, (sandbox, cast, tell) =>
      withKey(sandbox, (key) => lostKey(sandbox, { ...cast, lost: cast.key, key }, tell)),
    ),
  ],
  'locked-pin': [withEarlierKey('locked-pin', SUKI, lockedPin)],
  'spare-key': [
    withEarlierKey('spare-key', CARL, (sandbox, cast, tell) =>
      withKey(sandbox, (key) => spareKey(sandbox, { ...cast, key }, tell)),
    ),
  ],
  pass: [
    (sandbox, quiet) =>
      withKey(sandbox, (key) => play('pass', 'pass', quiet, (tell) => passOnly(sandbox, { ...SEAN, key }, tell))),
  ],
  'return-key': [
    withEarlierKey('return-key', PETRA, (sandbox, cast, tell) =>
      returnKey(sandbox, { ...cast, helpdesk: people.jonas }, tell),
    ),
  ],
  // Who decides: last but one, for a manager changes in it.
  approvals: [
    (sandbox, quiet) =>
      play('approvals', 'pass', quiet, (tell) =>
        approvals(sandbox, { ...SEAN, delegate: people.petra, helpdesk: people.jonas, above: people.viktor }, tell),
      ),
  ],
  // A colleague whose chat a thief has.
  'not-me': [
    withEarlierKey('not-me', MARA, (sandbox, cast, tell) =>
      withKey(sandbox, (key) =>
        notMe(sandbox, { ...cast, manager: people.viktor, own: cast.key, key, helpdesk: HELPDESK }, tell),
      ),
    ),
  ],
};

/** Under another rule than the rest, so not among all. */
const STEP_UP: Scene = async (sandbox, quiet) =>
  withKey(sandbox, (own) =>
    withEarlierKey('step-up', SEAN, (same, cast, tell) =>
      withKey(same, (key) => {
        const approver = { upn: people.mara.upn, key: own, pin: '271828', boss: people.viktor };
        return stepUp(same, { ...cast, key, approver }, tell);
      }),
    )(sandbox, quiet),
  );

const HELP = `Plays Keyvouch without a browser, and tells each step in a line.

  npm run demo -- [options]
    --flow NAME   ${Object.keys(FLOWS).join(', ')}, step-up; or all, which is all but step-up (default onboarding)
    --json        one document of JSON at the end, and nothing else
    --built       run what "npm run build" made, instead of the sources`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      flow: { type: 'string', default: 'onboarding' },
      json: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const quiet = values.json;
  const names = values.flow === 'all' ? Object.keys(FLOWS) : [values.flow];
  const own = values.flow === 'step-up';
  const scenes = own ? [STEP_UP] : names.flatMap((name) => FLOWS[name] ?? []);
  if (scenes.length === 0) throw new Error(`There is no flow "${values.flow}".\n\n${HELP}`);
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-demo-'));
  const said: string[] = [];
  if (!quiet) console.log('Starting the sandbox: storage, Entra, Teams, a security key, and the Functions host …');
  const sandbox = await startSandbox({
    folder,
    touch: 'auto',
    built: values.built,
    ...(own && { rules: STEP_UP_RULES }),
    onHostLine: (line) => said.push(line),
  });
  try {
    await installApp(sandbox.teams);
    const flows: Told[] = [];
    for (const scene of scenes) flows.push(await scene(sandbox, quiet));
    if (quiet) console.log(JSON.stringify({ ok: true, flows }));
    else
      console.log(
        `\nAll of it happened: ${flows.length === 1 ? 'one story,' : `${flows.length} stories, each`} tried at Entra's own sign-in.`,
      );
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

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
