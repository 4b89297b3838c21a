import { type Fault } from '../../agent/protocol/fault';
import { refusedBy, unclear } from './testing/scripted-entra';
import { createWorld, type Name, WHO, type World } from './testing/world';

const DAY_MS = 24 * 3600 * 1000;
const GROUP = '7a0e1e0c-0000-4000-8000-0000000000e0';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const ago = (days: number) => new Date(Date.parse(world.now()) - days * DAY_MS);
const approve = (who: Name, id: string) => world.press(who, id, 'approve', { how: 'video' });
const changed = (of: Name, days: number, others: string[] = []) =>
  world.entra.managerChanges.set(WHO[of], [{ at: ago(days), others }]);
const risks = (id: string) => world.ticket(id).risks.map(({ code }) => code);

describe('a manager who has been one only lately', () => {
  test('does not decide alone: two are needed, the next circle is asked at once, and the card says why', async () => {
    changed('ada', 3);
    const { id } = await world.ask('ada');
    expect(risks(id)).toContain('manager-changed');
    expect(world.ticket(id)).toMatchObject({ rule: { needed: 2 }, askedCircle: 1 });
    expect(world.messenger.latest(WHO.carol, 'approval')?.details.view.can).toContain('approve');
    expect((await approve('bob', id)).vouchCode).toBeUndefined();
    expect((await approve('carol', id)).vouchCode).toBeDefined();
  });

  test.each<[string, () => void]>([
    ['longer ago than the days that count', () => changed('ada', 8)],
    ['about somebody whom the subject became manager of', () => changed('ada', 1, [WHO.mallory])],
    [
      'the first one, on the day the account was made',
      () => {
        world.entra.people.get(WHO.ada)!.createdDateTime = ago(3);
        changed('ada', 2.5);
      },
    ],
  ])('a change %s does not count', async (_, change) => {
    change();
    const { id } = await world.ask('ada');
    expect(world.ticket(id).rule.needed).toBe(1);
    expect(risks(id)).not.toContain('manager-changed');
  });

  test.each<[string, () => void]>([
    ['that names the manager of now', () => changed('ada', 1, [WHO.bob])],
    ['of the manager’s own manager', () => changed('bob', 1)],
    [
      'of a young account, a day after it was made',
      () => {
        world.entra.people.get(WHO.ada)!.createdDateTime = ago(3);
        changed('ada', 1);
      },
    ],
  ])('a change %s counts', async (_, change) => {
    change();
    const { id } = await world.ask('ada');
    expect(world.ticket(id).rule.needed).toBe(2);
  });

  test('is asked together with the backup group, where there is one', async () => {
    const settings = { KEYVOUCH_MANAGER_CHANGED: JSON.stringify({ days: 7, group: GROUP }) };
    world = await createWorld({ settings });
    world.entra.groups.set(GROUP, [WHO.hugo]);
    world.entra.managers.delete(WHO.bob);
    changed('ada', 1);
    const { id } = await world.ask('ada');
    expect(world.ticket(id).approvers.map(({ name, via }) => [name, via])).toEqual([
      ['Bob', 'manager'],
      ['Hugo', 'group'],
    ]);
    await approve('bob', id);
    expect((await approve('hugo', id)).vouchCode).toBeDefined();
  });

  test('with nobody else to ask, nobody may approve: the requester and the helpdesk hear of it', async () => {
    world.entra.managers.delete(WHO.bob);
    changed('ada', 1);
    await world.ask('ada');
    for (const [who, slot] of [
      ['ada', 'progress'],
      ['helen', 'helpdesk'],
    ] as const)
      expect(world.messenger.latest(WHO[who], slot)?.details.view.parked?.code).toBe('nobody-may-approve');
  });

  test('is looked at again at the decision: one approval is then not enough', async () => {
    const { id } = await world.ask('ada');
    changed('ada', 1);
    expect((await approve('bob', id)).vouchCode).toBeUndefined();
    await world.rest();
    expect(world.kinds(id)).toEqual(['opened', 'approvers-changed', 'approved']);
    expect(risks(id)).toContain('manager-changed');
    expect((await approve('carol', id)).vouchCode).toBeDefined();
  });

  test('where the log cannot be read: “not checked”, never “fine”', async () => {
    world.entra.script('managerChanges.since', { kind: 'fails', fault: refusedBy('graph-forbidden') });
    const { id } = await world.ask('ada');
    expect(risks(id)).toContain('manager-not-checked');
    expect(world.ticket(id).rule.needed).toBe(1);
  });

  test.each<[string, Fault, (id: string) => Promise<unknown>]>([
    ['an approval', refusedBy('graph-throttled', true), (id) => approve('bob', id)],
    ['a denial', unclear(), (id) => world.press('bob', id, 'deny', { text: 'unknown to me' })],
  ])('where the log cannot be read just now, %s is to be tried again', async (_, fault, decide) => {
    const { id } = await world.ask('ada');
    changed('ada', 0);
    world.entra.script('managerChanges.since', { kind: 'fails', fault });
    await expect(decide(id)).rejects.toBe(fault);
    expect(world.kinds(id)).toEqual(['opened']);
    expect((await approve('bob', id)).vouchCode).toBeUndefined();
    expect(world.ticket(id)).toMatchObject({ status: 'waiting', rule: { needed: 2 } });
  });

  test('where the log may no longer be read, the decision goes on, and record and cards say so once', async () => {
    world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify({ onboarding: { needed: 2 } }) } });
    const { id } = await world.ask('ada');
    world.entra.script('managerChanges.since', { kind: 'fails', fault: refusedBy('graph-forbidden') }, 2);
    await approve('bob', id);
    await world.rest();
    const [event] = world.store.events(id).filter(({ kind }) => kind === 'approved');
    expect(event).toMatchObject({ risks: [{ code: 'manager-not-checked' }] });
    const shown = world.messenger.latest(WHO.carol, 'approval')?.details.view.risks.map(({ code }) => code);
    expect(shown).toContain('manager-not-checked');
    expect((await approve('carol', id)).vouchCode).toBeDefined();
    expect(risks(id).filter((code) => code === 'manager-not-checked')).toHaveLength(1);
  });

  test('0 days: not asked at all', async () => {
    world = await createWorld({ settings: { KEYVOUCH_MANAGER_CHANGED: '{"days":0}' } });
    changed('ada', 1);
    const { id } = await world.ask('ada');
    expect(world.ticket(id).rule.needed).toBe(1);
    expect(world.entra.calls).not.toContain('managerChanges.since');
  });
});

