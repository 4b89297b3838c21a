import { type RecordingMessenger } from './testing/recording-messenger';
import { createWorld, type Name, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const seen = (who: Name, slot: Parameters<RecordingMessenger['latest']>[1]) =>
  world.messenger.latest(WHO[who], slot)?.details;

describe('the vouch code', () => {
  test('three wrong tries kill it, and the helpdesk hears of it', async () => {
    const { id } = await world.ask('ada');
    const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
    await world.press('ada', id, 'choose-pass');
    const wrong = vouchCode!.reveal() === '000000' ? '000001' : '000000';
    for (const left of [2, 1]) {
      const { refusal } = await world.press('ada', id, 'vouch', { code: wrong });
      expect(refusal).toEqual({ code: 'code-wrong', facts: { triesLeft: left } });
    }
    expect((await world.press('ada', id, 'vouch', { code: wrong })).refusal?.code).toBe('code-dead');
    expect((await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() })).refusal?.code).toBe('code-dead');
    await world.rest();
    expect(seen('helen', 'helpdesk')?.view.parked?.code).toBe('code-dead');
    expect((await world.press('ada', id, 'prepare-show')).refusal?.code).toBe('code-dead');
    await world.press('helen', id, 'take-over');
    expect((await world.press('helen', id, 'retry')).refusal?.code).toBe('code-dead');
  });

  test('the same wrong click delivered again costs no second try, and is told the same again', async () => {
    const { id } = await world.ask('ada');
    await world.press('bob', id, 'approve', { how: 'video' });
    await world.press('ada', id, 'choose-pass');
    const nonce = `v${world.ticket(id).version}`;
    const click = () => world.press('ada', id, 'vouch', { code: 'x', nonce });
    const answers = [...(await Promise.all([click(), click(), click()])), await click()];
    expect(world.ticket(id).vouchTries).toBe(1);
    const told = { code: 'code-wrong', facts: { triesLeft: 2 } };
    expect(answers.map(({ refusal }) => refusal)).toEqual([told, told, told, told]);
  });

  test('the last wrong click says when it comes again that the code is dead, and nothing more happens', async () => {
    const { id } = await world.ask('ada');
    await world.press('bob', id, 'approve', { how: 'video' });
    await world.press('ada', id, 'choose-pass');
    for (const code of ['x', 'y']) await world.press('ada', id, 'vouch', { code });
    const nonce = `v${world.ticket(id).version}`;
    const last = () => world.press('ada', id, 'vouch', { code: 'z', nonce });
    await last();
    const before = world.ticket(id).version;
    expect((await last()).refusal?.code).toBe('code-dead');
    expect(world.ticket(id).version).toBe(before);
  });

  test('once the right one is typed, a wrong click from before is told that all is well', async () => {
    const { id } = await world.ask('ada');
    const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
    await world.press('ada', id, 'choose-pass');
    const nonce = `v${world.ticket(id).version}`;
    const wrong = () => world.press('ada', id, 'vouch', { code: 'x', nonce });
    await wrong();
    await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
    expect((await wrong()).refusal).toBeUndefined();
  });

  test('is typed with spaces or dashes as people do, and is not a substring', async () => {
    const { id } = await world.ask('ada');
    const code = (await world.press('bob', id, 'approve', { how: 'video' })).vouchCode!.reveal();
    await world.press('ada', id, 'choose-pass');
    expect((await world.press('ada', id, 'vouch', { code: `${code}0` })).refusal?.code).toBe('code-wrong');
    const spaced = `${code.slice(0, 3)} - ${code.slice(3)}`;
    expect((await world.press('ada', id, 'vouch', { code: spaced })).refusal).toBeUndefined();
  });

  test('is another one for each ticket', async () => {
    const codes = new Set<string>();
    for (let n = 0; n < 3; n += 1) {
      const { id } = await world.ask('ada');
      codes.add((await world.press('bob', id, 'approve', { how: 'video' })).vouchCode!.reveal());
      await world.press('ada', id, 'cancel');
    }
    expect(codes.size).toBe(3);
  });
});
