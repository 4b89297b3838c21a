import { readdirSync } from 'node:fs';
import { NUMBER, startService } from '../../bot/workstations/service.fixture';
import { startVirtualKey } from '../../infra/local/key';
import { Fault } from '../protocol/fault';
import { KILLED, run, running, type Station } from './job-run.fixture';
import { type Pairing } from './pairing-file';
import { isRotationDue, rotateKey } from './rotate-key';
import { type Service } from './service';
import { clientOf, closeAll, fault, paired } from './workstation.fixture';

afterEach(closeAll);

async function setUp() {
  const chat = await running(startService());
  const station = await paired(chat);
  return { chat, station };
}

async function pairingOf({ at }: Station): Promise<Pairing> {
  const { pairing } = await at.pairings.read();
  if (!pairing) throw new Error('not paired');
  return pairing;
}

/** A turn as the next start of the agent does it: from what is on disk. */
async function turn(station: Station, change: (client: Service) => Service = (client) => client) {
  const pairing = await pairingOf(station);
  const client = change(await clientOf(station.at, pairing));
  return rotateKey({ ...station.at, service: client });
}

const keyFiles = ({ at }: Station) => readdirSync(at.directory).filter((name) => name.startsWith('key-'));

describe('the key of a workstation', () => {
  it('is another one after a turn, and the old one is nobody any more', async () => {
    const { station, chat } = await setUp();
    const { pairing, service: renewed } = await turn(station);
    expect(pairing.thumbprint).not.toBe(station.pairing.thumbprint);
    expect(await renewed.jobs()).toMatchObject({ state: 'active' });
    expect((await fault(station.client.jobs())).code).toBe('proof-bad');
    expect(await pairingOf(station)).toEqual(pairing);
    expect(keyFiles(station)).toEqual([`key-${pairing.thumbprint}.json`]);
    const record = (await chat.store.get(pairing.workstation))!.value;
    expect(record).toMatchObject({ thumbprint: pairing.thumbprint, state: 'active', person: 'ada' });
    expect(record.next).toBeUndefined();
  });

  it('can be turned again and again', async () => {
    const { station } = await setUp();
    const seen = new Set([station.pairing.thumbprint]);
    for (let count = 0; count < 3; count += 1) seen.add((await turn(station)).pairing.thumbprint);
    expect(seen.size).toBe(4);
  });

  const lost = new Fault({ code: 'service-unreachable', say: '', todo: '', retry: false });
  it.each<[string, (client: Service) => Service]>([
    ['before the service hears of it', (client) => ({ ...client, nameNextKey: () => Promise.reject(lost) })],
    [
      'when the reply to it is lost',
      (client) => ({ ...client, nameNextKey: (key) => client.nameNextKey(key).then(() => Promise.reject(lost)) }),
    ],
    [
      'before the new key has signed',
      (client) => ({
        ...client,
        signedBy: (key) => ({ ...client.signedBy(key), jobs: () => Promise.reject(lost) }),
      }),
    ],
    [
      'when the reply to its first signature is lost',
      (client) => ({
        ...client,
        signedBy: (key) => {
          const renewed = client.signedBy(key);
          return { ...renewed, jobs: () => renewed.jobs().then(() => Promise.reject(lost)) };
        },
      }),
    ],
  ])('that is cut off %s is turned at the next start', async (_, cut) => {
    const { station } = await setUp();
    await expect(turn(station, cut)).rejects.toBe(lost);
    const left = await pairingOf(station);
    expect(left.thumbprint).toBe(station.pairing.thumbprint);
    expect(isRotationDue(left)).toBe(true);
    const { pairing, service: renewed } = await turn(station);
    expect(pairing.thumbprint).toBe(left.next);
    expect(await renewed.jobs()).toMatchObject({ state: 'active' });
    expect((await fault(station.client.jobs())).code).toBe('proof-bad');
    expect(keyFiles(station)).toHaveLength(1);
  });

  it('stays valid while the next one has not signed', async () => {
    const { station } = await setUp();
    await station.client.nameNextKey(await station.at.keys.make());
    expect(await station.client.jobs()).toMatchObject({ state: 'active' });
  });

  it('that was made, and whose file the disk lost, is made anew', async () => {
    const { station } = await setUp();
    await station.at.pairings.write({ pairing: { ...station.pairing, next: 'gone' } });
    expect((await turn(station)).pairing.next).toBeUndefined();
  });

  it('is not turned where nothing is paired', async () => {
    const { station } = await setUp();
    await station.at.pairings.remove();
    const work = rotateKey({ ...station.at, service: station.client });
    expect((await fault(work)).code).toBe('not-paired');
    expect(keyFiles(station)).toHaveLength(1);
  });

  it.each<[string, Partial<Pairing>, boolean]>([
    ['of today', { pairedAt: new Date().toISOString() }, false],
    ['of 89 days', { pairedAt: daysAgo(89) }, false],
    ['of 91 days', { pairedAt: daysAgo(91) }, true],
    ['turned yesterday, of an old pairing', { pairedAt: daysAgo(400), keySince: daysAgo(1) }, false],
    ['in the middle of a turn', { pairedAt: daysAgo(1), next: 'x' }, true],
    ['of no date that can be read', { pairedAt: '' }, true],
  ])('%s: due is %s', (_, change, due) => {
    expect(isRotationDue({ ...change } as Pairing)).toBe(due);
  });
});

