import { NUMBER, startService } from '../../../bot/workstations/service.fixture';
import { type KeyProfile, modern, type ProfileName, startVirtualKey, type VirtualKey } from '../../../infra/local/key';
import { listPasskeys } from '../../operations/passkeys';
import { scriptedPrompts } from '../../operations/scripted-prompts.fixture';
import { setPin } from '../../operations/set-pin';
import { addressOf, job, onKey, PIN, registered, replugs, running } from '../job-run.fixture';
import { closeAll, paired } from '../workstation.fixture';

afterEach(closeAll);

const ERASE = [NUMBER, 'ERASE'];
const STRANGER = Buffer.alloc(48, 7).toString('base64url');

async function setUp(profile: ProfileName | KeyProfile = 'modern') {
  const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto', profile }))];
  return { chat, key, station: await paired(chat) };
}

/** The job to erase a key that was looked at, and answered for these of the account's passkeys. */
const erasing = ({ aaguid }: { aaguid: string }, answered: string[], credentialIds = answered) => ({
  ...{ act: 'reset', credentialIds, expected: { aaguid, answered } },
});
const withPin = (key: VirtualKey) =>
  onKey(key, (opened) => setPin(opened, { prompts: scriptedPrompts({ pins: [PIN, PIN] }) }));
const info = (key: VirtualKey) => onKey(key, async (opened) => opened.info);
const sitesOn = (key: VirtualKey) =>
  onKey(key, (opened) => listPasskeys(opened, { prompts: scriptedPrompts({ pins: [PIN] }) }));

describe('inspect', () => {
  it('tells how the key is and which of the passkeys it holds, with no PIN and no touch', async () => {
    const at = await setUp();
    const id = await registered(at.chat, at.station, at.key);
    const { settled, prompts, read } = await job(at, { act: 'inspect', credentialIds: [STRANGER, `${id}==`, id] });
    expect(settled).toMatchObject([{ state: 'done' }]);
    expect(read).toMatchObject({
      act: 'inspect',
      outcome: 'inspected',
      report: {
        aaguid: at.key.aaguid,
        pin: { set: true, retriesLeft: 8, blocked: 'no', changeForced: false },
        answered: [`${id}==`, id],
      },
    });
    expect(prompts.pinQuestions).toEqual([]);
    expect(prompts.log.filter((line) => /^(touch|confirm)/.test(line))).toEqual([]);
    expect(at.station.at.events.at(-1)).toMatchObject({ event: 'done', act: 'inspect' });
  });

  it('tells of an untouched key that it has no PIN', async () => {
    const at = await setUp();
    const { read } = await job(at, { act: 'inspect', credentialIds: [] });
    expect(read).toMatchObject({ report: { pin: { set: false, retriesLeft: null, blocked: 'no' }, answered: [] } });
  });
});

describe('set-pin', () => {
  it('sets the first PIN, and changes the one there is', async () => {
    const at = await setUp();
    const first = await job(at, { act: 'set-pin' }, { script: { pins: [PIN, PIN], confirms: [true] } });
    expect(first.read).toMatchObject({ outcome: 'pin-set', how: 'set', aaguid: at.key.aaguid });
    const second = await job(
      at,
      { act: 'set-pin' },
      { script: { pins: [PIN, 'neu-0815', 'neu-0815'], confirms: [true] } },
    );
    expect(second.read).toMatchObject({ outcome: 'pin-set', how: 'changed' });
    expect(JSON.stringify(at.chat.results)).not.toMatch(/4711|0815/);
  });

  it('is not done without a yes at the workstation', async () => {
    const at = await setUp();
    const { settled } = await job(at, { act: 'set-pin' }, { script: { confirms: [false] } });
    expect(settled).toMatchObject([{ state: 'failed', code: 'job-declined' }]);
    expect((await info(at.key)).options['clientPin']).toBe(false);
  });
});

