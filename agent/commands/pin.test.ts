import { modern, startVirtualKey, type VirtualKey, type VirtualKeyOptions } from '../../infra/local/key';
import { asPerson, asProgram } from './agent.fixture';
import { PIN, plugged, type PluggedKey } from './key-on-a-socket.fixture';

const start = (profile: VirtualKeyOptions['profile'] = 'modern') => startVirtualKey({ touch: 'auto', profile });
let key: PluggedKey<VirtualKey>;
afterEach(() => key.virtual.close());

const NEXT = 'grün-2718';

describe('pin set', () => {
  it('asks a person twice', async () => {
    key = await plugged(start(), { pin: false });
    const { status, log } = await asPerson(['pin', 'set', ...key.here], { pins: [PIN, PIN] });
    expect([status, log.at(-1)]).toEqual([0, 'say The PIN is set.']);
  });

  it('reads both lines from a file descriptor, and refuses a second time', async () => {
    key = await plugged(start(), { pin: false });
    const { document } = await asProgram('pin set', key.here, [PIN, PIN]);
    expect(document).toEqual({ pin: 'set', path: key.address, retriesLeft: 8 });
    const again = await asProgram('pin set', key.here, [PIN, PIN]);
    expect([again.document, again.status]).toMatchObject([{ error: { code: 'key-pin-already-set' } }, 7]);
  });

  it('says so where there is nothing to read', async () => {
    key = await plugged(start(), { pin: false });
    const { document, status } = await asProgram('pin set', key.here, []);
    expect([document, status]).toMatchObject([{ error: { code: 'no-answer' } }, 10]);
  });
});

describe('pin change', () => {
  it('takes the present one and a new one twice', async () => {
    key = await plugged(start());
    expect((await asPerson(['pin', 'change', ...key.here], { pins: [PIN, NEXT, NEXT] })).status).toBe(0);
    expect((await asProgram('pin change', key.here, [NEXT, PIN, PIN])).document).toMatchObject({ pin: 'changed' });
    expect((await asProgram('pin check', key.here, [PIN])).document).toMatchObject({ pin: 'right' });
  });

  it('never takes the line of the new PIN for another try', async () => {
    key = await plugged(start());
    const { document, status } = await asProgram('pin change', key.here, ['wrong-1', NEXT, NEXT]);
    expect([document, status]).toMatchObject([{ error: { code: 'key-pin-wrong' } }, 7]);
    expect((await asProgram('pin check', key.here, [PIN])).document).toMatchObject({ pin: 'right', retriesLeft: 8 });
  });
});

describe('pin check', () => {
  it('spends one try and says how many are left', async () => {
    key = await plugged(start());
    const { document, status, err } = await asProgram('pin check', key.here, ['wrong-1', 'wrong-2']);
    expect([document, status]).toMatchObject([{ error: { code: 'key-pin-wrong' } }, 7]);
    expect(err).toContain('7 tries are left');
    expect((await asPerson(['keys', ...key.here])).out).toContain('PIN set, 7 tries left');
    expect((await asPerson(['pin', 'check', ...key.here], { pins: [PIN] })).out).toBe(
      'The PIN is right; 8 tries are left again.',
    );
  });

  it('asks before the last try, and keeps it when told to', async () => {
    key = await plugged(start({ ...modern, pinRetries: 2, pinRetriesPerPowerCycle: 2 }));
    await asPerson(['pin', 'check', ...key.here], { pins: ['wrong-1'] });
    const { status, log } = await asPerson(['pin', 'check', ...key.here], { confirms: [false] });
    expect(log.some((line) => line.startsWith('confirm Only one try is left'))).toBe(true);
    expect(status).toBe(7);
    expect((await asProgram('keys', key.here)).document).toMatchObject({ keys: [{ pin: { retriesLeft: 1 } }] });
  });

  it.each([
    ['that has no PIN', { pin: false }, 'key-pin-not-set'],
    ['that is not there', { pin: true, gone: true }, 'key-not-found'],
  ])('tells of a key %s', async (_, { pin, gone = false }: { pin: boolean; gone?: boolean }, code) => {
    key = await plugged(start(), { pin });
    if (gone) await key.virtual.power(false);
    expect((await asProgram('pin check', key.here, [PIN])).document).toMatchObject({ error: { code } });
  });
});