describe('another manager while the request waits', () => {
  test('is asked by the look that comes round; the one before cannot decide, and their card says so', async () => {
    const { id } = await world.ask('ada');
    world.entra.managers.set(WHO.ada, WHO.mallory);
    await world.pass(31 * 60);
    expect(world.kinds(id)).toEqual(['opened', 'approvers-changed']);
    expect(world.messenger.latest(WHO.mallory, 'approval')?.details.view.can).toContain('approve');
    expect(world.messenger.latest(WHO.bob, 'approval')?.details.view).toMatchObject({
      status: 'waiting',
      roles: ['former-approver'],
      can: [],
    });
    expect((await approve('bob', id)).refusal?.code).toBe('not-an-approver');
    expect((await approve('mallory', id)).vouchCode).toBeDefined();
  });

  test('is asked at once when the one before tries to decide', async () => {
    const { id } = await world.ask('ada');
    world.entra.managers.set(WHO.ada, WHO.mallory);
    expect((await approve('bob', id)).refusal?.code).toBe('not-in-rule');
    await world.rest();
    expect(world.messenger.latest(WHO.mallory, 'approval')?.details.view.can).toContain('approve');
    expect(world.ticket(id).status).toBe('waiting');
  });

  test('is not asked alone because the log failed at that look: it is taken once more', async () => {
    const { id } = await world.ask('ada');
    world.entra.managers.set(WHO.ada, WHO.mallory);
    world.entra.managers.set(WHO.mallory, WHO.carol);
    changed('ada', 0);
    world.entra.script('managerChanges.since', { kind: 'fails', fault: refusedBy('graph-throttled', true) });
    await world.pass(31 * 60);
    expect(world.kinds(id)).toEqual(['opened', 'approvers-changed']);
    expect(world.ticket(id).rule.needed).toBe(2);
  });

  test('is asked with a word that it was not checked, where the log may not be read', async () => {
    await world.ask('ada');
    world.entra.managers.set(WHO.ada, WHO.mallory);
    world.entra.script('managerChanges.since', { kind: 'fails', fault: refusedBy('graph-forbidden') });
    await world.pass(31 * 60);
    const shown = world.messenger.latest(WHO.mallory, 'approval')?.details.view.risks.map(({ code }) => code);
    expect(shown).toContain('manager-not-checked');
  });

  test('takes with them the approval that the one before had given, of two', async () => {
    const rules = { onboarding: { needed: 2 } };
    world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify(rules) } });
    const { id } = await world.ask('ada');
    await approve('bob', id);
    world.entra.managers.set(WHO.ada, WHO.mallory);
    world.entra.managers.set(WHO.mallory, WHO.carol);
    expect((await approve('carol', id)).vouchCode).toBeUndefined();
    expect(world.ticket(id)).toMatchObject({ status: 'waiting', approvals: [{ by: { id: WHO.carol } }] });
    expect((await approve('mallory', id)).vouchCode).toBeDefined();
  });

  test('and an approval that was decided by the one before stops at its effects', async () => {
    const { id } = await world.ask('ada');
    const { vouchCode } = await approve('bob', id);
    await world.press('ada', id, 'choose-pass');
    await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
    world.entra.managers.set(WHO.ada, WHO.mallory);
    expect((await world.press('ada', id, 'prepare-show')).refusal?.facts?.['code']).toBe('approver-no-longer-allowed');
  });

  test('nobody at all: said at once to requester and helpdesk, and no longer once somebody is there', async () => {
    world.entra.managers.delete(WHO.ada);
    const { id } = await world.ask('ada');
    expect(world.ticket(id).parked?.code).toBe('nobody-may-approve');
    world.entra.managers.set(WHO.ada, WHO.mallory);
    await world.pass(31 * 60);
    expect(world.ticket(id).parked).toBeUndefined();
    expect((await approve('mallory', id)).vouchCode).toBeDefined();
  });

  test('a look that finds nothing new leaves no trace, and ends with the waiting', async () => {
    const { id } = await world.ask('ada');
    await world.pass(3 * 3600);
    expect(world.kinds(id)).toEqual(['opened']);
    await world.press('ada', id, 'cancel');
    await world.pass(31 * 60);
    expect(world.store.waitingItems(id)).toEqual([]);
  });
});

