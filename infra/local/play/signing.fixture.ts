import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptedPrompts } from '../../../agent/operations/scripted-prompts.fixture';
import { type Fault } from '../../../agent/protocol/fault';
import { type ResultRequest } from '../../../agent/protocol/messages';
import { fileKeyStore } from '../../../agent/service/file-key-store';
import { openJournal } from '../../../agent/service/job-journal';
import { type Pairing, pairingStore } from '../../../agent/service/pairing-file';
import { firstPins } from '../../../agent/service/pinned-keys';
import { runJobs } from '../../../agent/service/run-jobs';
import { type Service } from '../../../agent/service/service';
import { jobsFor, serviceKeys } from '../../../bot/service/jobs';
import { modelsAt } from '../../../bot/service/models';
import { type WorkstationRecord } from '../../../bot/service/ports';
import { createWorld, type Name, START, WHO, type World } from '../../../bot/service/testing/world';
import { jobState, startJob, takeResult } from '../../../bot/service/workstation-jobs';
import { type TicketId } from '../../../bot/tickets/ids';
import { startVirtualKey, type VirtualKey } from '../key';

export const PIN = 'grün-4711';
export const RULES = JSON.stringify({ 'spare-key': { stepUp: true }, pass: { stepUp: true } });

const open: (() => Promise<unknown> | void)[] = [];
/** Closes all that was opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

async function virtualKey(): Promise<VirtualKey> {
  const key = await startVirtualKey({ touch: 'auto' });
  open.push(() => key.close());
  return key;
}

/** A workstation with its real agent, before the service without the wire between them. */
async function agentOf(world: World, record: WorkstationRecord, key: VirtualKey) {
  const directory = mkdtempSync(join(tmpdir(), 'keyvouch-agent-'));
  open.push(() => rmSync(directory, { recursive: true, force: true }));
  const pairings = pairingStore(directory);
  const service = world.deps.settings.publicUrl;
  const pairing: Pairing = {
    ...{ service, workstation: record.id, name: record.name, person: 'x', kind: 'own', state: 'active' },
    ...{ thumbprint: 't', pairedAt: new Date().toISOString(), pinned: await firstPins(await serviceKeys(world.deps)) },
  };
  await pairings.write({ service, pairing });
  const seen: { jobs: string[]; results: ResultRequest[] } = { jobs: [], results: [] };
  const spoil: { result?: (result: ResultRequest) => ResultRequest; jobs?: (jws: string) => string } = {};
  const client: Service = {
    async jobs() {
      const reply = await jobsFor(world.deps, record);
      seen.jobs.push(...reply.jobs);
      return reply;
    },
    start: (job, number) => startJob(world.deps, record, job, number),
    result(job, result) {
      const sent = spoil.result?.(result) ?? result;
      seen.results.push(sent);
      return takeResult(world.deps, record, job, sent).catch((error: unknown) => {
        // As the wire tells it to the agent.
        throw Object.assign(error as Fault, { facts: { status: 409 } });
      });
    },
    state: (job) => jobState(world.deps, record, job),
    models: () => modelsAt(world.deps, record),
    nameNextKey: () => Promise.reject(new Error('not now')),
    signedBy: () => client,
  };
  return {
    record,
    pairings,
    seen,
    spoil,
    async run(script: { pins?: string[]; answers: string[] }) {
      const prompts = scriptedPrompts(script);
      const around = {
        ...{ service: client, journal: await openJournal(directory), prompts, tell: () => undefined, pairings },
        ...{ keys: fileKeyStore(directory), devices: [`tcp:127.0.0.1:${key.port}`], lookEveryMs: 20 },
      };
      const paired = (await pairings.read()).pairing ?? pairing;
      const settled = await runJobs(around, paired, { once: true, untilIdleMs: 0 });
      await world.rest();
      return { settled, log: prompts.log.join('\n') };
    },
  };
}
type Agent = Awaited<ReturnType<typeof agentOf>>;

/** Registers a key for somebody at their own workstation, all the way. */
export async function register(world: World, who: Name, agent: Agent, id: TicketId, vouchCode: string, pins: string[]) {
  await world.press(who, id, 'choose-workstation');
  await world.press(who, id, 'vouch', { code: vouchCode });
  const { details } = await world.press(who, id, 'start-job');
  await world.rest();
  return agent.run({ pins, answers: [details?.jobNumber ?? 'none'] });
}

/** Bob has a key that came through Keyvouch, and his own workstation; Ada has one too, and asks for a spare key. */
export async function setUp(settings: Readonly<Record<string, string>> = {}) {
  const [bobs, adas] = [await virtualKey(), await virtualKey()];
  const KEYVOUCH_ATTESTATION_ROOTS = bobs.attestationRootPem + adas.attestationRootPem;
  const wants = { KEYVOUCH_UNATTESTED: 'refuse', KEYVOUCH_ATTESTATION_ROOTS, KEYVOUCH_RULES: RULES };
  const world = await createWorld({ settings: { ...wants, ...settings } });
  open.push(() => world.rest());
  // A real agent takes no short challenge.
  const { passkeys } = world.entra.entra;
  const { creationOptions } = passkeys;
  passkeys.creationOptions = async (person) => {
    const options = await creationOptions(person);
    return { ...options, publicKey: { ...options.publicKey, challenge: randomBytes(32).toString('base64url') } };
  };
  // The agent lives by the real clock.
  world.wait((Date.now() - Date.parse(START)) / 1000);
  const bob = await agentOf(world, await world.addWorkstation('bob'), bobs);
  const ada = await agentOf(world, await world.addWorkstation('ada'), adas);

  const first = await world.ask('bob', { subject: WHO.bob });
  const { vouchCode } = await world.press('carol', first.id, 'approve', { how: 'video' });
  if (!vouchCode) throw new Error('no vouch code');
  const made = await register(world, 'bob', bob, first.id, vouchCode.reveal(), [PIN, PIN]);
  expect(made.settled).toMatchObject([{ state: 'registered' }]);

  world.addPasskey('ada', 'adas-old-key', new Date(START));
  const { id, outcome } = await world.ask('ada', { flow: 'spare-key', reason: 'A second key, please' });
  expect(outcome.refusal).toBeUndefined();
  return { world, bob, ada, id };
}
export type Setting = Awaited<ReturnType<typeof setUp>>;

/** Bob presses Approve, and types at his workstation what his chat shows. */
export async function bobSigns({ world, bob, id }: Setting, script: { pins?: string[]; answers?: string[] } = {}) {
  const { refusal, details } = await world.press('bob', id, 'approve', { how: 'in-person' });
  expect(refusal).toBeUndefined();
  await world.rest();
  return bob.run({ pins: [PIN], answers: [details?.jobNumber ?? 'none'], ...script });
}
