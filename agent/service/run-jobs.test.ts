import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startService, type TestService } from '../../bot/workstations/service.fixture';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { findOnKey } from '../operations/exclude-list';
import { onKey, PIN, run, running } from './job-run.fixture';
import { closeAll, fault, open, paired } from './workstation.fixture';

afterEach(closeAll);

async function isOnKey(key: VirtualKey, credentialId: string): Promise<boolean> {
  const credentialIds = [Uint8Array.from(Buffer.from(credentialId, 'base64url'))];
  const question = { rpId: 'login.microsoft.com', credentialIds };
  return onKey(key, async (opened) => (await findOnKey(opened, question)) !== undefined);
}

function madeOf(chat: TestService) {
  return chat.results.flatMap((result) => (result.outcome === 'made' ? [result] : []));
}

describe('a job', () => {
  it('registers a passkey that the service verifies up to its root', async () => {
    const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto' }))];
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
    const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto' }))];
    const station = await paired(chat);
    await chat.offer(station.pairing.workstation);
    const { settled, prompts } = await run(station, key, { script: { answers: ['4', '17'] } });
    expect(settled).toMatchObject([{ state: 'failed', code: 'number-wrong' }]);
    expect(prompts.pinQuestions).toEqual([]);
    expect(madeOf(chat)).toEqual([]);
  });

  it('for a model that policy forbids ends before anything is written to the key', async () => {
    const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto' }))];
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
    const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto' }))];
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
      const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto' }))];
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
    const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto' }))];
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
    const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'manual' }))];
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
    const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto' }))];
    chat.switches.roots = [key.attestationRootPem];
    const station = await paired(chat);
    await chat.rotate();
    await chat.rotate();
    await chat.offer(station.pairing.workstation);
    expect((await run(station, key)).settled).toMatchObject([{ state: 'registered' }]);
    expect((await station.at.pairings.read()).pairing?.pinned).toHaveLength(3);
  });

  it('ends with the word that the workstation was removed', async () => {
    const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto' }))];
    const station = await paired(chat);
    await chat.settle(station.pairing.workstation, 'removed');
    expect((await fault(run(station, key))).code).toBe('workstation-not-paired');
  });
});
