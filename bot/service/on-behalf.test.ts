import { type RecordingMessenger } from './testing/recording-messenger';
import { createWorld, HELPDESK_GROUP, type Name, vouched, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const seen = (who: Name, slot: Parameters<RecordingMessenger['latest']>[1]) =>
  world.messenger.latest(WHO[who], slot)?.details;

function sameEmployee(a: Name, b: Name): void {
  world.entra.people.get(WHO[a])!.employeeId = world.entra.people.get(WHO[b])!.employeeId!;
}

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
