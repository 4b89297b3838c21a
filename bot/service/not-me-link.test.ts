import { notMeOf, sayNotMe } from './not-me';
import { alive, MAIL, PASS, shown, token } from './testing/thief';
import { createWorld, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld({ settings: MAIL });
});
afterEach(() => world.rest());

describe('the link of the mail', () => {
  test('opened, does nothing, however often', async () => {
    const id = await shown(world);
    const before = world.ticket(id).version;
    const shownPage = await notMeOf(world.deps, token(world));
    await notMeOf(world.deps, token(world));
    expect(shownPage).toMatchObject({ state: 'ask', ticket: { id } });
    await world.rest();
    expect(world.ticket(id).version).toBe(before);
    expect(alive(world)).toBe(true);
  });

  test('said, it freezes in the name of its addressee; said again, on another process too, it is said once', async () => {
    const id = await shown(world);
    const said = await Promise.all([sayNotMe(world.deps, token(world)), sayNotMe(world.other, token(world, 0))]);
    expect(said.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
    await world.pass(60);
    expect((await sayNotMe(world.deps, token(world))).state).toBe('stopped');
    expect(world.kinds(id).filter((kind) => kind === 'frozen')).toHaveLength(1);
    expect(world.ticket(id)).toMatchObject({ status: 'frozen', freeze: { by: { id: WHO.bob }, via: 'mail' } });
    expect(alive(world)).toBe(false);
  });

  test.each<[string, (real: string) => string]>([
    ['nothing', () => ''],
    ['another letter', (real) => `${real.slice(0, -1)}${real.endsWith('A') ? 'B' : 'A'}`],
    ['the last bits changed', (real) => real.slice(0, -1) + String.fromCharCode(real.charCodeAt(real.length - 1) + 1)],
    ['a later end', (real) => `${real.slice(0, 26)}zzzzzzz${real.slice(33)}`],
    ['another ticket', (real) => `01JNGZ0000000000000000K7Q2${real.slice(26)}`],
    ['more behind it', (real) => `${real}A`],
    ['no token at all', () => '../../messages'],
  ])('with %s is refused', async (_, change) => {
    const id = await shown(world);
    await expect(sayNotMe(world.deps, change(token(world)))).rejects.toMatchObject({ code: 'link-odd' });
    expect(world.ticket(id).status).toBe('approved');
  });

  test('of one ticket does not hold for another, nor for another addressee', async () => {
    const id = await shown(world);
    const real = token(world);
    const { id: other } = await world.ask('ada', PASS);
    await expect(sayNotMe(world.deps, other + real.slice(26))).rejects.toMatchObject({ code: 'link-odd' });
    world.store.tamper(id, (ticket) => ({
      ...ticket,
      told: { ...ticket.told!, person: { id: WHO.mallory, name: 'M' } },
    }));
    await expect(sayNotMe(world.deps, real)).rejects.toMatchObject({ code: 'link-odd' });
  });

  test('ends seven days after the ticket', async () => {
    await shown(world);
    const real = token(world);
    world.wait(10 * 86_400 - 600);
    expect((await notMeOf(world.deps, real)).state).toBe('ask');
    world.wait(1200);
    await expect(notMeOf(world.deps, real)).rejects.toMatchObject({ code: 'link-over' });
  });

  test('of a ticket that ended without giving anything says so', async () => {
    const { id } = await world.ask('ada', PASS);
    await world.press('bob', id, 'deny', { text: 'That was not Ada' });
    await world.pass(30);
    expect(await sayNotMe(world.deps, token(world))).toMatchObject({
      state: 'over',
      refusal: { code: 'nothing-to-freeze' },
    });
    expect(world.ticket(id).status).toBe('denied');
  });
});
