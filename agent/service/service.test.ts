import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NUMBER, startService, type TestService } from '../../bot/workstations/service.fixture';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { deviceAt } from '../hid/devices';
import { openKey } from '../operations/key';
import { findOnKey } from '../operations/exclude-list';
import { type Script, scriptedPrompts } from '../operations/scripted-prompts';
import { Fault } from '../protocol/fault';
import { fingerprintWords } from '../protocol/fingerprint';
import { parsePairingCode } from '../protocol/pairing-code';
import { type AgentEvent } from './agent-event';
import { awaitConfirmation } from './await-confirmation';
import { openConnection } from './connection';
import { fileKeyStore } from './file-key-store';
import { openJournal } from './job-journal';
import { pair } from './pair';
import { type Pairing, pairingStore } from './pairing-file';
import { runJobs } from './run-jobs';
import { type Service, serviceFor } from './service';

const PIN = 'grün-4711';
const KEY = { touch: 'auto' } as const;

const open: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function service(): Promise<TestService> {
  const started = await startService();
  open.push(() => started.close());
  return started;
}

async function plugged(touch: 'auto' | 'manual' = 'auto'): Promise<VirtualKey> {
  const key = await startVirtualKey({ ...KEY, touch });
  open.push(() => key.close());
  return key;
}

/** A workstation: a directory, and what its agent is made of. */
function workstation(url: string) {
  const directory = mkdtempSync(join(tmpdir(), 'keyvouch-agent-'));
  const connection = openConnection(url);
  open.push(
    () => connection.close(),
    () => rmSync(directory, { recursive: true, force: true }),
  );
  const events: AgentEvent[] = [];
  return {
    directory,
    connection,
    events,
    tell: (event: AgentEvent) => void events.push(event),
    keys: fileKeyStore(directory),
    pairings: pairingStore(directory),
    agentVersion: '0.0.0',
  };
}
type Workstation = ReturnType<typeof workstation>;

async function pairAt(at: Workstation, chat: TestService, typed?: string): Promise<Pairing> {
  const code = parsePairingCode(typed ?? (await chat.newCode()).code.reveal())!;
  return pair({ ...at, prompts: scriptedPrompts() }, { service: chat.url, code, name: 'ada-laptop' });
}

async function clientOf({ keys, connection }: Workstation, pairing: Pairing): Promise<Service> {
  const key = (await keys.load(pairing.thumbprint))!;
  return serviceFor(connection, { service: pairing.service, workstation: pairing.workstation, key });
}

async function paired(chat: TestService) {
  const at = workstation(chat.url);
  const pairing = await pairAt(at, chat);
  await chat.settle(pairing.workstation, 'active');
  const client = await clientOf(at, pairing);
  const active = await awaitConfirmation(
    { service: client, pairings: at.pairings, prompts: scriptedPrompts() },
    pairing,
  );
  return { at, pairing: active, client };
}

interface RunMore {
  script?: Script;
  signal?: AbortSignal;
  client?: Service;
}

async function run(station: Awaited<ReturnType<typeof paired>>, key: VirtualKey, more: RunMore = {}) {
  const { at, pairing } = station;
  const prompts = scriptedPrompts(more.script ?? { pins: [PIN, PIN], answers: [NUMBER] });
  const deps = {
    ...at,
    prompts,
    service: more.client ?? station.client,
    journal: await openJournal(at.directory),
    devices: [`tcp:127.0.0.1:${key.port}`],
    signal: more.signal,
    lookEveryMs: 20,
  };
  return { prompts, settled: await runJobs(deps, pairing, { once: true, untilIdleMs: 0 }) };
}

async function fault(promise: Promise<unknown>): Promise<Fault> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Fault)) throw new Error(`expected a Fault, got ${String(error)}`);
  return error;
}

async function isOnKey(key: VirtualKey, credentialId: string): Promise<boolean> {
  const opened = await openKey(deviceAt(`tcp:127.0.0.1:${key.port}`));
  try {
    const ids = [Uint8Array.from(Buffer.from(credentialId, 'base64url'))];
    return (await findOnKey(opened, { rpId: 'login.microsoft.com', credentialIds: ids })) !== undefined;
  } finally {
    await opened.close();
  }
}

function madeOf(chat: TestService) {
  return chat.results.flatMap((result) => (result.outcome === 'made' ? [result] : []));
}

