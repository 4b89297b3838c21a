import { type TicketId } from '../tickets/ids';
import { sayNotMe } from './not-me';
import { refusedBy } from './testing/scripted-entra';
import { BLOCK, LONG_AGO, LOST, MAIL, PASS, token } from './testing/thief';
import { createWorld, WHO, type World } from './testing/world';

/** Two tickets in Ada's name are frozen, and each blocks signing in to the one account. */
let world: World;
let a: TicketId;
let b: TicketId;
let links: { a: string; b: string };
beforeEach(async () => {
  world = await createWorld({ settings: { ...MAIL, ...BLOCK } });
  world.addPasskey('ada', 'blue', LONG_AGO);
  ({ id: a } = await world.ask('ada', LOST));
  await world.pass(30);
  const first = token(world);
  ({ id: b } = await world.ask('ada', PASS));
  await world.pass(30);
  links = { a: first, b: token(world) };
});
afterEach(() => world.rest());

const enabled = () => world.entra.people.get(WHO.ada)!.accountEnabled;
const blocked = async (id: TicketId) => (await world.view('helen', id)).freeze?.blocked;
async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((resolve) => setImmediate(resolve));
}
async function freeze(apart = 0): Promise<void> {
  await sayNotMe(world.deps, links.a);
  await world.pass(apart);
  await sayNotMe(world.deps, links.b);
  await world.pass(120);
}
async function thaw(id: TicketId): Promise<void> {
  for (const name of ['helen', 'hugo'] as const) await world.press(name, id, 'thaw');
}

test.each([
  ['at once', 0],
  ['minutes apart', 300],
])('frozen %s: signing in stays blocked until the last one is thawed', async (_, apart) => {
  await freeze(apart);
  expect([enabled(), await blocked(a), await blocked(b)]).toEqual([false, true, true]);
  await thaw(a);
  await world.rest();
  expect([world.ticket(a).status, enabled(), await blocked(b)]).toEqual(['cancelled', false, true]);
  expect(world.kinds(a)).toContain('sign-in-stays-blocked');
  expect(world.kinds(a)).not.toContain('sign-in-unblocked');
  await thaw(b);
  await world.rest();
  expect([world.ticket(b).status, enabled()]).toEqual(['cancelled', true]);
  expect(world.kinds(b)).toContain('sign-in-unblocked');
});

test('thawed at the same moment: signing in is possible again', async () => {
  await freeze();
  await Promise.all([thaw(a), thaw(b)]);
  await world.pass(60);
  expect([world.ticket(a).status, world.ticket(b).status, enabled()]).toEqual(['cancelled', 'cancelled', true]);
});

test('frozen while the other is being thawed: signing in is blocked again', async () => {
  await sayNotMe(world.deps, links.a);
  await world.pass(120);
  const work = async () => {
    await sayNotMe(world.deps, links.b);
    // Its own block is done before the account is switched on.
    await until(() => world.ticket(b).freeze?.blockedAt !== undefined);
  };
  await world.press('helen', a, 'thaw');
  world.entra.script('accounts.setEnabled', { kind: 'first', work });
  await world.press('hugo', a, 'thaw');
  await world.pass(60);
  expect([world.ticket(a).status, enabled(), await blocked(b)]).toEqual(['cancelled', false, true]);
});

test('thawed while the other leaves it blocked: signing in is possible again', async () => {
  await freeze();
  await world.press('helen', b, 'thaw');
  const work = async () => {
    await world.press('hugo', b, 'thaw');
    await until(() => world.ticket(b).status === 'cancelled');
  };
  await world.press('helen', a, 'thaw');
  world.entra.script('accounts.setEnabled', { kind: 'first', work });
  await world.press('hugo', a, 'thaw');
  await world.pass(60);
  expect([world.ticket(a).status, world.ticket(b).status, enabled()]).toEqual(['cancelled', 'cancelled', true]);
});

test('an account that was switched off before stays off, whichever is thawed', async () => {
  world.entra.people.get(WHO.ada)!.accountEnabled = false;
  await freeze(300);
  await thaw(a);
  await thaw(b);
  await world.pass(60);
  expect([world.ticket(a).status, world.ticket(b).status, enabled()]).toEqual(['cancelled', 'cancelled', false]);
});

test('where Entra refuses to block, two can thaw it all the same', async () => {
  world.entra.script('accounts.setEnabled', { kind: 'fails', fault: refusedBy('graph-denied') }, 1000);
  await sayNotMe(world.deps, links.a);
  await world.pass(120);
  expect(world.ticket(a).parked?.code).toBe('graph-denied');
  await thaw(a);
  await world.pass(60);
  expect([world.ticket(a).status, enabled()]).toEqual(['cancelled', true]);
});