describe('nobody of the first circle can be reached', () => {
  test('then the next is asked at once, not hours later', async () => {
    world.messenger.missing.add(WHO.bob);
    const { id } = await world.ask('ada');
    await world.rest();
    expect(world.kinds(id)).toEqual(['opened', 'unreached', 'widened']);
    expect(world.messenger.latest(WHO.carol, 'approval')?.details.view.can).toContain('approve');
  });

  test('as long as one of several can, it waits', async () => {
    const rules = { onboarding: { circles: [[{ kind: 'group', group: GROUP }], [{ kind: 'managers-manager' }]] } };
    world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify(rules) } });
    world.entra.groups.set(GROUP, [WHO.hugo, WHO.helen]);
    world.messenger.missing.add(WHO.hugo);
    const { id } = await world.ask('ada');
    await world.rest();
    expect(world.kinds(id)).toEqual(['opened', 'unreached']);
  });
});

describe('a rule that wants to be told who is who', () => {
  const rules = { pass: { strictSamePerson: true } };
  beforeEach(async () => {
    world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify(rules) } });
  });

  test.each<[string, () => void, boolean]>([
    ['both have an employee id', () => undefined, true],
    ['the subject has none', () => delete world.entra.people.get(WHO.ada)!.employeeId, false],
    ['the approver has none', () => delete world.entra.people.get(WHO.bob)!.employeeId, false],
  ])('%s', async (_, change, asked) => {
    change();
    world.entra.managers.delete(WHO.bob);
    const { id } = await world.ask('ada', { flow: 'pass' });
    expect(world.ticket(id).approvers).toHaveLength(asked ? 1 : 0);
    expect(world.ticket(id).parked?.code).toBe(asked ? undefined : 'nobody-may-approve');
    // Flows whose rule does not ask for it go on.
    expect(world.ticket((await world.ask('ada', { flow: 'onboarding' })).id).approvers).toHaveLength(1);
  });

  test('is read again at the decision', async () => {
    const { id } = await world.ask('ada', { flow: 'pass' });
    delete world.entra.people.get(WHO.bob)!.employeeId;
    expect((await approve('bob', id)).refusal?.code).toBe('may-be-same-person');
  });
});