describe('pairing', () => {
  it('makes a key that only this user may read, shows its words, and is active once confirmed', async () => {
    const chat = await service();
    const { at, pairing } = await paired(chat);
    const record = (await chat.store.get(pairing.workstation))!.value;
    expect(record).toMatchObject({ name: 'ada-laptop', thumbprint: pairing.thumbprint, state: 'active' });
    expect(at.events).toEqual([
      expect.objectContaining({ event: 'words', words: fingerprintWords(record.thumbprint), person: 'Ada Lovelace' }),
    ]);
    expect(pairing.pinned.map(({ kid }) => kid)).toEqual((await chat.serviceKeys()).keys.map(({ kid }) => kid));
    for (const name of readdirSync(at.directory)) {
      expect(statSync(join(at.directory, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('after a lost reply is the same workstation with the same key', async () => {
    const chat = await service();
    const at = workstation(chat.url);
    const typed = (await chat.newCode()).code.reveal();
    chat.switches.loseReplies = /pair$/;
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const code = parsePairingCode(typed)!;
    const lost = pair({ ...at, prompts: scriptedPrompts(), signal: stop.signal }, { service: chat.url, code });
    expect((await fault(lost)).code).toBe('key-cancelled');
    chat.switches.loseReplies = undefined;
    await pairAt(at, chat, typed);
    expect(await chat.store.ofPerson('ada')).toHaveLength(1);
  });

  it.each<[string, (chat: TestService, at: Workstation) => Promise<unknown>, RegExp]>([
    ['pairing-code-wrong', (chat, at) => pairAt(at, chat, 'AAAA-BBBB-CCCC'), /wrong/],
    [
      'clock-off',
      (chat, at) => {
        chat.switches.clockMs = 300_000;
        return pairAt(at, chat);
      },
      /5 minutes behind/,
    ],
    [
      'pairing-declined',
      async (chat, at) => {
        const pairing = await pairAt(at, chat);
        await chat.settle(pairing.workstation, 'removed');
        const client = await clientOf(at, pairing);
        await awaitConfirmation({ service: client, pairings: at.pairings, prompts: scriptedPrompts() }, pairing);
      },
      /not theirs/,
    ],
    [
      'pairing-not-confirmed',
      async (chat, at) => {
        const pairing = await pairAt(at, chat);
        const deps = { service: await clientOf(at, pairing), pairings: at.pairings, prompts: scriptedPrompts() };
        await awaitConfirmation(deps, pairing, 50);
      },
      /Nobody/,
    ],
  ])('%s is said', async (code, attempt, say) => {
    const chat = await service();
    const refusal = await fault(attempt(chat, workstation(chat.url)));
    expect(refusal.code).toBe(code);
    expect(refusal.say).toMatch(say);
  });

  it('anew takes another key, and the old one is gone', async () => {
    const chat = await service();
    const { at, pairing } = await paired(chat);
    const second = await pairAt(at, chat);
    expect(second.workstation).not.toBe(pairing.workstation);
    expect(await at.keys.load(pairing.thumbprint)).toBeUndefined();
  });
});

describe('a job', () => {
  it('registers a passkey that the service verifies up to its root', async () => {
    const [chat, key] = [await service(), await plugged()];
    chat.switches.roots = [key.attestationRootPem];
    const station = await paired(chat);
    const job = await chat.offer(station.pairing.workstation);
    const { settled, prompts } = await run(station, key);
    expect(settled).toEqual([{ state: 'registered', code: undefined, removeCredential: false }]);
    expect(prompts.log).toContain(
      'say Register a new passkey for Ada Lovelace (ada@contoso.com) on a security key at this workstation.',
    );
    const told = station.at.events.map(({ event }) => event);
    expect(told).toEqual(expect.arrayContaining(['job', 'need-number', 'made', 'registered']));
    const [made] = madeOf(chat);
    expect(await isOnKey(key, made!.credentialId)).toBe(true);

    const written = readdirSync(station.at.directory).map((name) =>
      readFileSync(join(station.at.directory, name), 'utf8'),
    );
    expect([...written, JSON.stringify(station.at.events), JSON.stringify(chat.results)].join()).not.toContain(PIN);

    // The same job, laid out once more by whoever holds the tables, runs no second time.
    const row = (await chat.store.job(station.pairing.workstation, job))!;
    await chat.store.putJob({ ...row.value, state: 'offered' }, row.etag);
    expect((await run(station, key)).settled).toEqual([]);
    expect(madeOf(chat)).toHaveLength(1);
  });

  it('with a wrong number ends before anything is written to the key', async () => {
    const [chat, key] = [await service(), await plugged()];
    const station = await paired(chat);
    await chat.offer(station.pairing.workstation);
    const { settled, prompts } = await run(station, key, { script: { answers: ['4', '17'] } });
    expect(settled).toMatchObject([{ state: 'failed', code: 'number-wrong' }]);
    expect(prompts.pinQuestions).toEqual([]);
    expect(madeOf(chat)).toEqual([]);
  });

  it('for a model that policy forbids ends before anything is written to the key', async () => {
    const [chat, key] = [await service(), await plugged()];
    chat.switches.models = [{ enforcement: 'block', aaguids: [key.aaguid.toUpperCase()] }];
    const station = await paired(chat);
    await chat.offer(station.pairing.workstation);
    const { settled, prompts } = await run(station, key);
    expect(settled).toMatchObject([{ state: 'failed', code: 'key-model-not-allowed', removeCredential: false }]);
    expect(prompts.pinQuestions).toEqual([]);
  });

  it.each<[string, (chat: TestService, key: VirtualKey) => void]>([
    [
      'that Entra refuses',
      ({ switches }, key) => void Object.assign(switches, { entra: 'failed', roots: [key.attestationRootPem] }),
    ],
    ['of an untrusted maker', ({ switches }) => void (switches.roots = [])],
  ])('%s leaves no passkey on the key', async (_, arrange) => {
    const [chat, key] = [await service(), await plugged()];
    arrange(chat, key);
    const station = await paired(chat);
    await chat.offer(station.pairing.workstation);
    const { settled } = await run(station, key);
    expect(settled).toMatchObject([{ state: 'failed', removeCredential: true }]);
    expect(station.at.events.at(-1)?.event).toBe('removed-credential');
    expect(await isOnKey(key, madeOf(chat)[0]!.credentialId)).toBe(false);
  });

  it.each(['registered', 'failed'] as const)(
    'that was made and not sent before a crash is sent after it, the same one (%s)',
    async (entra) => {
      const [chat, key] = [await service(), await plugged()];
      Object.assign(chat.switches, { entra, roots: [key.attestationRootPem] });
      const station = await paired(chat);
      await chat.offer(station.pairing.workstation);
      const crash = new Error('the process is killed');
      const client = { ...station.client, result: () => Promise.reject(crash) };
      await expect(run(station, key, { client })).rejects.toBe(crash);
      expect(chat.results).toEqual([]);

      const { settled } = await run(station, key, { script: { pins: [PIN] } });
      expect(settled).toMatchObject([{ state: entra }]);
      const made = station.at.events.flatMap((event) => (event.event === 'made' ? [event.credentialId] : []));
      expect(made).toHaveLength(1);
      expect(madeOf(chat).map(({ credentialId }) => credentialId)).toEqual(made);
      expect(await isOnKey(key, made[0]!)).toBe(entra === 'registered');
      expect((await run(station, key)).settled).toEqual([]);
    },
  );

  it('whose result is lost on its way back is sent again, and counts once', async () => {
    const [chat, key] = [await service(), await plugged()];
    chat.switches.roots = [key.attestationRootPem];
    const station = await paired(chat);
    await chat.offer(station.pairing.workstation);
    chat.switches.loseReplies = /result$/;
    setTimeout(() => (chat.switches.loseReplies = undefined), 1200);
    const { settled } = await run(station, key);
    expect(settled).toMatchObject([{ state: 'registered' }]);
    expect(new Set(madeOf(chat).map(({ credentialId }) => credentialId)).size).toBe(1);
    expect(madeOf(chat).length).toBeGreaterThan(1);
  });

  it('that is called off at the touch is cancelled on the key, and the service hears of it', async () => {
    const [chat, key] = [await service(), await plugged('manual')];
    const station = await paired(chat);
    await chat.offer(station.pairing.workstation);
    const stop = new AbortController();
    open.push(
      key.onLight((light) => {
        if (light === 'blinking') stop.abort();
      }),
    );
    const { settled } = await run(station, key, { signal: stop.signal });
    expect(settled).toMatchObject([{ state: 'failed', code: 'key-cancelled' }]);
    expect(chat.results).toMatchObject([{ outcome: 'failed', code: 'key-cancelled', orphan: true }]);
    expect(key.light()).not.toBe('blinking');
  });

  it('signed by a newer key is run when a pinned key endorses it, and the new key is kept', async () => {
    const [chat, key] = [await service(), await plugged()];
    chat.switches.roots = [key.attestationRootPem];
    const station = await paired(chat);
    await chat.rotate();
    await chat.rotate();
    await chat.offer(station.pairing.workstation);
    expect((await run(station, key)).settled).toMatchObject([{ state: 'registered' }]);
    expect((await station.at.pairings.read()).pairing?.pinned).toHaveLength(3);
  });

  it('ends with the word that the workstation was removed', async () => {
    const [chat, key] = [await service(), await plugged()];
    const station = await paired(chat);
    await chat.settle(station.pairing.workstation, 'removed');
    expect((await fault(run(station, key))).code).toBe('workstation-not-paired');
  });
});
