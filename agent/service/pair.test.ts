import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startService, type TestService } from '../../bot/workstations/service.fixture';
import { scriptedPrompts } from '../operations/scripted-prompts.fixture';
import { fingerprintWords } from '../protocol/fingerprint';
import { parsePairingCode } from '../protocol/pairing-code';
import { awaitConfirmation } from './await-confirmation';
import { pair } from './pair';
import { clientOf, closeAll, fault, open, pairAt, paired, workstation, type Workstation } from './workstation.fixture';

afterEach(closeAll);

async function service(): Promise<TestService> {
  const started = await startService();
  open.push(() => started.close());
  return started;
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
