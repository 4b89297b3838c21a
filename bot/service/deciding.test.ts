import { type RecordingMessenger } from './testing/recording-messenger';
import { createWorld, type Name, vouched, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const seen = (who: Name, slot: Parameters<RecordingMessenger['latest']>[1]) =>
  world.messenger.latest(WHO[who], slot)?.details;

describe('deciding', () => {
  test('approved: the approver gets the vouch code, the subject chooses, all see who, when and until when', async () => {
    const { id } = await world.ask('ada');
    const { vouchCode, details } = await world.press('bob', id, 'approve', { how: 'in-person' });
    await world.rest();
    expect(vouchCode?.reveal()).toMatch(/^\d{6}$/);
    expect(details?.view).toMatchObject({ status: 'approved', approvals: [{ by: { name: 'Bob' }, how: 'in-person' }] });
    expect(seen('ada', 'progress')?.view).toMatchObject({ status: 'approved', approvals: [{ by: { name: 'Bob' } }] });
    expect(seen('ada', 'progress')?.view.can).toEqual(['choose-workstation', 'choose-pass', 'cancel']);
    const everything = world.store.dump() + world.logged.join() + JSON.stringify(world.messenger.sent);
    expect(everything).not.toContain(vouchCode!.reveal());
  });

  test('the code can be looked at again by the approver alone, and only while it is of use', async () => {
    const { id } = await world.ask('ada');
    const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
    expect((await world.press('bob', id, 'show-vouch-code')).vouchCode?.reveal()).toBe(vouchCode?.reveal());
    for (const who of ['ada', 'helen'] as const) {
      expect((await world.press(who, id, 'show-vouch-code')).vouchCode).toBeUndefined();
    }
    await world.press('ada', id, 'choose-pass');
    await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() });
    expect((await world.press('bob', id, 'show-vouch-code')).vouchCode).toBeUndefined();
  });

  test('needs to say how the subject was recognised', async () => {
    const { id } = await world.ask('ada');
    expect((await world.press('bob', id, 'approve')).refusal?.code).toBe('recognition-missing');
    expect(world.ticket(id).status).toBe('waiting');
  });

  test('denied with a reason that everybody sees', async () => {
    const { id } = await world.ask('ada');
    expect((await world.press('bob', id, 'deny', { text: ' no ' })).refusal?.code).toBe('denial-needs-reason');
    await world.press('bob', id, 'deny', { text: 'Not one of ours' });
    await world.rest();
    expect(seen('ada', 'progress')?.view).toMatchObject({ status: 'denied', denial: { reason: 'Not one of ours' } });
  });

  test.each<[string, () => void, string]>([
    ['the subject was disabled', () => (world.entra.people.get(WHO.ada)!.accountEnabled = false), 'subject-disabled'],
    ['the subject was promoted', () => world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    ['the approver is another manager now', () => world.entra.managers.set(WHO.ada, WHO.mallory), 'not-in-rule'],
    ['the approver turns out to be the subject', () => sameEmployee('bob', 'ada'), 'is-same-person'],
    ['the policy was closed', () => (world.entra.fido2.enabled = false), 'flow-stopped'],
  ])('is refused where, in between, %s', async (_, change, code) => {
    const { id } = await world.ask('ada');
    change();
    expect((await world.press('bob', id, 'approve', { how: 'video' })).refusal?.code).toBe(code);
    expect(world.ticket(id).status).toBe('waiting');
  });

  test('late tells the truth, and asks nothing of the directory but what the card shows', async () => {
    const { id } = await world.ask('ada');
    await world.press('ada', id, 'cancel');
    world.entra.calls.length = 0;
    const late = await world.press('bob', id, 'approve', { how: 'video' });
    expect(late).toMatchObject({ refusal: { code: 'cancelled' }, details: { view: { status: 'cancelled' } } });
    expect(world.entra.calls).not.toContain('policies.fido2');
  });

  test('goes to the manager’s manager when nobody decides, after a reminder', async () => {
    const { id } = await world.ask('ada');
    await world.pass(4 * 3600);
    expect(world.messenger.latest(WHO.bob, 'approval')).toMatchObject({ nudge: true });
    expect((await world.press('carol', id, 'approve', { how: 'video' })).refusal?.code).toBe('ticket-unknown');
    await world.pass(4 * 3600);
    expect(seen('carol', 'approval')?.view.can).toEqual(['approve', 'deny', 'deny-block']);
    const { vouchCode } = await world.press('carol', id, 'approve', { how: 'video' });
    expect(vouchCode).toBeDefined();
  });

  test('ends by itself, and everybody is told', async () => {
    const { id } = await world.ask('ada');
    await world.pass(72 * 3600);
    expect(world.kinds(id)).toEqual(['opened', 'reminded', 'widened', 'reminded', 'reminded', 'expired']);
    for (const who of ['bob', 'carol'] as const) expect(seen(who, 'approval')?.view.status).toBe('expired');
    expect(seen('ada', 'progress')?.view.status).toBe('expired');
    expect(await world.store.due('9999', 'time')).toEqual([]);
  });
});

function sameEmployee(a: Name, b: Name): void {
  world.entra.people.get(WHO[a])!.employeeId = world.entra.people.get(WHO[b])!.employeeId!;
}

test('two approvers: the first one alone decides nothing', async () => {
  const rules = { onboarding: { needed: 2, circles: [[{ kind: 'manager' }, { kind: 'managers-manager' }]] } };
  world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify(rules) } });
  const { id } = await world.ask('ada');
  expect((await world.press('bob', id, 'approve', { how: 'video' })).vouchCode).toBeUndefined();
  expect(world.ticket(id)).toMatchObject({ status: 'waiting', approvals: [{ by: { id: WHO.bob } }] });
  expect((await world.press('bob', id, 'approve', { how: 'video' })).refusal?.code).toBe('already-approved');
  expect((await world.press('carol', id, 'approve', { how: 'video' })).vouchCode).toBeDefined();
  const codes = await Promise.all(
    (['bob', 'carol'] as const).map(async (who) => (await world.press(who, id, 'show-vouch-code')).vouchCode?.reveal()),
  );
  expect(codes[0]).toBe(codes[1]);
});

test('the approval holds for the workstations that were paired then, and for no other', async () => {
  await world.addWorkstation('ada');
  const id = await vouched(world, 'choose-workstation');
  expect(world.ticket(id).approvedFor).toEqual([{ id: 'ws-ada', name: "ada's laptop", kind: 'own' }]);
  await world.addWorkstation('ada', { id: 'ws-new' });
  const { refusal } = await world.press('ada', id, 'choose-workstation', { workstation: 'ws-new' });
  expect(refusal?.code).toBe('workstation-not-approved');
  for (const workstation of ['ws-none', 'ws-bob'])
    expect((await world.press('ada', id, 'choose-workstation', { workstation })).refusal?.code).toBe('no-workstation');
});
