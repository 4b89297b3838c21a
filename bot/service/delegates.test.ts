import { endAbsence, enterAbsence } from './absence';
import { memberOf } from './member';
import { type RecordingMessenger } from './testing/recording-messenger';
import { createWorld, type Name, WHO, type World } from './testing/world';

const DAY = 24 * 3600;

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const seen = (who: Name, slot: Parameters<RecordingMessenger['latest']>[1]) =>
  world.messenger.latest(WHO[who], slot)?.details;

const inDays = (days: number) => new Date(Date.parse(world.now()) + days * DAY * 1000).toISOString();

async function away(who: Name, delegate: Name, from = 0, until = 3) {
  const member = await memberOf(world.deps, WHO[who]);
  const answer = await enterAbsence(world.deps, member, {
    from: inDays(from),
    until: inDays(until),
    delegate: WHO[delegate],
  });
  await world.rest();
  return answer;
}

async function back(who: Name, from: string) {
  const answer = await endAbsence(world.deps, await memberOf(world.deps, WHO[who]), from);
  await world.rest();
  return answer;
}

const approve = (who: Name, id: string) => world.press(who, id, 'approve', { how: 'video' });
const forBob = { id: WHO.bob, name: 'Bob' };

describe('somebody who is away', () => {
  test('is not written to: the delegate is asked in their place, by name and until when, in the same circle', async () => {
    await away('bob', 'hugo');
    const { id } = await world.ask('ada');
    expect(world.ticket(id).approvers).toMatchObject([
      { id: WHO.bob, circle: 0, away: inDays(3) },
      { id: WHO.hugo, circle: 0, via: 'manager', for: { ...forBob, until: inDays(3) } },
      { id: WHO.carol, circle: 1 },
    ]);
    expect(world.messenger.sent.map(({ person }) => person)).not.toContain(WHO.bob);
    expect(seen('hugo', 'approval')?.view).toMatchObject({ insteadOf: forBob, can: ['approve', 'deny', 'deny-block'] });
    const { vouchCode } = await approve('hugo', id);
    expect(vouchCode).toBeDefined();
    await world.rest();
    expect(seen('ada', 'progress')?.view.approvals).toMatchObject([{ by: { name: 'Hugo' }, for: forBob }]);
    expect(world.store.events(id).find(({ kind }) => kind === 'approved')).toMatchObject({ approval: { for: forBob } });
  });

  test('still decides where they come back before their time', async () => {
    await away('bob', 'hugo');
    const { id } = await world.ask('ada');
    expect((await approve('bob', id)).vouchCode).toBeDefined();
    expect(world.ticket(id).approvals[0]?.for).toBeUndefined();
  });

  test('whose requests were there before has them passed on at once', async () => {
    const { id } = await world.ask('ada');
    await away('bob', 'hugo');
    expect(world.kinds(id)).toEqual(['opened', 'approvers-changed']);
    expect(seen('hugo', 'approval')?.view.can).toContain('approve');
    // The card that Bob has already follows the ticket.
    await approve('hugo', id);
    await world.rest();
    expect(seen('bob', 'approval')?.view.status).toBe('approved');
  });

  test('later: the waiting request reaches the delegate when the absence begins, and comes back when it ends', async () => {
    const { id } = await world.ask('ada');
    await away('bob', 'hugo', 0.1, 0.2);
    expect(world.kinds(id)).toEqual(['opened']);
    await world.pass(0.1 * DAY + 31 * 60);
    expect(seen('hugo', 'approval')?.view.can).toContain('approve');
    await world.pass(0.1 * DAY);
    expect(seen('hugo', 'approval')?.view).toMatchObject({ roles: ['former-approver'], can: [] });
    expect(world.ticket(id).approvers.map(({ name, away: until }) => [name, until])).toEqual([
      ['Bob', undefined],
      ['Carol', undefined],
    ]);
    const late = await approve('hugo', id);
    expect(late.refusal?.code).toBe('not-an-approver');
    expect((await approve('bob', id)).vouchCode).toBeDefined();
  });

  test('ends it early: from that moment the delegate decides nothing more, also by the card that still stands', async () => {
    const { absences } = await away('bob', 'hugo');
    const { id } = await world.ask('ada');
    const before = world.ticket(id).version;
    // The process that should pass it on does not: the decision itself reads again.
    world.entra.script('people.get', { kind: 'fails', fault: new Error('down') as never }, 1);
    await back('bob', absences[0]!.from);
    expect(world.ticket(id).version).toBe(before);
    expect((await approve('hugo', id)).refusal?.code).toBe('not-in-rule');
    await world.rest();
    expect(world.ticket(id).status).toBe('waiting');
    expect(seen('bob', 'approval')?.view.can).toContain('approve');
  });

  test('a delegate’s approval stands after the absence is over, and falls with the account of who was away', async () => {
    const { absences } = await away('bob', 'hugo');
    const { id } = await world.ask('ada');
    const { vouchCode } = await approve('hugo', id);
    world.wait(3600);
    await back('bob', absences[0]!.from);
    await world.press('ada', id, 'choose-pass');
    await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
    expect((await world.press('ada', id, 'prepare-show')).refusal).toBeUndefined();
    world.entra.people.get(WHO.bob)!.accountEnabled = false;
    expect((await world.press('ada', id, 'prepare-show')).refusal).toMatchObject({
      code: 'flow-stopped',
      facts: { code: 'approver-no-longer-allowed' },
    });
  });

  test('a delegate who has left, or is not named any more, is asked no more', async () => {
    await away('bob', 'hugo');
    const { id } = await world.ask('ada');
    world.entra.people.get(WHO.hugo)!.accountEnabled = false;
    await world.pass(31 * 60);
    expect(world.ticket(id).approvers.map(({ name }) => name)).toEqual(['Bob', 'Carol']);
    expect(seen('bob', 'approval')?.view.can).toContain('approve');
  });
});

