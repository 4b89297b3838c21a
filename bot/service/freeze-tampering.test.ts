import { runEffect } from '../effects';
import { type Effect } from '../tickets/effects';
import { type TicketId } from '../tickets/ids';
import { type Ticket } from '../tickets/ticket';
import { acts, BLOCK, finished, MAIL } from './testing/thief';
import { createWorld, WHO, type World } from './testing/world';

/** Whoever writes the tables makes nothing of a freeze: what it may take, and whether it blocks, is signed. */
let world: World;
afterEach(() => world.rest());

const run = (id: TicketId, effect: Effect) =>
  runEffect(world.deps, world.ticket(id), { id: 'x', effect, notBefore: world.now(), attempts: 0 });

async function frozen(settings: Readonly<Record<string, string>>): Promise<TicketId> {
  world = await createWorld({ settings });
  const id = await finished(world);
  await world.press('ada', id, 'not-me');
  await world.pass(30);
  return id;
}

const unblocked = (ticket: Ticket): Ticket => {
  const { blockedAt: _blocked, ...freeze } = ticket.freeze!;
  return { ...ticket, freeze };
};

const EFFECTS: Effect[] = [{ kind: 'take-back-passkeys' }, { kind: 'revoke-sessions' }, { kind: 'block-sign-in' }];

test('as it was signed, each effect is done', async () => {
  const id = await frozen({ ...MAIL, ...BLOCK });
  world.store.tamper(id, unblocked);
  for (const effect of EFFECTS) await expect(run(id, effect)).resolves.toBeDefined();
});

test.each<[string, (ticket: Ticket) => Ticket]>([
  ['no signature', (t) => ({ ...t, freeze: { ...t.freeze!, proof: 'e30.e30.e30' } })],
  ['another subject', (t) => ({ ...t, subject: { id: WHO.mallory, name: 'Mallory' } })],
  ['another key', (t) => ({ ...t, passkey: { methodId: 'own', name: 'x' } })],
  ['nothing known from before', (t) => ({ ...t, passkeysBefore: [] })],
])('(%s) takes no key off an account, ends no session, and blocks none', async (_, change) => {
  const id = await frozen({ ...MAIL, ...BLOCK });
  const before = acts(world).length;
  world.store.tamper(id, (ticket) => change(unblocked(ticket)));
  for (const effect of EFFECTS) await expect(run(id, effect)).rejects.toMatchObject({ code: 'signature-bad' });
  expect(acts(world)).toHaveLength(before);
});

test('a block that was not wanted blocks nobody', async () => {
  const id = await frozen(MAIL);
  world.store.tamper(id, (ticket) => ({ ...ticket, freeze: { ...ticket.freeze!, blocks: true } }));
  await expect(run(id, { kind: 'block-sign-in' })).rejects.toMatchObject({ code: 'signature-bad' });
  expect(world.entra.people.get(WHO.ada)?.accountEnabled).toBe(true);
});

test('a thaw that two did not sign switches no account on', async () => {
  const id = await frozen({ ...MAIL, ...BLOCK });
  world.store.tamper(id, (ticket) => ({
    ...ticket,
    freeze: {
      ...ticket.freeze!,
      thawSaid: { by: { id: WHO.mallory, name: 'M' }, at: world.now() },
      thawed: { by: { id: WHO.helen, name: 'H' }, at: world.now(), proof: 'e30.e30.e30' },
    },
  }));
  await expect(run(id, { kind: 'unblock-sign-in' })).rejects.toMatchObject({ code: 'signature-bad' });
  expect(world.entra.people.get(WHO.ada)?.accountEnabled).toBe(false);
});
