import { refusedBy, unclear } from './testing/scripted-entra';
import { createWorld, vouched, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const LOST = { flow: 'lost-key', reason: 'It fell into the river', passkeys: ['blue'] } as const;
const keysLeft = () => (world.entra.passkeys.get(WHO.ada) ?? []).map(({ id }) => id);
const acts = () => world.entra.calls.filter((call) => call === 'passkeys.delete' || call === 'sessions.revoke');
/** Older than the request, so that they are not news. */
const LONG_AGO = new Date('2026-01-01T00:00:00Z');
const had = (...ids: string[]) => ids.forEach((id) => world.addPasskey('ada', id, LONG_AGO));

async function shownPass(id: string): Promise<void> {
  await world.press('ada', id, 'prepare-show');
  const { pass } = await world.press('ada', id, 'show');
  if (!pass) throw new Error('no pass');
  await world.rest();
}

describe('lost-key', () => {
  test('a pass is shown, the old key goes, then the sessions; the new key ends it', async () => {
    had('blue');
    const id = await vouched(world, 'choose-pass', LOST);
    expect(keysLeft()).toEqual(['blue']);
    await shownPass(id);
    expect(acts()).toEqual(['passkeys.delete', 'sessions.revoke']);
    expect(keysLeft()).toEqual([]);
    world.addPasskey('ada', 'new');
    await world.pass(120);
    expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { methodId: 'new' } });
    expect(world.entra.passes.has(WHO.ada)).toBe(false);
  });

  test('nobody comes: ten minutes after the approval the key is gone and the sessions are ended', async () => {
    had('blue');
    const { id } = await world.ask('ada', LOST);
    await world.press('bob', id, 'approve', { how: 'video' });
    await world.pass(600);
    expect(keysLeft()).toEqual([]);
    expect(acts()).toEqual(['passkeys.delete', 'sessions.revoke']);
    expect(world.messenger.sent.findLast(({ nudge }) => nudge)?.person).toBe(WHO.ada);
  });

  test('with another strong way left, the owner’s own report takes it away at once, and only that one', async () => {
    had('blue', 'red');
    const { id, outcome } = await world.ask('ada', LOST);
    expect(outcome.refusal).toBeUndefined();
    expect(keysLeft()).toEqual(['red']);
    expect(world.ticket(id)).toMatchObject({ status: 'waiting', removals: [{ state: 'removed' }] });
  });

  test.each<[string, () => Promise<{ id: string }>]>([
    ['somebody else reports it', () => world.ask('bob', { ...LOST, subject: WHO.ada })],
    ['no other strong way is left', () => world.ask('ada', { ...LOST, passkeys: 'all' })],
  ])('it waits for the approval where %s', async (_, ask) => {
    had('blue', 'red');
    const { id } = await ask();
    await world.pass(60);
    expect(keysLeft()).toEqual(['blue', 'red']);
    expect(world.ticket(id).removals.every(({ state }) => state === 'named')).toBe(true);
  });

  test('and where the tenant wants it so', async () => {
    world = await createWorld({ settings: { KEYVOUCH_CONTAINMENT: 'off' } });
    had('blue', 'red');
    await world.ask('ada', LOST);
    expect(keysLeft()).toEqual(['blue', 'red']);
  });

  test('a passkey that is not the subject’s cannot be named', async () => {
    had('blue');
    const { outcome } = await world.ask('ada', { ...LOST, passkeys: ['blue', 'of-somebody-else'] });
    expect(outcome.refusal?.code).toBe('passkey-not-there');
  });

  test('Entra’s lost replies and bad days change nothing: each key goes once, the sessions after it', async () => {
    had('blue', 'red');
    world.entra.script('passkeys.delete', { kind: 'lost', fault: unclear() });
    world.entra.script('sessions.revoke', { kind: 'fails', fault: refusedBy('graph-throttled', true) }, 2);
    const { id } = await world.ask('ada', { ...LOST, passkeys: 'all' });
    await world.press('bob', id, 'approve', { how: 'video' });
    await world.pass(900);
    expect(keysLeft()).toEqual([]);
    expect(world.ticket(id).sessionsRevokedAt).toBeDefined();
    const events = world.kinds(id).filter((kind) => kind === 'passkey-removed' || kind === 'sessions-revoked');
    expect(events).toEqual(['passkey-removed', 'passkey-removed', 'sessions-revoked']);
  });

  test('a subject who was promoted in between keeps the key, and the helpdesk is told', async () => {
    had('blue');
    const { id } = await world.ask('ada', LOST);
    await world.press('bob', id, 'approve', { how: 'video' });
    world.entra.privileged.add(WHO.ada);
    await world.pass(900);
    expect(keysLeft()).toEqual(['blue']);
    expect(world.ticket(id).parked).toMatchObject({ step: 'remove', code: 'subject-privileged' });
    expect(world.messenger.latest(WHO.helen, 'helpdesk')?.details.view.parked?.step).toBe('remove');
  });

  test.each<[string, boolean]>([
    ['approved', false],
    ['reported', true],
  ])('a ticket that names other keys than were %s removes nothing', async (_, contain) => {
    had('blue', 'red');
    world.entra.script('passkeys.delete', { kind: 'fails', fault: refusedBy('graph-throttled', true) });
    const { id } = await world.ask(contain ? 'ada' : 'bob', { ...LOST, subject: WHO.ada });
    if (!contain) {
      await world.pass(8 * 3600);
      expect((await world.press('carol', id, 'approve', { how: 'video' })).refusal).toBeUndefined();
    }
    expect(world.ticket(id).removals[0]?.state).toBe(contain ? 'due' : 'named');
    world.store.tamper(id, (ticket) => ({
      ...ticket,
      removals: ticket.removals.map((one) => ({ ...one, passkey: { ...one.passkey, methodId: 'red' } })),
    }));
    await world.pass(900);
    expect(keysLeft()).toEqual(['blue', 'red']);
  });
});

