import { runEffect } from '../effects';
import { type TicketId } from '../tickets/ids';
import { type MemoryStoreOptions } from './testing/memory-store';
import { unclear } from './testing/scripted-entra';
import { LONG_AGO, LOST, PASS } from './testing/thief';
import { createWorld, vouched, WHO, type World } from './testing/world';

/** Two tickets of one person may each show a pass, and the account has one at most. */
let world: World;
let pass: TicketId;
let lost: TicketId;
let onCommit: NonNullable<MemoryStoreOptions['before']>;
beforeEach(async () => {
  onCommit = () => undefined;
  world = await createWorld({ before: (call, commit) => onCommit(call, commit) });
  world.addPasskey('ada', 'blue', LONG_AGO);
  pass = await vouched(world, 'choose-pass', PASS);
  lost = await vouched(world, 'choose-pass', LOST);
});
afterEach(() => world.rest());

const alive = () => world.entra.passes.get(WHO.ada)?.id;
const recorded = (id: TicketId) => world.ticket(id).generations.find(({ endedAt }) => !endedAt)?.methodId;
const live = async (id: TicketId) => (await world.view('ada', id)).pass.liveUntil !== undefined;
const can = async (id: TicketId) => (await world.view('ada', id)).can;
async function press(id: TicketId) {
  await world.press('ada', id, 'prepare-show');
  return world.press('ada', id, 'show');
}
async function shown(id: TicketId): Promise<void> {
  if (!(await press(id)).pass) throw new Error('no pass');
  await world.rest();
}
async function unclearShow(id: TicketId, kind: 'fails' | 'lost' = 'fails'): Promise<void> {
  world.entra.script('passes.create', { kind, fault: unclear() });
  expect((await press(id)).refusal?.code).toBe('graph-timeout');
  await world.rest();
  world.wait(20);
}

test('what one ticket settles is never the pass that another one has shown', async () => {
  await unclearShow(pass);
  await shown(lost);
  await world.pass(180);
  expect([alive(), await live(lost)]).toEqual([recorded(lost), true]);
  expect(world.ticket(pass).generations).toMatchObject([{ state: 'settled' }]);
});

test('nor one that is not recorded yet: the newer making is settled first', async () => {
  await unclearShow(pass);
  await unclearShow(lost, 'lost');
  const item = { id: 'x', notBefore: world.now(), attempts: 0 };
  const settled = await runEffect(world.deps, world.ticket(pass), {
    ...item,
    effect: { kind: 'settle-pass', generation: 1 },
  });
  expect([settled.kind, alive()]).toEqual(['again', 'pass-1']);
  await world.pass(180);
  expect(alive()).toBeUndefined();
  for (const id of [pass, lost]) expect(world.ticket(id).generations).toMatchObject([{ state: 'settled' }]);
});

test.each<[string, () => [TicketId, TicketId]]>([
  ['of flow pass', () => [pass, lost]],
  ['that waits for a key', () => [lost, pass]],
])('a pass of another ticket ends the older one: that ticket %s says so, and can show a new one', async (_, pair) => {
  const [older, newer] = pair();
  await shown(older);
  world.wait(60);
  await shown(newer);
  expect([await live(older), await live(newer), alive()]).toEqual([false, true, recorded(newer)]);
  expect(world.store.events(older).at(-1)).toMatchObject({ kind: 'pass-ended', how: 'replaced' });
  expect(world.ticket(older).status).toBe('approved');
  expect(await can(older)).toContain('prepare-show');
  world.wait(60);
  await shown(older);
  expect([await live(older), await live(newer), alive()]).toEqual([true, false, recorded(older)]);
  expect(await can(newer)).toContain('prepare-show');
});

test('the last of three that has to give way ends its ticket: there is nothing more to show', async () => {
  for (let nth = 0; nth < 3; nth += 1) {
    await shown(pass);
    world.wait(20);
  }
  await shown(lost);
  expect(world.ticket(pass).status).toBe('done');
});

test('it is recorded also where that fails at first, or the process dies', async () => {
  await shown(pass);
  world.wait(60);
  let died = false;
  onCommit = (call, commit) => {
    const replaced = commit?.events.some((event) => event.kind === 'pass-ended');
    if (call !== 'commit' || !replaced || died) return;
    died = true;
    throw new Error('the process died');
  };
  await shown(lost);
  expect([died, await live(pass)]).toEqual([true, true]);
  await world.pass(60);
  expect(await live(pass)).toBe(false);
});

test('so does one that nobody saw', async () => {
  await shown(pass);
  world.wait(60);
  await unclearShow(lost, 'lost');
  await world.pass(180);
  expect([alive(), await live(pass)]).toEqual([undefined, false]);
  expect(await can(pass)).toContain('prepare-show');
});

test('while one makes a pass, the other makes none', async () => {
  const refusals: (string | undefined)[] = [];
  const work = async () => {
    refusals.push((await press(lost)).refusal?.code);
  };
  world.entra.script('passes.create', { kind: 'first', work });
  await shown(pass);
  expect(refusals).toEqual(['show-in-progress']);
  expect([await live(pass), await live(lost), alive()]).toEqual([true, false, recorded(pass)]);
});
