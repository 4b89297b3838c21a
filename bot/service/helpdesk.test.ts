import { refusedBy, unclear } from './testing/scripted-entra';
import { createWorld, vouched, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const helpdeskSees = () => world.messenger.latest(WHO.helen, 'helpdesk')?.details.view;
const adaSees = () => world.messenger.latest(WHO.ada, 'progress')?.details.view;

async function withLostPass() {
  const id = await vouched(world, 'choose-pass');
  await world.press('ada', id, 'prepare-show');
  world.entra.script('passes.create', { kind: 'lost', fault: unclear() });
  await world.press('ada', id, 'show');
  return id;
}

describe('a step that cannot be done', () => {
  test('is put off ever longer, and parked after five tries; the trying goes on', async () => {
    const id = await withLostPass();
    world.entra.script('passes.list', { kind: 'fails', fault: refusedBy('graph-unreachable', true) }, 6);
    await world.pass(45);
    expect(world.ticket(id).parked).toBeUndefined();
    await world.pass(600);
    expect(world.kinds(id).filter((kind) => kind === 'parked')).toHaveLength(1);
    expect(world.entra.passes.get(WHO.ada)).toBeUndefined();
    expect(helpdeskSees()?.parked).toBeUndefined();
    expect(world.ticket(id).parked).toBeUndefined();
  });

  test('is parked at once where trying again is hopeless; taken over and tried again, it goes on', async () => {
    const id = await withLostPass();
    world.entra.script('passes.list', { kind: 'fails', fault: refusedBy('graph-denied') });
    await world.pass(45);
    expect(helpdeskSees()).toMatchObject({ parked: { step: 'show', code: 'graph-denied' } });
    expect(adaSees()?.parked?.code).toBe('graph-denied');
    expect((await world.press('ada', id, 'take-over')).refusal?.code).toBe('helpdesk-only');
    await world.press('helen', id, 'take-over');
    expect((await world.press('hugo', id, 'take-over')).refusal).toEqual({
      code: 'already-taken',
      facts: { name: 'Helen' },
    });
    await world.rest();
    expect(adaSees()?.parked?.takenBy?.name).toBe('Helen');
    await world.press('helen', id, 'retry');
    await world.rest();
    expect(world.entra.passes.get(WHO.ada)).toBeUndefined();
    expect(world.ticket(id).parked).toBeUndefined();
    expect(helpdeskSees()?.parked).toBeUndefined();
  });

  test('and fails again after a retry is parked again, under the same reason', async () => {
    const id = await withLostPass();
    world.entra.script('passes.list', { kind: 'fails', fault: refusedBy('graph-denied') }, 2);
    await world.pass(45);
    await world.press('helen', id, 'retry');
    await world.rest();
    expect(world.ticket(id).parked).toMatchObject({ code: 'graph-denied' });
    expect(world.kinds(id).filter((kind) => kind === 'parked')).toHaveLength(2);
  });

  test('for another reason stays with whoever has taken it over', async () => {
    const id = await withLostPass();
    world.entra.script('passes.list', { kind: 'fails', fault: refusedBy('graph-denied') });
    world.entra.script('passes.list', { kind: 'fails', fault: refusedBy('graph-odd-reply') });
    await world.pass(45);
    await world.press('helen', id, 'take-over');
    await world.pass(660);
    const parked = world.store.events(id).filter(({ kind }) => kind === 'parked');
    expect(parked.map((event) => 'code' in event && event.code)).toEqual(['graph-denied', 'graph-odd-reply']);
    expect(world.messenger.sent.filter(({ slot }) => slot === 'helpdesk').at(-1)?.details.view.parked).toMatchObject({
      code: 'graph-odd-reply',
      takenBy: { name: 'Helen' },
    });
  });

  test('is unmarked as soon as it works again, also where there is nothing new to tell', async () => {
    const id = await vouched(world, 'choose-pass');
    await world.press('ada', id, 'prepare-show');
    await world.press('ada', id, 'show');
    await world.rest();
    world.entra.script('passkeys.list', { kind: 'fails', fault: refusedBy('graph-unreachable', true) }, 5);
    await world.pass(90);
    expect(world.kinds(id).at(-1)).toBe('parked');
    await world.pass(90);
    expect(world.kinds(id).at(-1)).toBe('resumed');
    expect(adaSees()?.parked).toBeUndefined();
  });

  test('only the helpdesk may try again', async () => {
    const id = await withLostPass();
    expect((await world.press('ada', id, 'retry')).refusal?.code).toBe('helpdesk-only');
    expect((await world.press('helen', id, 'retry')).refusal?.code).toBe('not-parked');
  });
});

test('an approver who cannot be reached: the requester and the helpdesk hear of it, once', async () => {
  world.messenger.missing.add(WHO.bob);
  const { id } = await world.ask('ada');
  await world.pass(3600);
  expect(world.kinds(id)).toEqual(['opened', 'unreached', 'widened']);
  expect(adaSees()?.unreached).toMatchObject([{ person: { name: 'Bob' }, code: 'not-installed' }]);
  expect(helpdeskSees()?.unreached).toHaveLength(1);
});

test('the helpdesk’s card tells how it ended, too', async () => {
  world.messenger.missing.add(WHO.bob);
  const { id } = await world.ask('ada');
  await world.press('bob', id, 'deny', { text: 'Never heard of' });
  await world.rest();
  expect(helpdeskSees()?.status).toBe('denied');
});

test('a ticket that never needed the helpdesk posts nothing to it', async () => {
  await vouched(world, 'choose-pass');
  expect(world.messenger.sent.filter(({ slot }) => slot === 'helpdesk')).toEqual([]);
});

describe('cancelling', () => {
  test('is the requester’s until a pass was made, and then the helpdesk’s, who leaves none alive', async () => {
    const id = await vouched(world, 'choose-pass');
    expect((await world.view('ada', id)).can).toContain('cancel');
    await world.press('ada', id, 'prepare-show');
    await world.press('ada', id, 'show');
    expect((await world.press('ada', id, 'cancel')).refusal?.code).toBe('too-late-to-cancel');
    expect((await world.press('bob', id, 'cancel')).refusal?.code).toBe('not-yours');
    await world.press('helen', id, 'cancel');
    await world.rest();
    expect(world.entra.passes.get(WHO.ada)).toBeUndefined();
    expect(adaSees()).toMatchObject({ status: 'cancelled', cancelledBy: { name: 'Helen' } });
  });

  test('and a pass that cannot be deleted at once is deleted later', async () => {
    const id = await vouched(world, 'choose-pass');
    await world.press('ada', id, 'prepare-show');
    await world.press('ada', id, 'show');
    world.entra.script('passes.delete', { kind: 'fails', fault: refusedBy('graph-unreachable', true) }, 3);
    await world.press('helen', id, 'cancel');
    await world.pass(90);
    expect(world.entra.passes.get(WHO.ada)).toBeUndefined();
    expect(world.store.waitingItems(id).map(({ effect }) => effect.kind)).toEqual(['follow-approvers']);
  });
});

test('comments are of and for the helpdesk', async () => {
  const { id } = await world.ask('ada');
  expect((await world.press('ada', id, 'comment', { text: 'hurry' })).refusal?.code).toBe('helpdesk-only');
  await world.press('helen', id, 'comment', { text: ' called her ' });
  expect((await world.view('helen', id)).comments).toMatchObject([{ text: 'called her' }]);
  expect((await world.view('ada', id)).comments).toEqual([]);
});

test('Teams down for an hour: each card tells the truth soon after', async () => {
  const { id } = await world.ask('ada');
  world.messenger.fault = refusedBy('teams-unreachable', true);
  await world.press('bob', id, 'deny', { text: 'Never heard of' });
  await world.pass(3600);
  expect(adaSees()?.status).toBe('waiting');
  world.messenger.fault = undefined;
  await world.pass(60);
  expect(adaSees()?.status).toBe('denied');
  expect(world.store.waitingItems(id)).toEqual([]);
});