describe('a delegate', () => {
  test.each<[string, () => void, Partial<Parameters<World['ask']>[1]>, Name]>([
    ['who is the hander', () => undefined, { hander: WHO.hugo }, 'helen'],
    ['who asks', () => undefined, {}, 'hugo'],
    [
      'who is the subject by another account',
      () => (world.entra.people.get(WHO.hugo)!.employeeId = 'E-ada'),
      {},
      'helen',
    ],
    [
      'who is the one that is away by another account',
      () => (world.entra.people.get(WHO.hugo)!.employeeId = 'E-bob'),
      {},
      'helen',
    ],
  ])('%s is not asked: whoever is away is, and is reminded', async (_, change, request, by) => {
    await away('bob', 'hugo');
    change();
    const { id } = await world.ask(by, request);
    expect(world.ticket(id).approvers.map(({ name }) => name)).toEqual(['Bob', 'Carol']);
    expect(seen('bob', 'approval')?.view.can).toContain('approve');
    expect(seen(by, 'progress')?.view.approvers).toEqual([{ name: 'Bob', approved: false, reached: true }]);
    await world.pass(4 * 3600);
    expect(world.messenger.sent).toContainEqual(expect.objectContaining({ person: WHO.bob, nudge: true }));
  });

  test('who is named with the one that is away is asked once, and one is enough', async () => {
    const circles = [[{ kind: 'manager' }, { kind: 'managers-manager' }]];
    world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify({ onboarding: { circles } }) } });
    await away('bob', 'carol');
    await world.ask('ada');
    expect(seen('carol', 'approval')?.view.can).toContain('approve');
    expect(seen('bob', 'approval')).toBeUndefined();
  });

  test('of the requester does not decide for them', async () => {
    await away('bob', 'hugo');
    const { id } = await world.ask('bob');
    expect(world.ticket(id).approvers.map(({ name }) => name)).toEqual(['Carol']);
  });

  test('has no delegate in turn', async () => {
    await away('bob', 'hugo');
    await away('hugo', 'mallory');
    const { id } = await world.ask('ada');
    expect(world.ticket(id).approvers.map(({ name }) => name)).toEqual(['Bob', 'Hugo', 'Carol']);
  });
});

