import { NUMBER, startService } from '../../../bot/workstations/service.fixture';
import { modern, startVirtualKey, type VirtualKey } from '../../../infra/local/key';
import { job, onKey, PIN, run, running } from '../job-run.fixture';
import { closeAll, paired } from '../workstation.fixture';

afterEach(closeAll);

const STRANGER = Buffer.alloc(48, 7).toString('base64url');

async function setUp(kind: 'own' | 'desk' = 'own') {
  const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto' }))];
  return { chat, key, station: await paired(chat, kind) };
}

const info = (key: VirtualKey) => onKey(key, async (opened) => opened.info);

describe('every act', () => {
  const acts: [string, Record<string, unknown>][] = [
    ['inspect', { act: 'inspect', credentialIds: [] }],
    ['set-pin', { act: 'set-pin' }],
    ['reset', { act: 'reset', credentialIds: [], expected: { aaguid: modern.aaguid, answered: [] } }],
    ['remove-passkey', { act: 'remove-passkey', credentialId: STRANGER }],
    ['fingerprints', { act: 'fingerprints', most: 1 }],
    ['config', { act: 'config', settings: { alwaysUv: true } }],
  ];

  it.each(acts)('%s ends with a wrong number before the key is asked anything', async (_, change) => {
    const at = await setUp();
    const { settled, prompts } = await job(at, change, { script: { answers: ['17'] } });
    expect(settled).toMatchObject([{ state: 'failed', code: 'number-wrong' }]);
    expect(prompts.log.filter((line) => /^(pin|confirm|touch)/.test(line))).toEqual([]);
  });

  it.each(acts)('%s is not begun as another act than was signed', async (act, change) => {
    const at = await setUp();
    at.chat.switches.begin = act === 'set-pin' ? 'reset' : 'set-pin';
    const { settled } = await job(at, change, { script: { confirms: [true, true], pins: [PIN, PIN] } });
    expect(settled).toMatchObject([{ state: 'failed', code: 'job-not-trusted' }]);
    expect((await info(at.key)).options['clientPin']).toBe(false);
  });

  it.each(acts.filter(([act]) => ['set-pin', 'fingerprints', 'config'].includes(act)))(
    '%s asks nothing of a model that policy forbids',
    async (_, change) => {
      const at = await setUp();
      at.chat.switches.models = [{ enforcement: 'block', aaguids: [at.key.aaguid] }];
      const { settled, prompts } = await job(at, change);
      expect(settled).toMatchObject([{ state: 'failed', code: 'key-model-not-allowed' }]);
      expect(prompts.log.filter((line) => /^(pin|confirm|touch)/.test(line))).toEqual([]);
    },
  );

  it.each(acts)('%s runs once, however often it is laid out', async (_, change) => {
    const at = await setUp();
    const id = await at.chat.offer(at.station.pairing.workstation, change);
    await run(at.station, at.key, { script: { answers: [NUMBER], confirms: [false, false] } });
    const row = (await at.chat.store.job(at.station.pairing.workstation, id))!;
    await at.chat.store.putJob({ ...row.value, state: 'offered' }, row.etag);
    expect((await run(at.station, at.key)).settled).toEqual([]);
    expect(at.chat.results).toHaveLength(1);
  });

  it('at a desk says whose key it is', async () => {
    const { prompts } = await job(await setUp('desk'), { act: 'inspect', credentialIds: [] });
    expect(prompts.log.join('\n')).toContain(
      'This is a desk workstation: make sure that the key you plug in is for Ada Lovelace (ada@contoso.com).',
    );
  });
});
