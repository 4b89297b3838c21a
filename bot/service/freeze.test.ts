import { sayNotMe } from './not-me';
import { refusedBy, unclear } from './testing/scripted-entra';
import { acts, alive, BLOCK, finished, keysLeft, left, LONG_AGO, LOST, MAIL, shown, token } from './testing/thief';
import { createWorld, WHO, type World } from './testing/world';

let world: World;
async function start(settings: Readonly<Record<string, string>> = MAIL): Promise<void> {
  world = await createWorld({ settings });
}
beforeEach(() => start());
afterEach(() => world.rest());

describe('a freeze', () => {
  test('of a pass that is out: the pass is dead, then the sessions, and the helpdesk is called', async () => {
    const id = await shown(world);
    await world.press('ada', id, 'not-me');
    await world.rest();
    expect(alive(world)).toBe(false);
    expect(acts(world).at(-1)).toBe('sessions.revoke');
    expect(acts(world).slice(acts(world).lastIndexOf('passes.delete'))).toContain('sessions.revoke');
    for (const name of ['helen', 'hugo'] as const)
      expect(world.messenger.latest(WHO[name], 'helpdesk')).toMatchObject({ details: { view: { status: 'frozen' } } });
    expect(world.messenger.latest(WHO.ada, 'progress')?.details.view.freeze).toMatchObject({ passGone: true });
    expect((await world.press('ada', id, 'prepare-show')).refusal?.code).toBe('frozen');
  });

  test('of a finished ticket, days later: exactly the key that it brought goes, then the sessions', async () => {
    const id = await finished(world);
    await world.pass(2 * 86_400);
    world.addPasskey('ada', 'own', world.deps.now());
    await world.press('ada', id, 'not-me');
    await world.pass(60);
    expect(keysLeft(world)).toEqual(['own']);
    expect(acts(world).slice(-2)).toEqual(['passkeys.delete', 'sessions.revoke']);
    expect(world.ticket(id).freeze).toMatchObject({ takenBack: ['thief'], before: 'done' });
  });

  test('a key that the thief adds later, with a session that was open, goes too, and so do the sessions again', async () => {
    const id = await shown(world);
    await world.press('ada', id, 'not-me');
    await world.pass(600);
    const revoked = acts(world).filter((call) => call === 'sessions.revoke').length;
    world.addPasskey('ada', 'late');
    await world.pass(180);
    expect(keysLeft(world)).toEqual([]);
    expect(acts(world).filter((call) => call === 'sessions.revoke')).toHaveLength(revoked + 1);
    expect(world.ticket(id).freeze).toMatchObject({
      takenBack: ['late'],
      sessionsRevokedAt: expect.any(String) as string,
    });
  });

  test('what was on its way when two thawed it is recorded, and the sessions end after it', async () => {
    const id = await shown(world);
    await world.press('ada', id, 'not-me');
    await world.pass(600);
    world.addPasskey('ada', 'late');
    const work = async () => {
      await world.press('helen', id, 'thaw');
      await world.press('hugo', id, 'thaw');
    };
    world.entra.script('passkeys.delete', { kind: 'first', work });
    await world.pass(300);
    expect(world.ticket(id)).toMatchObject({ status: 'cancelled', freeze: { takenBack: ['late'] } });
    expect(world.kinds(id).slice(world.kinds(id).indexOf('thawed'))).toEqual([
      ...['thawed', 'cancelled', 'passkeys-taken-back', 'sessions-revoked'],
    ]);
    expect(acts(world).slice(-2)).toEqual(['passkeys.delete', 'sessions.revoke']);
  });

  test('what Entra lists late is found late', async () => {
    const id = await shown(world);
    world.entra.lagMs = 300_000;
    world.addPasskey('ada', 'thief');
    await world.press('ada', id, 'not-me');
    await world.pass(30);
    expect(keysLeft(world)).toEqual(['thief']);
    await world.pass(400);
    expect(keysLeft(world)).toEqual([]);
  });

  test('keys that were there before stay, also one that was to go', async () => {
    world.addPasskey('ada', 'blue', LONG_AGO);
    const { id } = await world.ask('ada', LOST);
    await world.press('bob', id, 'approve', { how: 'video' });
    await world.press('ada', id, 'not-me');
    await world.pass(1200);
    expect(keysLeft(world)).toEqual(['blue']);
  });

  test('looks for a while and then rests', async () => {
    const id = await shown(world);
    await world.press('ada', id, 'not-me');
    await world.pass(3 * 3600);
    expect(left(world, id)).toEqual([]);
    expect(world.ticket(id).status).toBe('frozen');
  });

  test.each(['passes.delete', 'passkeys.list', 'sessions.revoke', 'passkeys.delete'])(
    'holds when Entra fails, or its reply is lost, at %s',
    async (call) => {
      const id = await shown(world);
      world.addPasskey('ada', 'thief');
      world.entra.script(call, { kind: 'lost', fault: unclear() });
      world.entra.script(call, { kind: 'fails', fault: unclear() }, 2);
      await world.press('ada', id, 'not-me');
      await world.pass(300);
      expect({ keys: keysLeft(world), alive: alive(world) }).toEqual({ keys: [], alive: false });
      expect(world.ticket(id).freeze?.sessionsRevokedAt).toBeDefined();
      expect(acts(world).at(-1)).toBe('sessions.revoke');
    },
  );

  test('where Entra refuses for good the ticket says so, and nobody can thaw it', async () => {
    const id = await shown(world);
    world.entra.script('passkeys.list', { kind: 'fails', fault: refusedBy('graph-denied') }, 50);
    await world.press('ada', id, 'not-me');
    await world.pass(60);
    expect(world.ticket(id).parked).toMatchObject({ step: 'remove', code: 'graph-denied' });
    expect((await world.press('helen', id, 'thaw')).refusal?.code).toBe('freeze-under-way');
  });

  test('an approver or a colleague cannot: to others it is as if there were no such ticket', async () => {
    const id = await shown(world);
    expect((await world.press('mallory', id, 'not-me')).refusal?.code).toBe('ticket-unknown');
    expect((await world.press('helen', id, 'not-me')).refusal?.code).toBe('not-yours');
  });
});

