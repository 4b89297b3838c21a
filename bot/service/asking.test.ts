import { ask } from './ask';
import { memberOf } from './member';
import { type RecordingMessenger } from './testing/recording-messenger';
import { createWorld, type Name, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const formNow = () => ({ flow: 'onboarding', subject: WHO.ada, reason: 'My first day here', at: world.now() }) as const;
const seen = (who: Name, slot: Parameters<RecordingMessenger['latest']>[1]) =>
  world.messenger.latest(WHO[who], slot)?.details;

describe('asking', () => {
  test('opens a ticket that the manager is asked to decide, with the number to call back', async () => {
    const { outcome } = await world.ask('ada');
    expect(outcome).toMatchObject({ details: { view: { status: 'waiting', can: ['cancel', 'nudge'] } } });
    expect(seen('bob', 'approval')).toMatchObject({
      view: { can: ['approve', 'deny', 'deny-block'], subject: { name: 'Ada' } },
      contact: { phones: ['+49 30 1234'], manager: 'Bob' },
    });
    expect(seen('ada', 'progress')?.contact).toBeUndefined();
    expect(world.messenger.sent.map(({ person }) => person)).not.toContain(WHO.carol);
  });

  test.each<[string, () => void, string]>([
    ['is disabled', () => (world.entra.people.get(WHO.ada)!.accountEnabled = false), 'subject-disabled'],
    ['is a guest', () => (world.entra.people.get(WHO.ada)!.external = true), 'subject-external'],
    ['is privileged', () => world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    ['may not register passkeys', () => (world.entra.fido2.enabled = false), 'flow-stopped'],
    ['may not register them alone', () => (world.entra.fido2.selfServiceAllowed = false), 'flow-stopped'],
  ])('for somebody who %s is refused, and nothing is written', async (_, change, code) => {
    change();
    const { outcome } = await world.ask('helen', { hander: WHO.hugo });
    expect(outcome.refusal?.code).toBe(code);
    expect(world.store.all()).toEqual([]);
  });

  test('for an emergency account is refused', async () => {
    world = await createWorld({ settings: { KEYVOUCH_EMERGENCY_ACCOUNTS: 'Ada@Contoso.example' } });
    expect((await world.ask('ada')).outcome.refusal?.code).toBe('subject-emergency');
  });

  test('where the roles cannot be read is refused, where the policy cannot be read is a fault', async () => {
    const fault = { code: 'graph-unreachable', retry: true };
    world.entra.script('privileged', { kind: 'fails', fault: Object.assign(new Error(), fault) as never });
    expect((await world.ask('ada')).outcome.refusal?.code).toBe('subject-privilege-unknown');
    world.entra.script('policies.fido2', { kind: 'fails', fault: Object.assign(new Error('down'), fault) as never });
    await expect(world.ask('ada')).rejects.toThrow('down');
    expect(world.store.all()).toEqual([]);
  });

  test('for somebody else is for their manager and the helpdesk; others do not even hear of roles or tickets', async () => {
    world.entra.privileged.add(WHO.ada);
    const { outcome } = await world.ask('mallory', { hander: WHO.hugo });
    expect(outcome.refusal?.code).toBe('may-not-open-for-others');
  });

  test('twice by one form opens one ticket; by a second form is refused with the first one named', async () => {
    const first = await world.ask('ada');
    const again = await world.ask('ada', { id: first.id });
    expect(again.outcome.details?.view.id).toBe(first.id);
    const second = await world.ask('ada');
    expect(second.outcome.refusal).toEqual({
      code: 'duplicate-open',
      facts: { shortId: world.ticket(first.id).shortId },
    });
    expect(world.store.all()).toHaveLength(1);
  });

  test('by several forms at once, on two processes, opens one ticket, and the others are told its number', async () => {
    const { deps, other } = world;
    const ada = await memberOf(deps, WHO.ada);
    const form = formNow();
    const outcomes = await Promise.all(
      [deps, other, deps, other].map((process) => ask(process, ada, { ...form, id: process.newId() })),
    );
    await world.rest();
    const [only, ...more] = world.store.all();
    expect(more).toEqual([]);
    expect(outcomes.filter(({ refusal }) => refusal === undefined)).toHaveLength(1);
    const refusals = outcomes.flatMap(({ refusal }) => refusal ?? []);
    expect(refusals).toEqual(Array(3).fill({ code: 'duplicate-open', facts: { shortId: only?.shortId } }));
  });

  test('by a form that came in before another one’s request was taken back opens nothing after that', async () => {
    const form = formNow();
    const first = await world.ask('ada');
    world.wait(2);
    await world.press('ada', first.id, 'cancel');
    const { refusal } = await ask(world.deps, await memberOf(world.deps, WHO.ada), { ...form, id: world.deps.newId() });
    expect(refusal?.code).toBe('duplicate-open');
    expect(world.store.all()).toMatchObject([{ id: first.id, status: 'cancelled' }]);
    expect((await world.ask('ada')).outcome.refusal).toBeUndefined();
  });

  test('while another form is being written waits for it, and says so where nothing comes of it', async () => {
    const { tickets } = world.deps;
    const ada = await memberOf(world.deps, WHO.ada);
    const form = formNow();
    let barred = 2;
    const commit: typeof tickets.commit = (step) =>
      (barred -= 1) >= 0 && step.sole ? Promise.resolve({ kind: 'claimed' }) : tickets.commit(step);
    const slow = { ...world.deps, tickets: { ...tickets, commit } };
    const outcome = await ask(slow, ada, { ...form, id: slow.newId() });
    expect(outcome.details?.view.status).toBe('waiting');
    barred = Infinity;
    const pass = { ...form, flow: 'pass', id: slow.newId() } as const;
    await expect(ask(slow, ada, pass)).rejects.toMatchObject({ code: 'opening-under-way', retry: true });
    expect(world.store.all()).toHaveLength(1);
  });

  test('with the id of somebody else’s form shows nothing of their ticket', async () => {
    const { id } = await world.ask('ada');
    const { outcome } = await world.ask('mallory', { id, subject: WHO.mallory });
    expect(outcome).toEqual({});
  });

  test('where the rule finds nobody says so at once to the requester and the helpdesk, and expires', async () => {
    world.entra.managers.clear();
    const { id } = await world.ask('ada');
    expect(seen('ada', 'progress')?.view).toMatchObject({ parked: { code: 'nobody-may-approve' } });
    expect(seen('helen', 'helpdesk')?.view).toMatchObject({ parked: { code: 'nobody-may-approve' } });
    world.wait(72 * 3600);
    await world.pass(15);
    expect(world.ticket(id).status).toBe('expired');
    expect(seen('helen', 'helpdesk')?.view.status).toBe('expired');
  });

  test('notes what an approver should know', async () => {
    delete world.entra.people.get(WHO.ada)!.employeeId;
    world.addPasskey('ada', 'k');
    const { outcome } = await world.ask('bob', { hander: WHO.hugo });
    expect(outcome.details?.view.risks.map(({ code }) => code)).toEqual([
      'has-passkeys',
      'on-behalf',
      'no-employee-id',
    ]);
  });
});