describe('a run', () => {
  it('turns a key that is old, and runs its job with the new one', async () => {
    const { chat, station } = await setUp();
    const key = await running(startVirtualKey({ touch: 'auto' }));
    const old = { ...station.pairing, pairedAt: daysAgo(100) };
    await station.at.pairings.write({ pairing: old });
    await chat.offer(old.workstation, { act: 'inspect', credentialIds: [] });
    const { settled } = await run({ ...station, pairing: old }, key, { script: { answers: [NUMBER] } });
    expect(settled).toMatchObject([{ state: 'done' }]);
    const after = await pairingOf(station);
    expect(after.thumbprint).not.toBe(old.thumbprint);
    expect(station.at.events.map(({ event }) => event)).toContain('key-rotated');
    expect((await fault(station.client.jobs())).code).toBe('proof-bad');
  });

  it('goes on with the old key where the service will not have another', async () => {
    const { chat, station } = await setUp();
    const key = await running(startVirtualKey({ touch: 'auto' }));
    const old = { ...station.pairing, pairedAt: daysAgo(100) };
    await station.at.pairings.write({ pairing: old });
    await chat.offer(old.workstation, { act: 'inspect', credentialIds: [] });
    const odd = new Fault({ code: 'service-reply-odd', say: 'No such page.', todo: '' });
    const client = { ...station.client, nameNextKey: () => Promise.reject(odd) };
    const { settled, prompts } = await run({ ...station, pairing: old, client }, key, {
      script: { answers: [NUMBER] },
    });
    expect(settled).toMatchObject([{ state: 'done' }]);
    expect(prompts.log.filter((line) => line.includes('could not be renewed'))).toHaveLength(1);
  });

  it('that cannot hear whether the new key has signed tries again with the same one', async () => {
    const { station } = await setUp();
    const key = await running(startVirtualKey({ touch: 'auto' }));
    const old = { ...station.pairing, pairedAt: daysAgo(100) };
    await station.at.pairings.write({ pairing: old });
    const busy = new Fault({ code: 'service-busy', say: '', todo: '', retry: true });
    let lostReplies = 5;
    const client: Service = {
      ...station.client,
      signedBy: (next) => {
        const renewed = station.client.signedBy(next);
        const jobs = () => renewed.jobs().then((reply) => (lostReplies-- > 0 ? Promise.reject(busy) : reply));
        return { ...renewed, jobs };
      },
    };
    const random = jest.spyOn(Math, 'random').mockReturnValue(0);
    const runs = run({ ...station, pairing: old, client }, key, { idleMs: 5_000 });
    await expect(runs).resolves.toMatchObject({ settled: [] });
    random.mockRestore();
    expect(lostReplies).toBeLessThan(0);
    const { thumbprint } = await pairingOf(station);
    expect(thumbprint).not.toBe(old.thumbprint);
    expect(keyFiles(station)).toEqual([`key-${thumbprint}.json`]);
  }, 30_000);

  it('that is killed in the middle of a turn is whole after it, and still tells how a job ended', async () => {
    const { chat, station } = await setUp();
    const key = await running(startVirtualKey({ touch: 'auto' }));
    const old = { ...station.pairing, pairedAt: daysAgo(100) };
    const job = await chat.offer(old.workstation, { act: 'inspect', credentialIds: [] });
    const deaf = { ...station.client, start: () => Promise.reject(KILLED) };
    await expect(run({ ...station, client: deaf }, key, { script: { answers: [NUMBER] } })).rejects.toBe(KILLED);
    await station.at.pairings.write({ pairing: old });
    const client: Service = {
      ...station.client,
      signedBy: (next) => {
        const renewed = station.client.signedBy(next);
        return { ...renewed, jobs: () => renewed.jobs().then(() => Promise.reject(KILLED)) };
      },
    };
    await expect(run({ ...station, pairing: old, client }, key)).rejects.toBe(KILLED);
    const left = await pairingOf(station);
    const { settled } = await run({ ...station, pairing: left }, key);
    expect(settled).toMatchObject([{ state: 'failed', code: 'agent-stopped' }]);
    expect((await chat.store.job(old.workstation, job))?.value.state).toBe('failed');
    expect((await pairingOf(station)).thumbprint).toBe(left.next);
  });
});

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}
