import { type RecordingMessenger } from './testing/recording-messenger';
import { createWorld, HELPDESK_GROUP, type Name, vouched, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const seen = (who: Name, slot: Parameters<RecordingMessenger['latest']>[1]) =>
  world.messenger.latest(WHO[who], slot)?.details;

describe('asking', () => {
  test('opens a ticket that the manager is asked to decide, with the number to call back', async () => {
    const { outcome } = await world.ask('ada');
    expect(outcome).toMatchObject({ details: { view: { status: 'waiting', can: ['cancel'] } } });
    expect(seen('bob', 'approval')).toMatchObject({
      view: { can: ['approve', 'deny'], subject: { name: 'Ada' } },
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
    expect(seen('carol', 'approval')?.view.can).toEqual(['approve', 'deny']);
    const { vouchCode } = await world.press('carol', id, 'approve', { how: 'video' });
    expect(vouchCode).toBeDefined();
  });

  test('ends by itself, and everybody is told', async () => {
    const { id } = await world.ask('ada');
    await world.pass(72 * 3600);
    expect(world.kinds(id)).toEqual(['opened', 'reminded', 'widened', 'expired']);
    for (const who of ['bob', 'carol'] as const) expect(seen(who, 'approval')?.view.status).toBe('expired');
    expect(seen('ada', 'progress')?.view.status).toBe('expired');
    expect(await world.store.due('9999', 'time')).toEqual([]);
  });
});

function sameEmployee(a: Name, b: Name): void {
  world.entra.people.get(WHO[a])!.employeeId = world.entra.people.get(WHO[b])!.employeeId!;
}

describe('the vouch code', () => {
  test('three wrong tries kill it, and the helpdesk hears of it', async () => {
    const { id } = await world.ask('ada');
    const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
    await world.press('ada', id, 'choose-pass');
    const wrong = vouchCode!.reveal() === '000000' ? '000001' : '000000';
    for (const left of [2, 1]) {
      const { refusal } = await world.press('ada', id, 'vouch', { code: wrong });
      expect(refusal).toEqual({ code: 'code-wrong', facts: { triesLeft: left } });
    }
    expect((await world.press('ada', id, 'vouch', { code: wrong })).refusal?.code).toBe('code-dead');
    expect((await world.press('ada', id, 'vouch', { code: vouchCode!.reveal() })).refusal?.code).toBe('code-dead');
    await world.rest();
    expect(seen('helen', 'helpdesk')?.view.parked?.code).toBe('code-dead');
    expect((await world.press('ada', id, 'prepare-show')).refusal?.code).toBe('code-dead');
    await world.press('helen', id, 'take-over');
    expect((await world.press('helen', id, 'retry')).refusal?.code).toBe('code-dead');
  });

  test('the same wrong click delivered again costs no second try', async () => {
    const { id } = await world.ask('ada');
    await world.press('bob', id, 'approve', { how: 'video' });
    await world.press('ada', id, 'choose-pass');
    const nonce = `v${world.ticket(id).version}`;
    const click = () => world.press('ada', id, 'vouch', { code: 'x', nonce });
    await Promise.all([click(), click(), click()]);
    await click();
    expect(world.ticket(id).vouchTries).toBe(1);
  });

  test('is typed with spaces or dashes as people do, and is not a substring', async () => {
    const { id } = await world.ask('ada');
    const code = (await world.press('bob', id, 'approve', { how: 'video' })).vouchCode!.reveal();
    await world.press('ada', id, 'choose-pass');
    expect((await world.press('ada', id, 'vouch', { code: `${code}0` })).refusal?.code).toBe('code-wrong');
    const spaced = `${code.slice(0, 3)} - ${code.slice(3)}`;
    expect((await world.press('ada', id, 'vouch', { code: spaced })).refusal).toBeUndefined();
  });

  test('is another one for each ticket', async () => {
    const codes = new Set<string>();
    for (let n = 0; n < 3; n += 1) {
      const { id } = await world.ask('ada');
      codes.add((await world.press('bob', id, 'approve', { how: 'video' })).vouchCode!.reveal());
      await world.press('ada', id, 'cancel');
    }
    expect(codes.size).toBe(3);
  });
});

describe('on behalf of somebody who is not in Teams', () => {
  beforeEach(() => world.messenger.missing.add(WHO.ada));

  test('the hander sees the pass, the requester never does, and that the subject is not there is no news', async () => {
    const id = await vouched(world, 'choose-pass', { by: 'helen', hander: WHO.hugo, recipient: 'hugo' });
    expect((await world.press('helen', id, 'prepare-show')).refusal?.code).toBe('not-yours');
    expect((await world.press('ada', id, 'prepare-show')).refusal?.code).toBe('not-yours');
    await world.press('hugo', id, 'prepare-show');
    const { pass } = await world.press('hugo', id, 'show');
    expect(pass?.text.reveal()).toBe(world.entra.passes.get(WHO.ada)?.text);
    expect(seen('hugo', 'handover')).toBeDefined();
    expect(world.ticket(id).unreached).toEqual([]);
  });

  test('the manager who asks does not approve: it falls to the manager’s manager', async () => {
    const { id } = await world.ask('bob', { hander: WHO.hugo });
    expect(world.ticket(id).approvers.map(({ id: approver }) => approver)).toEqual([WHO.carol]);
    expect((await world.press('bob', id, 'approve', { how: 'video' })).refusal?.code).toBe('is-requester');
    expect((await world.press('carol', id, 'approve', { how: 'video' })).vouchCode).toBeDefined();
  });

  test('a hander is nobody’s other account, and is neither requester nor subject', async () => {
    const refusal = async (hander?: string) =>
      (await world.ask('helen', { ...(hander && { hander }) })).outcome.refusal?.code;
    expect(await refusal(WHO.helen)).toBe('hander-not-allowed');
    expect(await refusal(WHO.ada)).toBe('hander-not-allowed');
    sameEmployee('hugo', 'ada');
    expect(await refusal(WHO.hugo)).toBe('hander-not-allowed');
  });

  test('without a hander the subject, who uses Teams, goes on alone', async () => {
    const { id } = await world.ask('bob', {});
    await world.press('carol', id, 'approve', { how: 'video' });
    expect((await world.press('bob', id, 'choose-pass')).refusal?.code).toBe('not-yours');
    expect((await world.press('ada', id, 'choose-pass')).refusal).toBeUndefined();
  });

  test('the hander never approves, even where the rule names them', async () => {
    const rules = { onboarding: { circles: [[{ kind: 'group', group: HELPDESK_GROUP }]] } };
    world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify(rules) } });
    const { id } = await world.ask('bob', { hander: WHO.hugo });
    expect(world.ticket(id).approvers.map(({ id: approver }) => approver)).toEqual([WHO.helen]);
    expect((await world.press('hugo', id, 'approve', { how: 'video' })).refusal?.code).toBe('is-hander');
  });

  test('at a desk workstation there is only that way, and no pass for anyone', async () => {
    const desk = await world.addWorkstation('helen', { kind: 'desk', id: 'ws-desk' });
    const id = await vouched(world, 'choose-workstation', {
      by: 'helen',
      hander: WHO.hugo,
      recipient: 'hugo',
      desk: desk.id,
    });
    expect(world.ticket(id)).toMatchObject({ way: 'workstation', workstation: { id: 'ws-desk', kind: 'desk' } });
    expect((await world.press('hugo', id, 'choose-pass')).refusal?.code).toBe('way-missing');
    await world.press('hugo', id, 'start-job');
    await world.rest();
    expect(await world.deps.workstations.jobs('ws-desk')).toMatchObject([{ value: { ticket: id, state: 'offered' } }]);
  });
});

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
