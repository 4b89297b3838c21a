import { NUMBER, startService, type TestService } from '../../../bot/workstations/service.fixture';
import { type KeyEvent, startVirtualKey, type VirtualKey } from '../../../infra/local/key';
import {
  addressOf,
  KILLED,
  onKey,
  PIN,
  registered,
  replugs,
  run,
  type RunMore,
  running,
  type Station,
} from '../job-run.fixture';
import { closeAll, open, paired } from '../workstation.fixture';

afterEach(closeAll);

interface At {
  chat: TestService;
  key: VirtualKey;
  station: Station;
  events: KeyEvent[];
  /** The passkey for Ada that was on the key. */
  id: string;
}

/** A key with a PIN and a passkey, or as it came. */
async function setUp(prepared: boolean, profile: 'modern' | 'fingerprint' = 'modern'): Promise<At> {
  const events: KeyEvent[] = [];
  const chat = await running(startService());
  const key = await startVirtualKey({ touch: 'auto', profile, onEvent: (event) => void events.push(event) });
  open.push(() => key.close());
  const station = await paired(chat);
  const id = prepared ? await registered(chat, station, key) : '';
  return { chat, key, station, events, id };
}

type Point = { when: 'before' | 'after'; phase: 'writing' | 'result' };
const POINTS = {
  'before it is noted that the key is written to': { when: 'before', phase: 'writing' },
  'before the key is written to': { when: 'after', phase: 'writing' },
  'after the key is written to': { when: 'before', phase: 'result' },
  'after the result is noted': { when: 'after', phase: 'result' },
} as const satisfies Record<string, Point>;

interface Act {
  prepared: boolean;
  profile?: 'fingerprint';
  change: (at: At) => Record<string, unknown>;
  /** What the person answers while the job runs. */
  script: NonNullable<RunMore['script']>;
  /** What the job comes to after each point, when the person says that it is the same key. */
  ends: Record<keyof typeof POINTS, Record<string, unknown>>;
}

/** The job to erase the key, as it is. */
const erasing = ({ key: { aaguid }, id }: At) => {
  const ids = id === '' ? [] : [id];
  return { act: 'reset', credentialIds: ids, expected: { aaguid, answered: ids } };
};

const STOPPED = { outcome: 'failed', code: 'agent-stopped', orphan: false };
const commands = (command: string) => (at: At) =>
  at.events.filter((event) => event.kind === 'command' && event.command === command && event.status === 0).length;

const ACTS: Record<string, Act> = {
  'set-pin (a first one)': {
    prepared: false,
    change: () => ({ act: 'set-pin' }),
    script: { confirms: [true], pins: [PIN, PIN] },
    ends: {
      'before it is noted that the key is written to': STOPPED,
      'before the key is written to': STOPPED,
      'after the key is written to': { outcome: 'pin-set', how: 'set' },
      'after the result is noted': { outcome: 'pin-set', how: 'set' },
    },
  },
  'set-pin (another one)': {
    prepared: true,
    change: () => ({ act: 'set-pin' }),
    script: { confirms: [true], pins: [PIN, 'neu-0815', 'neu-0815'] },
    ends: {
      'before it is noted that the key is written to': STOPPED,
      'before the key is written to': STOPPED,
      'after the key is written to': STOPPED,
      'after the result is noted': { outcome: 'pin-set', how: 'changed' },
    },
  },
  reset: {
    prepared: true,
    change: erasing,
    script: { answers: [NUMBER, 'ERASE'], confirms: [false] },
    ends: {
      'before it is noted that the key is written to': STOPPED,
      'before the key is written to': { outcome: 'failed', code: 'reset-not-done' },
      'after the key is written to': { outcome: 'erased', erased: true, matchedBy: 'person' },
      'after the result is noted': { outcome: 'erased', erased: true, matchedBy: 'silent' },
    },
  },
  'remove-passkey': {
    prepared: true,
    change: ({ id }) => ({ act: 'remove-passkey', credentialId: id }),
    script: { confirms: [true], pins: [PIN] },
    ends: {
      'before it is noted that the key is written to': STOPPED,
      'before the key is written to': STOPPED,
      'after the key is written to': { outcome: 'removed', passkey: 'removed' },
      'after the result is noted': { outcome: 'removed', passkey: 'removed' },
    },
  },
  fingerprints: {
    prepared: true,
    profile: 'fingerprint',
    change: () => ({ act: 'fingerprints', most: 1 }),
    script: { confirms: [true], pins: [PIN] },
    ends: {
      'before it is noted that the key is written to': STOPPED,
      'before the key is written to': STOPPED,
      'after the key is written to': { outcome: 'enrolled', added: 1 },
      'after the result is noted': { outcome: 'enrolled', added: 1 },
    },
  },
  config: {
    prepared: true,
    change: () => ({ act: 'config', settings: { minimumPin: 6 } }),
    script: { confirms: [true], pins: [PIN] },
    ends: {
      'before it is noted that the key is written to': STOPPED,
      'before the key is written to': STOPPED,
      'after the key is written to': { outcome: 'configured', now: { minimumPin: 6 } },
      'after the result is noted': { outcome: 'configured', now: { minimumPin: 6 } },
    },
  },
};

const ROWS = Object.entries(ACTS).flatMap(([name, act]) =>
  (Object.keys(POINTS) as (keyof typeof POINTS)[]).map((point) => ({ name, point, act })),
);