describe('two of several', () => {
  const BOTH = { onboarding: { needed: 2, circles: [[{ kind: 'manager' }, { kind: 'managers-manager' }]] } };
  beforeEach(async () => {
    world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify(BOTH) } });
  });

  test('never are one person and whoever stands for them', async () => {
    await away('bob', 'hugo');
    const { id } = await world.ask('ada');
    await approve('hugo', id);
    expect((await approve('bob', id)).refusal?.code).toBe('already-counted');
    expect(world.ticket(id).status).toBe('waiting');
    expect((await approve('carol', id)).vouchCode).toBeDefined();
  });

  test('nor two accounts of one person', async () => {
    const { id } = await world.ask('ada');
    world.entra.people.get(WHO.carol)!.employeeId = 'E-bob';
    await approve('bob', id);
    expect((await approve('carol', id)).refusal?.code).toBe('already-counted');
  });

  test('nor one delegate of both: the other one is written to, who is away too', async () => {
    await away('bob', 'mallory');
    await away('carol', 'mallory');
    const { id } = await world.ask('ada');
    expect(seen('bob', 'approval')).toBeUndefined();
    expect(seen('carol', 'approval')?.view.can).toContain('approve');
    await approve('mallory', id);
    expect((await approve('carol', id)).vouchCode).toBeDefined();
  });

  test.each([
    ['in the same circle', BOTH],
    ['in the next one', { onboarding: { needed: 2 } }],
  ])('are one who is away and a delegate who is named themselves %s', async (_, rules) => {
    world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify(rules) } });
    await away('bob', 'carol');
    const { id } = await world.ask('ada');
    expect(world.ticket(id).parked).toBeUndefined();
    await approve('carol', id);
    expect(seen('bob', 'approval')?.view.can).toContain('approve');
    expect((await approve('bob', id)).vouchCode).toBeDefined();
  });

  test('where two accounts of one person are all there are, nobody may approve', async () => {
    sameEmployee('carol', 'bob');
    const { id } = await world.ask('ada');
    expect(world.ticket(id).parked?.code).toBe('nobody-may-approve');
  });

  test('where one and their delegate are all there are, nobody may approve', async () => {
    world.entra.managers.delete(WHO.bob);
    await away('bob', 'hugo');
    const { id } = await world.ask('ada');
    expect(world.ticket(id).parked?.code).toBe('nobody-may-approve');
  });
});

describe('entering an absence', () => {
  test.each<[string, () => void, Name, number, number, string]>([
    ['oneself', () => undefined, 'bob', 0, 3, 'delegate-is-you'],
    ['one’s second account', () => sameEmployee('hugo', 'bob'), 'hugo', 0, 3, 'delegate-is-you'],
    [
      'somebody disabled',
      () => (world.entra.people.get(WHO.hugo)!.accountEnabled = false),
      'hugo',
      0,
      3,
      'delegate-not-a-member',
    ],
    ['a guest', () => (world.entra.people.get(WHO.hugo)!.external = true), 'hugo', 0, 3, 'delegate-not-a-member'],
    ['for a time that is over', () => undefined, 'hugo', -3, -1, 'away-times-odd'],
    ['backwards', () => undefined, 'hugo', 3, 1, 'away-times-odd'],
    ['for ever', () => undefined, 'hugo', 0, 400, 'away-too-long'],
  ])('naming %s is refused', async (_, change, delegate, from, until, code) => {
    change();
    expect(await away('bob', delegate, from, until)).toMatchObject({ refusal: { code }, absences: [] });
  });

  test('naming somebody who is away then is refused; twice at once is refused; the same form twice is one', async () => {
    await away('hugo', 'mallory', 1, 2);
    expect((await away('bob', 'hugo', 0, 3)).refusal?.code).toBe('delegate-away');
    await away('bob', 'helen', 0, 3);
    expect((await away('bob', 'helen', 0, 3)).absences).toHaveLength(1);
    expect((await away('bob', 'mallory', 2, 5)).refusal?.code).toBe('away-already');
  });

  test('one that is to come is taken back without a trace', async () => {
    const { absences } = await away('bob', 'hugo', 2, 5);
    expect((await back('bob', absences[0]!.from)).absences).toEqual([]);
    await world.pass(2 * DAY + 60);
    const { id } = await world.ask('ada');
    expect(world.ticket(id).approvers.map(({ name }) => name)).toEqual(['Bob', 'Carol']);
  });
});

function sameEmployee(a: Name, b: Name): void {
  world.entra.people.get(WHO[a])!.employeeId = world.entra.people.get(WHO[b])!.employeeId!;
}
