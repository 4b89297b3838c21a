import { createWorld, type Name, WHO, type World } from './testing/world';

const LIMITS = { requesterADay: 3, subjectADay: 2, tenantAnHour: 6 };

let world: World;
const open = async (limits: Partial<typeof LIMITS> = {}) => {
  world = await createWorld({ settings: { KEYVOUCH_LIMITS: JSON.stringify({ ...LIMITS, ...limits }) } });
  world.entra.managers.set(WHO.mallory, WHO.bob).set(WHO.hugo, WHO.bob);
};
beforeEach(() => open());
afterEach(() => world.rest());

/** Asks, and cancels at once: that counts as well. */
async function asks(by: Name, subject: Name = by) {
  const { id, outcome } = await world.ask(by, { subject: WHO[subject] });
  if (!outcome.refusal) await world.press(by, id, 'cancel');
  world.wait(60);
  return outcome.refusal;
}

const hours = (count: number) => count * 3600;

describe('how often may be asked', () => {
  test('about one account: twice a day; the third says from when on, and a day after the first it is possible again', async () => {
    const first = world.now();
    expect([await asks('ada'), await asks('bob', 'ada')]).toEqual([undefined, undefined]);
    const when = new Date(Date.parse(first) + hours(24) * 1000).toISOString();
    expect(await asks('ada')).toEqual({ code: 'limit-subject', facts: { most: 2, when } });
    expect(world.store.all()).toHaveLength(2);
    world.wait(hours(24) - 120 - 60 - 1);
    expect((await asks('ada'))?.code).toBe('limit-subject');
    expect(await asks('ada')).toBeUndefined();
  });

  test('by one person: three times a day, for whomever it is', async () => {
    for (const subject of ['ada', 'mallory', 'hugo'] as const) expect(await asks('bob', subject)).toBeUndefined();
    expect(await asks('bob', 'ada')).toMatchObject({ code: 'limit-requester', facts: { most: 3 } });
    // What is asked for them by others is none of their own.
    expect(await asks('ada')).toBeUndefined();
  });

  test('the helpdesk is held by the tenant’s limit alone, and the log says that it was reached', async () => {
    for (let n = 0; n < 6; n += 1) expect(await asks('helen', 'ada')).toBeUndefined();
    expect(await asks('helen', 'ada')).toMatchObject({ code: 'limit-tenant', facts: { most: 6 } });
    expect(world.logged.join()).toContain('limit-tenant');
    world.wait(hours(1));
    expect(await asks('helen', 'ada')).toBeUndefined();
  });

  test('0 sets no limit', async () => {
    await open({ requesterADay: 0, subjectADay: 0, tenantAnHour: 0 });
    for (let n = 0; n < 8; n += 1) expect(await asks('ada')).toBeUndefined();
  });

  test('asks the storage for as many rows as the limit, and no more', async () => {
    const asked: number[] = [];
    const { openings } = world.store;
    world.store.openings = (of, since, most) => {
      asked.push(most);
      return openings(of, since, most);
    };
    await asks('ada');
    expect(asked).toEqual([6, 3, 2]);
  });
});

describe('denied, and no repeats', () => {
  const deny = async (world_: World) => {
    const { id } = await world_.ask('ada');
    await world_.press('bob', id, 'deny-block', { text: 'Not one of ours' });
    await world_.rest();
    return id;
  };
  beforeEach(() => open({ requesterADay: 0, subjectADay: 0, tenantAnHour: 0 }));

  test('the same cannot be asked again by anybody until then, and the requester reads that', async () => {
    const id = await deny(world);
    const until = new Date(Date.parse(world.now()) + hours(7 * 24) * 1000).toISOString();
    expect(world.messenger.latest(WHO.ada, 'progress')?.details.view).toMatchObject({
      status: 'denied',
      denial: { reason: 'Not one of ours', blockedUntil: until },
      block: { until, holds: true },
    });
    for (const who of ['ada', 'bob', 'helen'] as const)
      expect((await world.ask(who)).outcome.refusal).toEqual({
        code: 'repeats-blocked',
        facts: { shortId: world.ticket(id).shortId, until },
      });
    expect((await world.ask('ada', { flow: 'pass' })).outcome.refusal).toBeUndefined();
    expect((await world.ask('mallory', { subject: WHO.mallory })).outcome.refusal).toBeUndefined();
    world.wait(hours(7 * 24));
    expect((await world.ask('ada')).outcome.refusal).toBeUndefined();
  });

  test('a plain denial bars nothing, and a rule without it offers no button', async () => {
    const { id } = await world.ask('ada');
    await world.press('bob', id, 'deny', { text: 'Not one of ours' });
    expect((await world.ask('ada')).outcome.refusal).toBeUndefined();
    const rules = { onboarding: { blockMinutes: 0 } };
    world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify(rules) } });
    const other = await world.ask('ada');
    expect((await world.view('bob', other.id)).can).toEqual(['approve', 'deny']);
    await world.press('bob', other.id, 'deny-block', { text: 'Not one of ours' });
    expect(world.ticket(other.id).denial?.blockedUntil).toBeUndefined();
  });

  test('the helpdesk lifts it with a reason that is kept, and no party does', async () => {
    const id = await deny(world);
    expect((await world.view('helen', id)).can).toContain('lift-block');
    const lift = (who: Name, text: string) => world.press(who, id, 'lift-block', { text });
    expect((await lift('ada', 'I want to')).refusal?.code).toBe('helpdesk-only');
    expect((await lift('helen', ' no ')).refusal?.code).toBe('lift-needs-reason');
    expect((await lift('helen', 'Bob mixed two people up')).refusal).toBeUndefined();
    await world.rest();
    expect(world.store.events(id).at(-1)).toMatchObject({ kind: 'block-lifted', reason: 'Bob mixed two people up' });
    expect(world.messenger.latest(WHO.ada, 'progress')?.details.view.block).toMatchObject({
      holds: false,
      lifted: { by: { name: 'Helen' } },
    });
    expect((await world.ask('ada')).outcome.refusal).toBeUndefined();
    expect((await lift('hugo', 'once more, please')).refusal).toBeUndefined();
    expect(world.kinds(id).filter((kind) => kind === 'block-lifted')).toHaveLength(1);
  });

  test('of the helpdesk’s own request is not theirs to lift', async () => {
    const { id } = await world.ask('helen');
    await world.press('bob', id, 'deny-block', { text: 'Not one of ours' });
    expect((await world.view('helen', id)).can).not.toContain('lift-block');
    const { refusal } = await world.press('helen', id, 'lift-block', { text: 'I want to' });
    expect(refusal?.code).toBe('lift-not-you');
    expect((await world.press('hugo', id, 'lift-block', { text: 'Helen is right' })).refusal).toBeUndefined();
  });
});