describe('a crash', () => {
  it.each(ROWS)('of $name $point does nothing twice, and the ticket hears the truth', async ({ act, point }) => {
    const at = await setUp(act.prepared, act.profile);
    const job = await at.chat.offer(at.station.pairing.workstation, act.change(at));
    const sent = at.chat.results.length;
    const script = { answers: [NUMBER], ...act.script };
    const killed = run(at.station, at.key, { script, die: POINTS[point], does: replugs(at.key) });
    await expect(killed).rejects.toBe(KILLED);
    expect(at.chat.results).toHaveLength(sent);
    const written = commands('reset')(at);
    const before = await condition(at);

    // Nothing but a yes to "is it this key" is there to be had: neither a PIN nor a touch is asked for again.
    const { settled, prompts } = await run(at.station, at.key, { script: { confirms: [true] } });
    const wanted = act.ends[point];
    expect(settled).toMatchObject([{ state: wanted['outcome'] === 'failed' ? 'failed' : 'done' }]);
    expect(at.chat.results.slice(sent)).toMatchObject([wanted]);
    expect(prompts.log.filter((line) => /^(pin|touch|ask)/.test(line))).toEqual([]);
    expect(commands('reset')(at)).toBe(written);
    expect(await condition(at)).toEqual(before);

    // Laid out once more, it is not run a second time.
    const row = (await at.chat.store.job(at.station.pairing.workstation, job))!;
    await at.chat.store.putJob({ ...row.value, state: 'offered' }, row.etag);
    expect((await run(at.station, at.key, { script: {} })).settled).toEqual([]);
    expect(at.chat.results).toHaveLength(sent + 1);
  });

  it.each<[string, (at: At) => Partial<RunMore>]>([
    ['another key is there', () => ({ script: { confirms: [false] } })],
    ['it is another model', () => ({})],
  ])('of a reset after which %s leaves it unknown', async (what, more) => {
    const at = await setUp(true);
    await at.chat.offer(at.station.pairing.workstation, erasing(at));
    const script = { answers: [NUMBER, 'ERASE'], confirms: [false] };
    const die = { when: 'before', phase: 'result' } as const;
    await expect(run(at.station, at.key, { script, die, does: replugs(at.key) })).rejects.toBe(KILLED);
    const other = await startVirtualKey({ touch: 'auto', profile: 'older' });
    open.push(() => other.close());
    const devices = [addressOf(what === 'it is another model' ? other : at.key)];
    const { settled } = await run(at.station, at.key, { ...more(at), devices });
    expect(settled).toMatchObject([{ state: 'done' }]);
    expect(at.chat.read.at(-1)).toMatchObject({ outcome: 'erased', erased: 'unknown', matched: [at.id] });
  });

  it('of a reset of a key that had neither PIN nor passkey leaves it unknown', async () => {
    const at = await setUp(false);
    await at.chat.offer(at.station.pairing.workstation, erasing(at));
    const script = { answers: [NUMBER, 'ERASE'], confirms: [true] };
    const die = { when: 'before', phase: 'result' } as const;
    await expect(run(at.station, at.key, { script, die, does: replugs(at.key) })).rejects.toBe(KILLED);
    await run(at.station, at.key, { script: { confirms: [true] } });
    expect(at.chat.read.at(-1)).toMatchObject({ outcome: 'erased', erased: 'unknown' });
  });

  it('before the number was typed leaves a job that came to nothing', async () => {
    const at = await setUp(false);
    await at.chat.offer(at.station.pairing.workstation, { act: 'inspect', credentialIds: [] });
    const client = { ...at.station.client, start: () => Promise.reject(KILLED) };
    await expect(run(at.station, at.key, { client })).rejects.toBe(KILLED);
    await run(at.station, at.key);
    expect(at.chat.results).toMatchObject([STOPPED]);
  });

  it('is looked at again at the next start when nobody wants to look now', async () => {
    const at = await setUp(true);
    await at.chat.offer(at.station.pairing.workstation, erasing(at));
    const script = { answers: [NUMBER, 'ERASE'], confirms: [false] };
    const die = { when: 'before', phase: 'result' } as const;
    await expect(run(at.station, at.key, { script, die, does: replugs(at.key) })).rejects.toBe(KILLED);
    await at.key.power(false);
    const sent = at.chat.results.length;
    const looked = run(at.station, at.key, { signal: AbortSignal.timeout(300) });
    await expect(looked).rejects.toMatchObject({ code: 'key-cancelled' });
    expect(at.chat.results).toHaveLength(sent);
    await at.key.power(true);
    await run(at.station, at.key, { script: { confirms: [true] } });
    expect(at.chat.results.at(-1)).toMatchObject({ outcome: 'erased', erased: true });
  });
});

describe('a key that goes away while it is erased', () => {
  it('is looked at, not erased again', async () => {
    const at = await setUp(true);
    at.key.touchBy('manual');
    await at.chat.offer(at.station.pairing.workstation, erasing(at));
    const unplug = replugs(at.key);
    let asked = false;
    open.push(
      at.key.onLight((light) => {
        if (light !== 'blinking' || asked) return;
        asked = true;
        void at.key.power(false).then(() => setTimeout(() => void at.key.power(true), 200));
      }),
    );
    const script = { answers: [NUMBER, 'ERASE'], confirms: [false, true] };
    const { settled } = await run(at.station, at.key, { script, does: unplug });
    expect(settled).toMatchObject([{ state: 'failed', code: 'reset-not-done' }]);
    expect(commands('reset')(at)).toBe(0);
  });
});

/** What is on the key, as far as it tells without a PIN. */
function condition({ key }: At) {
  return onKey(key, async ({ info }) => {
    const { encIdentifier: _, encCredStoreState: __, ...lasting } = info;
    return lasting;
  });
}
