import { notMeOf } from './not-me';
import { LONG_AGO, LOST, MAIL, PASS, shown, token } from './testing/thief';
import { createWorld, vouched, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld({ settings: MAIL });
});
afterEach(() => world.rest());

/** What anybody is told while another ticket about the person is frozen. */
const BARRED = { code: 'flow-stopped', facts: { name: 'Ada', code: 'other-ticket-frozen' } };

async function frozenPass(): Promise<string> {
  const { id } = await world.ask('ada', PASS);
  await world.press('ada', id, 'not-me');
  await world.rest();
  return id;
}

describe('while a ticket is frozen, of the same person', () => {
  test.each<[string, Parameters<World['ask']>[1]]>([
    ['the same', PASS],
    ['a first key', {}],
  ])('nothing else is asked for: %s', async (_, request) => {
    await frozenPass();
    expect((await world.ask('ada', request)).outcome.refusal).toEqual(BARRED);
  });

  test('nor when a thief who may ask for others has asked for many since', async () => {
    const { id } = await world.ask('bob', { ...PASS, subject: WHO.bob });
    await world.press('bob', id, 'not-me');
    for (let n = 0; n < 11; n += 1) {
      const { id: other } = await world.ask('bob', { ...PASS, subject: WHO.ada });
      await world.press('bob', other, 'cancel');
    }
    const { refusal } = (await world.ask('bob', { subject: WHO.bob })).outcome;
    expect(refusal?.facts?.code).toBe('other-ticket-frozen');
  });

  test('one that was opened at the same moment is not approved, nor is anything given by one that was approved', async () => {
    const approved = await vouched(world, 'choose-pass');
    world.addPasskey('ada', 'blue', LONG_AGO);
    const { id: waits } = await world.ask('ada', LOST);
    const frozen = await frozenPass();
    expect((await world.press('ada', approved, 'prepare-show')).refusal).toEqual(BARRED);
    expect((await world.press('bob', waits, 'approve', { how: 'video' })).refusal).toEqual(BARRED);
    for (const name of ['helen', 'hugo'] as const) {
      await world.pass(60);
      await world.press(name, frozen, 'thaw');
    }
    await world.rest();
    expect(world.ticket(frozen).status).toBe('cancelled');
    expect((await world.press('ada', approved, 'prepare-show')).refusal).toBeUndefined();
  });
});

describe('thawing', () => {
  test('two of the helpdesk, none of whom approved; then a new request can be made', async () => {
    const id = await shown(world);
    await world.press('ada', id, 'not-me');
    await world.pass(30);
    expect((await world.press('bob', id, 'thaw')).refusal?.code).toBe('helpdesk-only');
    await world.press('helen', id, 'thaw');
    expect((await world.press('helen', id, 'thaw')).refusal?.code).toBe('thaw-needs-second');
    expect((await world.view('hugo', id)).can).toContain('thaw');
    await world.press('hugo', id, 'thaw');
    expect(world.ticket(id)).toMatchObject({ status: 'cancelled', cancellation: { by: { id: WHO.hugo } } });
    expect((await notMeOf(world.deps, token(world))).state).toBe('over');
    expect((await world.ask('ada', PASS)).outcome.refusal).toBeUndefined();
  });

  test('a second account of the first person is no second person', async () => {
    const id = await shown(world);
    await world.press('ada', id, 'not-me');
    await world.pass(30);
    await world.press('helen', id, 'thaw');
    world.entra.people.get(WHO.hugo)!.employeeId = 'E-helen';
    expect((await world.press('hugo', id, 'thaw')).refusal?.code).toBe('thaw-not-you');
  });
});
