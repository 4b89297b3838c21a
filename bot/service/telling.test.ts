import { type Receiver, startReceiver } from '../../infra/local/outer/receiver';
import { settleOuter } from './outbox';
import { CANARY_WEBHOOK, createOutside, type Outside } from './testing/outside';
import { type MemoryStoreOptions } from './testing/memory-store';
import { START, vouched, WHO } from './testing/world';

let world: Outside;
let receiver: Receiver;
let number: unknown;
let before: NonNullable<MemoryStoreOptions['before']>;

beforeEach(async () => {
  number = undefined;
  before = () => undefined;
  let now = () => START;
  receiver = await startReceiver({
    secrets: [CANARY_WEBHOOK],
    now: () => Date.parse(now()),
    answer: () => number,
  });
  world = await createOutside({ webhook: receiver.url }, { before: (call, commit) => before(call, commit) });
  now = () => world.now();
});
afterEach(async () => {
  await world.close();
  await receiver.close();
});

const sequences = () => receiver.delivered.map(({ sequence }) => sequence);
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
const tellings = (id: string) => world.store.waitingItems(id).filter(({ effect }) => effect.kind === 'tell-outer');
const caughtUp = (id: string) =>
  receiver.events().filter(({ ticket }) => ticket.id === id).length === world.ticket(id).version;

test('a whole ticket is told, each event once, in order, as it stood then', async () => {
  const id = await vouched(world, 'choose-pass');
  await world.press('ada', id, 'prepare-show');
  await world.press('ada', id, 'show');
  world.addPasskey('ada', 'pk-new');
  await world.pass(60);
  expect(world.ticket(id).status).toBe('done');
  expect(sequences()).toEqual(upTo(world.ticket(id).version));
  const types = receiver.delivered.map(({ type, ticket }) => `${type} ${ticket.status}`);
  expect(types.slice(0, 3)).toEqual([
    'ticket.opened waiting',
    'ticket.approval-given waiting',
    'ticket.approved approved',
  ]);
  expect(types).toContain('pass.shown approved');
  expect(types).toContain('passkey.added approved');
  expect(types).toContain('ticket.completed done');
  expect(tellings(id)).toEqual([]);
});

test('the number in an answer becomes the ticket’s, is told once, and stays', async () => {
  number = { number: 'IT-7', url: 'https://it.example/7' };
  const { id } = await world.ask('ada');
  await world.pass(15);
  expect(world.ticket(id).outer?.number).toMatchObject({ number: 'IT-7', url: 'https://it.example/7', by: 'webhook' });
  number = { number: 'IT-8' };
  await world.press('bob', id, 'approve', { how: 'video' });
  await world.pass(15);
  expect(world.kinds(id).filter((kind) => kind === 'outer-numbered')).toHaveLength(1);
  expect((await world.view('ada', id)).outer?.number).toMatchObject({ number: 'IT-7' });
  const numbered = receiver.events().find(({ type }) => type === 'ticket.numbered');
  expect(numbered).toMatchObject({ number: { number: 'IT-7', by: 'webhook' } });
  expect(caughtUp(id)).toBe(true);
});

test('the helpdesk types another number; nobody else may', async () => {
  const { id } = await world.ask('ada');
  const typed = { text: 'INC0010023', link: 'https://it.example/23' };
  expect((await world.press('ada', id, 'outer-number', typed)).refusal?.code).toBe('helpdesk-only');
  expect((await world.press('helen', id, 'outer-number', { text: '  ' })).refusal?.code).toBe('outer-number-odd');
  expect((await world.press('helen', id, 'outer-number', typed)).refusal).toBeUndefined();
  number = { number: 'IT-7' };
  await world.pass(15);
  expect(world.ticket(id).outer?.number).toMatchObject({ number: 'INC0010023', by: 'hand' });
  expect(receiver.events().at(-1)).toMatchObject({
    type: 'ticket.numbered',
    number: { number: 'INC0010023', by: 'hand' },
  });
});