test('pass: shown, said to be needed no more, deleted, done', async () => {
  const { id } = await world.ask('ada', { flow: 'pass', reason: 'New phone' });
  const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
  await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
  await shownPass(id);
  await world.press('ada', id, 'finish');
  await world.rest();
  expect(world.entra.passes.has(WHO.ada)).toBe(false);
  expect(world.ticket(id).status).toBe('done');
  expect(world.entra.calls).not.toContain('passkeys.delete');
});

test('pass: one that outlives its approval is ended by its owner all the same, and not shown again', async () => {
  const { id } = await world.ask('ada', { flow: 'pass', reason: 'New phone' });
  const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
  await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
  world.wait((Date.parse(world.ticket(id).expiresAt) - Date.parse(world.now())) / 1000 - 1800);
  await shownPass(id);
  await world.pass(1860);
  const { can } = await world.view('ada', id);
  expect(can).toContain('finish');
  expect(can).not.toContain('prepare-show');
  expect((await world.press('ada', id, 'finish')).refusal).toBeUndefined();
  await world.rest();
  expect(world.entra.passes.has(WHO.ada)).toBe(false);
  expect(world.ticket(id).status).toBe('done');
});

test('pass: a new passkey does not end it, time does', async () => {
  const { id } = await world.ask('ada', { flow: 'pass', reason: 'New phone' });
  const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
  await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
  await shownPass(id);
  world.addPasskey('ada', 'new');
  await world.pass(600);
  expect(world.ticket(id).status).toBe('approved');
  await world.pass(3600);
  expect(world.ticket(id).status).toBe('done');
});

test('return-key: of an account that is switched off, all keys go, and nobody gets a code', async () => {
  had('blue', 'red');
  const ada = world.entra.people.get(WHO.ada)!;
  world.entra.people.set(WHO.ada, { ...ada, accountEnabled: false });
  const { id, outcome } = await world.ask('helen', { flow: 'return-key', passkeys: 'all', reason: 'Leaves today' });
  expect(outcome.refusal).toBeUndefined();
  const { vouchCode } = await world.press('bob', id, 'approve', { how: 'in-person' });
  await world.rest();
  expect(vouchCode).toBeUndefined();
  expect(keysLeft()).toEqual([]);
  expect(world.ticket(id).status).toBe('done');
});

test('spare-key: its own rule, and only for those who have a strong way to sign in', async () => {
  const { outcome } = await world.ask('ada', { flow: 'spare-key' });
  expect(outcome.refusal?.code).toBe('spare-needs-first');
  had('blue');
  const { id } = await world.ask('ada', { flow: 'spare-key' });
  expect(world.ticket(id).rule).toEqual(world.deps.settings.rules['spare-key']);
});

test('two flows of one person run beside each other, two of one flow do not', async () => {
  had('blue');
  await world.ask('ada');
  expect((await world.ask('ada', { flow: 'spare-key' })).outcome.refusal).toBeUndefined();
  expect((await world.ask('ada', { flow: 'spare-key' })).outcome.refusal?.code).toBe('duplicate-open');
});
