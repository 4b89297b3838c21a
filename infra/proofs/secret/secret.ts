import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type AgentProcess } from '../../local/sandbox/agent-process';
import { persistentlyAtWorkstation, persistentlyByPass, untilOver } from '../../local/play/persistent-onboarding';
import { createPersistentPlayer } from '../../local/play/persistent-player';
import { startVirtualKey } from '../../local/key';
import { people } from '../../local/entra';
import { type Effort, type Finding, type Proof } from '../proof';
import { buildUnguarded } from '../rig/apps';
import { type Guard } from '../rig/guard-out';
import { type Rig, startRig } from '../rig/rig';
import { dumpTables } from '../rig/table-dump';
import { type Canary, leaksIn, type Trace } from './canaries';
import { shownIn, traceOf } from './exchange-trace';

const PATIENCE_MS = 120_000;
const [PIN_AT_WORKSTATION, PIN_BY_PASS] = ['2718281828459', '1618033988749'];
const PROMISE = 'no pass, PIN, token or key stands anywhere but in the one reply to the one click that asked for it';

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

const PrivateKey = z.object({ d: z.string() });
const ServiceKeys = z.object({ root: z.string(), signing: z.array(PrivateKey) });

/** The secrets that went through: those that a card showed, and those that were there from the start. */
function canariesOf({ entra, teams, keyFile, folder }: Rig): Canary[] {
  const letters = teams.traffic().flatMap((exchange) => shownIn(exchange) ?? []);
  // Two digits are no secret: they tie the chat to the workstation for one try.
  const shown = [...new Set(letters.flatMap((text) => [text, text.replace(/[\s-]/g, '')]))].filter(
    ({ length }) => length > 2,
  );
  const service = ServiceKeys.parse(JSON.parse(readFileSync(keyFile, 'utf8')));
  const ofWorkstations = [...filesBelow(folder)]
    .filter((path) => /key-[^/]*\.json$/.test(path))
    .map((path) => PrivateKey.parse(JSON.parse(readFileSync(path, 'utf8'))).d);
  const home = /^the file (service-keys|workstations\/[^/]+\/key-.*)\.json$/;
  return [
    ...shown.map((value): Canary => ({ name: `what a card showed (${value.length} letters)`, value })),
    { name: 'the PIN of the workstation story', value: PIN_AT_WORKSTATION },
    { name: 'the PIN of the pass story', value: PIN_BY_PASS },
    { name: 'the client secret', value: entra.clientSecret },
    { name: "the bot's password", value: teams.bot.MicrosoftAppPassword },
    { name: 'the root of the derived keys', value: service.root, home },
    ...service.signing.map(({ d }): Canary => ({ name: 'a signing key', value: d, home })),
    ...ofWorkstations.map((value): Canary => ({ name: "a workstation's key", value, home })),
  ];
}

/** Everything that was written or sent. */
async function tracesOf(rig: Rig, hostLines: readonly string[], agents: readonly AgentProcess[]): Promise<Trace[]> {
  const said = agents.flatMap((agent) => agent.lines().map(({ text }) => text));
  return [
    ...(await dumpTables(rig)).map((text) => ({ where: `a table row: ${text.slice(0, 100)}`, text })),
    ...rig.teams.traffic().map(traceOf),
    ...hostLines.map((text) => ({ where: `the host's log: ${text.slice(0, 60)}`, text })),
    ...said.map((text) => ({ where: `the agent's output: ${text.slice(0, 60)}`, text })),
    ...[...filesBelow(rig.folder)].map((path) => ({
      where: `the file ${path.slice(rig.folder.length + 1)}`,
      text: readFileSync(path, 'utf8'),
    })),
  ];
}

const TOKEN = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/;

/** Tokens have no place outside of storage, where signed decisions and jobs lie. */
function tokensIn(traces: readonly Trace[]): string[] {
  const outside = traces.filter(({ where }) => !/^a table row|^the file workstations/.test(where));
  return outside.filter(({ text }) => TOKEN.test(text)).map(({ where }) => `a token stands in: ${where}`);
}

async function measure(entry: string): Promise<Finding> {
  const hostLines: string[] = [];
  const installed = [people.sean.id, people.mara.id, people.ada.id];
  const rig = await startRig({ entry, installed, onHostLine: (line) => hostLines.push(line) });
  const agents: AgentProcess[] = [];
  const second = await startVirtualKey({ touch: 'auto', attestation: rig.attestation });
  const watched: Rig = {
    ...rig,
    agent: (workstation, args) => {
      const agent = rig.agent(workstation, args);
      agents.push(agent);
      return agent;
    },
  };
  try {
    await rig.host.start();
    for (const person of installed) await rig.teams.install(person);
    const player = createPersistentPlayer(rig.teams, { until: Date.now() + PATIENCE_MS });
    const roles = (who: typeof people.sean | typeof people.ada, key: Rig['key'], pin: string) => ({
      requester: who,
      subject: who,
      recipient: who,
      approver: people.mara,
      key,
      pin,
    });
    const atDesk = { sandbox: watched, player, roles: roles(people.sean, rig.key, PIN_AT_WORKSTATION) };
    await untilOver(atDesk, (await persistentlyAtWorkstation(atDesk)).ticket);
    const byPass = { sandbox: watched, player, roles: roles(people.ada, second, PIN_BY_PASS) };
    const { ticket, passesSeen } = await persistentlyByPass(byPass);
    await untilOver(byPass, ticket);
    const traces = await tracesOf(watched, hostLines, agents);
    const canaries = canariesOf(watched);
    // A proof that lost sight of the pass would find nothing.
    if (!canaries.some(({ value }) => passesSeen.includes(value))) throw new Error('no pass went through');
    const violations = [...leaksIn(traces, canaries), ...tokensIn(traces)];
    return {
      id: 'secret',
      promise: PROMISE,
      figure: `${violations.length} hits of ${canaries.length} secrets in ${traces.length} things written or sent`,
      goal: '0 hits but the one reply',
      holds: violations.length === 0,
      violations,
      facts: { canaries: canaries.map(({ name }) => name), traces: traces.length },
    };
  } finally {
    for (const agent of agents) agent.kill();
    await rig.close();
    await second.close();
  }
}

/** What keeps secrets out of texts. In its place stands one that tells the log each secret that it is given. */
const VEIL: Guard = {
  file: 'agent/protocol/secret.ts',
  instead: `export class Secret<T = string> {
  constructor(private readonly value: T) { process.stdout.write(String(value) + '\\n'); }
  reveal(): T { return this.value; }
  toString(): string { return String(this.value); }
  toJSON(): string { return String(this.value); }
}
`,
};

async function withoutGuard(): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-control-'));
  try {
    return await measure(await buildUnguarded(folder, VEIL));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const secret: Proof = { id: 'secret', run: ({ entry }: Effort) => measure(entry), withoutGuard };