test('an answer that was lost: it is told again under the same id, word for word', async () => {
  receiver.mishap('drop-after');
  const { id } = await world.ask('ada');
  await world.pass(15);
  receiver.mishap('drop-after');
  await world.press('bob', id, 'approve', { how: 'video' });
  await world.pass(30);
  const bodies = receiver.asked.map(({ body }) => body);
  expect(bodies[1]).toBe(bodies[0]);
  expect(new Set(bodies).size).toBe(bodies.length - 2);
  expect(receiver.events().map(({ sequence }) => sequence)).toEqual(upTo(world.ticket(id).version));
  // Nothing that came twice came before something older.
  expect(sequences()).toEqual([...sequences()].sort((a, b) => a - b));
});

test('a process that dies between sending and noting it: the next tells that event again, and goes on in order', async () => {
  const { id } = await world.ask('ada');
  await world.rest();
  let marks = 0;
  before = (call) => {
    // The second mark of a telling is the one after the answer.
    if (call === 'putOuterMark' && (marks += 1) === 2) throw new Error('killed');
  };
  await world.press('bob', id, 'approve', { how: 'video' });
  await world.rest();
  before = () => undefined;
  await world.pass(120);
  expect(caughtUp(id)).toBe(true);
  expect(sequences().filter((one) => one === 2).length).toBeGreaterThan(1);
  expect(sequences()).toEqual([...sequences()].sort((a, b) => a - b));
});

test('a process that is gone for good right after sending: another takes over once its time is up', async () => {
  const { id } = await world.ask('ada');
  await world.rest();
  receiver.mishap({ status: 503 });
  await world.press('bob', id, 'approve', { how: 'video' });
  await world.rest();
  world.wait(20);
  let marks = 0;
  let sent: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (sent = resolve));
  before = async (call) => {
    if (call !== 'putOuterMark' || (marks += 1) !== 2) return;
    sent();
    await new Promise(() => undefined);
  };
  void settleOuter(world.deps, id);
  await reached;
  before = () => undefined;
  await settleOuter(world.other, id);
  expect(sequences()).toEqual([1, 2]);
  world.wait(46);
  await settleOuter(world.other, id);
  expect(sequences()).toEqual([1, 2, ...upTo(world.ticket(id).version).slice(1)]);
});

test('two processes that tell the same ticket at once: each event goes once', async () => {
  receiver.mishap({ status: 503 });
  const { id } = await world.ask('ada');
  await world.press('bob', id, 'approve', { how: 'video' });
  await world.rest();
  for (let turn = 0; turn < 8; turn += 1) {
    world.wait(20);
    await Promise.all([settleOuter(world.deps, id), settleOuter(world.other, id), settleOuter(world.deps, id)]);
  }
  expect(sequences()).toEqual(upTo(world.ticket(id).version));
});

test('whoever is slow out there slows nothing down here', async () => {
  receiver.mishap('hang');
  const { id } = await world.ask('ada');
  receiver.mishap('hang');
  const begun = Date.now();
  const { refusal } = await world.press('bob', id, 'approve', { how: 'video' });
  expect(refusal).toBeUndefined();
  // The cards are out while the receiver still keeps silent.
  const status = () => world.messenger.latest(WHO.ada, 'progress')?.details.view.status;
  while (status() !== 'approved' && Date.now() - begun < 1500) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(status()).toBe('approved');
  expect(receiver.events().some(({ type }) => type === 'ticket.approved')).toBe(false);
  await world.pass(60);
  expect(caughtUp(id)).toBe(true);
});

test.each([
  [404, 'outer-gone'],
  [410, 'outer-gone'],
  [401, 'outer-sign-in'],
  [302, 'outer-address'],
])('%d: the helpdesk is told, the ticket goes on, and all is told once it is mended', async (status, code) => {
  for (let n = 0; n < 20; n += 1) receiver.mishap({ status });
  const id = await vouched(world, 'choose-pass');
  await world.pass(30);
  expect(world.ticket(id).outer?.failed).toMatchObject([{ to: 'webhook', code }]);
  expect(world.messenger.latest(WHO.helen, 'helpdesk')?.details.view.outer?.failed).toMatchObject([{ code }]);
  expect(world.messenger.latest(WHO.ada, 'progress')?.details.view.outer?.failed).toEqual([]);
  const tries = receiver.asked.length;
  await world.pass(600);
  expect(receiver.asked).toHaveLength(tries);
  await world.press('ada', id, 'prepare-show');
  expect((await world.press('ada', id, 'show')).pass).toBeDefined();
  while (receiver.delivered.length === 0) await world.pass(900);
  await world.pass(120);
  expect(world.ticket(id).outer?.failed).toEqual([]);
  expect(world.kinds(id)).toContain('outer-restored');
  // What is between the two systems alone goes along with the next event.
  const told = receiver.events().map(({ sequence }) => sequence);
  expect(told).toEqual(upTo(told.length));
  expect(told.length).toBeGreaterThanOrEqual(world.ticket(id).version - 1);
});