describe('reset', () => {
  it('erases the key whose passkey answered, and says which', async () => {
    const at = await setUp();
    const id = await registered(at.chat, at.station, at.key);
    const { settled, read, prompts } = await job(
      at,
      erasing(at.key, [id], [id, STRANGER]),
      // List first: yes.
      { script: { answers: ERASE, confirms: [true], pins: [PIN] }, does: replugs(at.key) },
    );
    expect(settled).toMatchObject([{ state: 'done' }]);
    expect(read).toMatchObject({ outcome: 'erased', erased: true, matched: [id], matchedBy: 'silent' });
    expect(prompts.log).toContain('say   - login.microsoft.com (Ada Lovelace)');
    expect(JSON.stringify(at.chat.results)).not.toContain('Ada');
    expect((await info(at.key)).options['clientPin']).toBe(false);
  });

  it('of a key that holds none of the passkeys takes the word of the person', async () => {
    const at = await setUp();
    await withPin(at.key);
    const change = erasing(at.key, [], [STRANGER]);
    const declined = await job(at, change, { script: { confirms: [false] } });
    expect(declined.settled).toMatchObject([{ state: 'failed', code: 'job-declined' }]);
    const script = { answers: ERASE, confirms: [true, false] };
    const done = await job(at, change, { script, does: replugs(at.key) });
    expect(done.read).toMatchObject({ outcome: 'erased', erased: true, matched: [], matchedBy: 'person' });
  });

  it('of the key that is expected goes on without a question', async () => {
    const at = await setUp();
    const id = await registered(at.chat, at.station, at.key);
    const { read } = await job(at, erasing(at.key, [`${id}==`], [STRANGER, `${id}==`]), {
      script: { answers: ERASE, confirms: [false] },
      does: replugs(at.key),
    });
    expect(read).toMatchObject({ outcome: 'erased', matched: [`${id}==`], matchedBy: 'silent' });
  });

  const OTHER_MODEL = { aaguid: '00000000-0000-0000-0000-000000000001' };
  it.each<[string, (id: string, key: VirtualKey) => ReturnType<typeof erasing>, string]>([
    ['is another one', (_, key) => erasing(key, [STRANGER]), 'key-not-expected'],
    ['is another one of the same person', (id, key) => erasing(key, [STRANGER], [id, STRANGER]), 'key-not-expected'],
    ['holds one of two', (id, key) => erasing(key, [id, STRANGER]), 'key-not-expected'],
    ['is asked of something else than the job knows', (id, key) => erasing(key, [id], []), 'key-not-expected'],
    ['holds one more', (id, key) => erasing(key, [id], [id, `${id}==`]), 'key-holds-more'],
    ['answers where the right one was silent', (id, key) => erasing(key, [], [id]), 'key-not-expected'],
    ['is of another model', () => erasing(OTHER_MODEL, [], [STRANGER]), 'key-not-expected'],
  ])('leaves a key alone that %s: nothing is asked, erased, or tried', async (_, change, code) => {
    const at = await setUp();
    const id = await registered(at.chat, at.station, at.key);
    const before = at.key.condition();
    const { settled, read, prompts } = await job(at, change(id, at.key), {
      ...{ script: { answers: ERASE, confirms: [true, true] }, does: replugs(at.key) },
    });
    expect(settled).toMatchObject([{ state: 'failed', code }]);
    expect(read).toMatchObject({ outcome: 'failed', code, orphan: false });
    expect(prompts.log.filter((line) => /^(confirm|pin|touch|progress Unplug)/.test(line))).toEqual([]);
    expect(prompts.log.join('\n')).toContain('Nothing was erased.');
    expect(at.key.condition()).toEqual(before);
    expect(before).toMatchObject({ pinSet: true, pinRetries: 8, credentials: 1 });
  });

  it('that the key does not allow any more leaves it as it was', async () => {
    const at = await setUp({ ...modern, resetWindowMs: 0 });
    const id = await registered(at.chat, at.station, at.key);
    // List first: no. Try again: yes, and then no.
    const script = { answers: ERASE, confirms: [false, true, false] };
    const { settled, prompts } = await job(at, erasing(at.key, [id]), { script, does: replugs(at.key) });
    expect(settled).toMatchObject([{ state: 'failed', code: 'reset-too-late' }]);
    expect(prompts.log.filter((line) => line.startsWith('progress Unplug'))).toHaveLength(2);
    expect(await sitesOn(at.key)).toHaveLength(1);
  });

  it('is not tried again on another key', async () => {
    const at = await setUp({ ...modern, resetWindowMs: 0 });
    const id = await registered(at.chat, at.station, at.key);
    const twin = await running(startVirtualKey({ touch: 'auto' }));
    await withPin(twin);
    const devices = [addressOf(at.key), addressOf(twin)];
    await twin.power(false);
    const script = { answers: ERASE, confirms: [false, true] };
    const { settled } = await job(at, erasing(at.key, [id]), {
      script,
      devices,
      does: replugs(at.key),
      async asked(question) {
        if (!question.startsWith('Try again')) return;
        await at.key.power(false);
        await twin.power(true);
      },
    });
    expect(settled).toMatchObject([{ state: 'failed', code: 'key-not-the-same' }]);
    expect((await info(twin)).options['clientPin']).toBe(true);
  });

  it.each([['erase'], ['yes'], ['']])('is not done when "%s" is typed', async (typed) => {
    const at = await setUp();
    const id = await registered(at.chat, at.station, at.key);
    const script = { answers: [NUMBER, typed], confirms: [false] };
    const { settled } = await job(at, erasing(at.key, [id]), { script });
    expect(settled).toMatchObject([{ state: 'failed', code: 'reset-declined' }]);
    expect(await sitesOn(at.key)).toHaveLength(1);
  });
});