describe('where the tenant blocks signing in', () => {
  beforeEach(() => start({ ...MAIL, ...BLOCK }));
  const enabled = () => world.entra.people.get(WHO.ada)!.accountEnabled;

  test('it is blocked first, until two have thawed it', async () => {
    const id = await shown(world);
    await world.press('ada', id, 'not-me');
    await world.rest();
    expect(enabled()).toBe(false);
    expect(acts(world).indexOf('accounts.setEnabled')).toBeLessThan(acts(world).lastIndexOf('passes.delete'));
    await world.press('helen', id, 'thaw');
    expect(enabled()).toBe(false);
    await world.press('hugo', id, 'thaw');
    await world.rest();
    expect(enabled()).toBe(true);
    expect(world.ticket(id)).toMatchObject({ status: 'cancelled', closedAt: expect.any(String) as string });
  });

  test('an account that was switched off before stays off', async () => {
    const id = await finished(world);
    world.entra.people.get(WHO.ada)!.accountEnabled = false;
    await sayNotMe(world.deps, token(world));
    await world.rest();
    await world.press('helen', id, 'thaw');
    await world.press('hugo', id, 'thaw');
    await world.rest();
    expect(enabled()).toBe(false);
    expect(world.ticket(id).status).toBe('cancelled');
  });

  test('a directory that cannot be read holds the freeze up no longer than its own work', async () => {
    await shown(world);
    world.entra.script('people.find', { kind: 'fails', fault: unclear() }, 2);
    expect((await sayNotMe(world.deps, token(world))).state).toBe('stopped');
    await world.pass(60);
    expect(enabled()).toBe(false);
  });

  test.each<[string, 'lost' | 'fails']>([
    ['the reply is lost', 'lost'],
    ['Entra fails', 'fails'],
  ])('%s: it is blocked, and unblocked, all the same', async (_, kind) => {
    const id = await shown(world);
    world.entra.script('accounts.setEnabled', { kind, fault: unclear() }, 2);
    await world.press('ada', id, 'not-me');
    await world.pass(120);
    expect(enabled()).toBe(false);
    world.entra.script('accounts.setEnabled', { kind, fault: unclear() }, 2);
    await world.press('helen', id, 'thaw');
    await world.press('hugo', id, 'thaw');
    await world.pass(120);
    expect(enabled()).toBe(true);
    expect(world.ticket(id).status).toBe('cancelled');
  });
});
