import { openPlayedClock } from './clock';
import { createEdges, Died } from './edges';
import { FORGOTTEN, STORIES } from './stories';

describe('played time', () => {
  it('passes where everybody waits, in the order of what is due', async () => {
    const clock = openPlayedClock(0);
    try {
      const seen: string[] = [];
      await clock.drive(async () => {
        const late = clock.sleep(3_600_000).then(() => seen.push('late'));
        setTimeout(() => seen.push(`timer at ${Date.now()}`), 50);
        await clock.sleep(1_000);
        seen.push(`woken at ${clock.now().toISOString()}`);
        await late;
      });
      expect(seen).toEqual(['timer at 50', 'woken at 1970-01-01T00:00:01.000Z', 'late']);
    } finally {
      clock.close();
    }
  });

  it('does not pass while something is worked out beside the event loop', async () => {
    const clock = openPlayedClock(0);
    try {
      const key = await clock.drive(async () => {
        const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
          'sign',
          'verify',
        ]);
        await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new Uint8Array(8));
        return clock.now().getTime();
      });
      expect(key).toBe(0);
    } finally {
      clock.close();
    }
  });

  it('says so where nothing will ever happen', async () => {
    const clock = openPlayedClock(0);
    try {
      await expect(clock.drive(() => new Promise(() => undefined))).rejects.toThrow('nothing will ever happen');
    } finally {
      clock.close();
    }
  });
});

describe('the edges', () => {
  const call = { to: 'graph', label: 'POST /x', writes: true, resource: 'x' } as const;
  const fail = async (): Promise<string> => 'failed';

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a call that fails %s its effect has had %i', async (when, effects) => {
    const edges = createEdges(() => 0);
    edges.weather = () => ({ when, as: 'reset' });
    let done = 0;
    const work = async (): Promise<string> => `done ${(done += 1)}`;
    expect(await edges.pass({ dead: false }, call, work, fail)).toBe('failed');
    expect(done).toBe(effects);
  });

  it('a process that died is heard no more', async () => {
    const edges = createEdges(() => 0);
    const life = { dead: false };
    edges.weather = ({ number }) => (number === 1 ? { dies: 'after' } : undefined);
    let done = 0;
    const work = async (): Promise<string> => `done ${(done += 1)}`;
    await expect(edges.pass(life, call, work, fail)).rejects.toThrow(Died);
    await expect(edges.pass(life, call, work, fail)).rejects.toThrow(Died);
    expect(done).toBe(1);
  });
});

it('every flow is played', () => {
  expect(FORGOTTEN).toEqual([]);
  expect(new Set(STORIES.map(({ name }) => name)).size).toBe(STORIES.length);
});