test('Retry-After is obeyed, for this ticket and for every other', async () => {
  receiver.mishap({ status: 429, headers: { 'retry-after': '300' } });
  const { id } = await world.ask('ada');
  await world.ask('bob', { subject: WHO.bob });
  await world.pass(280);
  expect(receiver.asked.length).toBe(1);
  await world.pass(60);
  expect(caughtUp(id)).toBe(true);
});

test('an outage of a day: one item waits for each ticket, few calls are made, then all is told in order, bit by bit', async () => {
  for (let n = 0; n < 2000; n += 1) receiver.mishap({ status: 503 }, () => world.now() < '2026-03-03T08:00');
  const { id } = await world.ask('ada');
  for (let n = 0; n < 30; n += 1) await world.press('helen', id, 'comment', { text: `note ${n}` });
  world.wait(3600);
  await world.press('bob', id, 'approve', { how: 'video' });
  await world.pass(120);
  expect(tellings(id)).toHaveLength(1);
  expect(world.ticket(id).outer?.failed).toMatchObject([{ code: 'outer-unreachable' }]);
  const version = world.ticket(id).version;
  const hour = receiver.asked.length;
  for (let n = 0; n < 24; n += 1) {
    world.wait(3000);
    await world.pass(600);
  }
  expect(receiver.asked.length - hour).toBeLessThan(24 * 8 + version);
  await world.pass(1200);
  expect(sequences()).toEqual(upTo(sequences().length));
  expect(sequences().length).toBeGreaterThanOrEqual(version);
});

test('no secret and nothing that anybody wrote is in what goes out, in the log or in the store', async () => {
  const { id, outcome } = await world.ask('ada', { reason: 'CANARY-REASON of mine' });
  expect(outcome.refusal).toBeUndefined();
  const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
  await world.press('helen', id, 'comment', { text: 'CANARY-COMMENT of theirs' });
  await world.press('ada', id, 'choose-pass');
  await world.press('ada', id, 'vouch', { code: '000000' });
  await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
  await world.press('ada', id, 'prepare-show');
  const { pass } = await world.press('ada', id, 'show');
  world.addPasskey('ada', 'pk-new');
  await world.pass(60);
  expect(world.ticket(id).status).toBe('done');
  expect(caughtUp(id)).toBe(true);
  const sent = JSON.stringify(receiver.asked);
  const secrets = [pass!.text.reveal(), CANARY_WEBHOOK, world.ticket(id).decision!];
  for (const secret of [...secrets, 'CANARY-REASON', 'CANARY-COMMENT', '"name"']) expect(sent).not.toContain(secret);
  expect(receiver.asked.map(({ body }) => body).join()).not.toMatch(new RegExp(`\\b${vouchCode!.reveal()}\\b`));
  for (const secret of [pass!.text.reveal(), CANARY_WEBHOOK])
    expect(world.store.dump() + world.logged.join()).not.toContain(secret);
});

test('without anybody outside nothing changes: no mark, no item, no call', async () => {
  delete world.deps.outer;
  const { settings } = world.deps;
  world.deps.settings = { ...settings, outer: undefined };
  const id = await vouched(world, 'choose-pass');
  await world.pass(30);
  expect(world.ticket(id).outer).toBeUndefined();
  expect(tellings(id)).toEqual([]);
  expect(receiver.asked).toEqual([]);
});

test('a receiver that was taken out of the settings is not waited for', async () => {
  receiver.mishap({ status: 503 });
  const { id } = await world.ask('ada');
  await world.rest();
  delete world.deps.outer;
  await world.pass(120);
  expect(tellings(id)).toEqual([]);
});