describe('remove-passkey', () => {
  it('takes that passkey off, once', async () => {
    const at = await setUp();
    const id = await registered(at.chat, at.station, at.key);
    const change = { act: 'remove-passkey', credentialId: id };
    const { read } = await job(at, change, { script: { confirms: [true], pins: [PIN] } });
    expect(read).toMatchObject({ outcome: 'removed', passkey: 'removed' });
    expect(await sitesOn(at.key)).toEqual([]);
    const again = await job(at, change, { script: { confirms: [true], pins: [PIN] } });
    expect(again.read).toMatchObject({ outcome: 'removed', passkey: 'absent' });
  });

  it('leaves a key alone that does not hold it', async () => {
    const at = await setUp();
    await registered(at.chat, at.station, at.key);
    const { read, prompts } = await job(
      at,
      { act: 'remove-passkey', credentialId: STRANGER },
      { script: { confirms: [false] } },
    );
    expect(read).toMatchObject({ outcome: 'removed', passkey: 'absent' });
    expect(prompts.pinQuestions).toEqual([]);
    expect(await sitesOn(at.key)).toHaveLength(1);
  });

  it('is not done without a yes', async () => {
    const at = await setUp();
    const id = await registered(at.chat, at.station, at.key);
    const { settled } = await job(at, { act: 'remove-passkey', credentialId: id }, { script: { confirms: [false] } });
    expect(settled).toMatchObject([{ state: 'failed', code: 'job-declined' }]);
    expect(await sitesOn(at.key)).toHaveLength(1);
  });
});

describe('fingerprints', () => {
  it('enrols as many as the person wants, up to what the job says', async () => {
    const at = await setUp('fingerprint');
    await withPin(at.key);
    const script = { confirms: [true, true, true], pins: [PIN, PIN, PIN] };
    const { read } = await job(at, { act: 'fingerprints', most: 2 }, { script });
    expect(read).toMatchObject({ outcome: 'enrolled', added: 2 });
  });

  it('says what a key without a reader lacks', async () => {
    const at = await setUp();
    const { settled } = await job(at, { act: 'fingerprints', most: 1 }, { script: { confirms: [true] } });
    expect(settled).toMatchObject([{ state: 'failed', code: 'key-no-fingerprint' }]);
  });
});

describe('config', () => {
  it('makes the key stricter, and says how it is now', async () => {
    const at = await setUp();
    await withPin(at.key);
    const settings = { alwaysUv: true, minimumPin: 6, forcePinChange: true };
    const { read } = await job(at, { act: 'config', settings }, { script: { confirms: [true], pins: [PIN, PIN] } });
    expect(read).toMatchObject({
      outcome: 'configured',
      now: { alwaysUv: true, minimumPin: 6, forcePinChange: true },
    });
  });

  it('leaves alone what is so already', async () => {
    const at = await setUp();
    await withPin(at.key);
    const { read, prompts } = await job(
      at,
      { act: 'config', settings: { minimumPin: 4 } },
      { script: { confirms: [true] } },
    );
    expect(read).toMatchObject({ outcome: 'configured', now: { minimumPin: 4 } });
    expect(prompts.pinQuestions).toEqual([]);
  });
});
