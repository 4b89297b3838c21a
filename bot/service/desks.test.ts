import { desksInUse } from '.';
import { createWorld, HELPDESK_GROUP, vouched, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

const leavesTheHelpdesk = (id: string) =>
  world.entra.groups.set(
    HELPDESK_GROUP,
    (world.entra.groups.get(HELPDESK_GROUP) ?? []).filter((one) => one !== id),
  );

describe('a desk whose owner is not of the helpdesk any more', () => {
  beforeEach(async () => {
    await world.addWorkstation('helen', { kind: 'desk', id: 'ws-desk' });
  });

  test('is in use until then, and no longer', async () => {
    expect(await desksInUse(world.deps)).toMatchObject([{ id: 'ws-desk' }]);
    leavesTheHelpdesk(WHO.helen);
    expect(await desksInUse(world.deps)).toEqual([]);
  });

  test('nor is one whose owner’s account is switched off', async () => {
    await world.deps.entra.accounts.setEnabled(WHO.helen, false);
    expect(await desksInUse(world.deps)).toEqual([]);
  });

  test('cannot be asked for', async () => {
    leavesTheHelpdesk(WHO.helen);
    const { outcome } = await world.ask('bob', { hander: WHO.hugo, desk: 'ws-desk' });
    expect(outcome.refusal?.code).toBe('workstation-not-active');
  });

  test('is given no job, not even of a ticket that was to be worked there', async () => {
    const id = await vouched(world, 'choose-workstation', {
      ...{ by: 'helen', hander: WHO.hugo, recipient: 'hugo', desk: 'ws-desk' },
    });
    leavesTheHelpdesk(WHO.helen);
    await world.press('hugo', id, 'start-job');
    await world.rest();
    expect(await world.deps.workstations.jobs('ws-desk')).toEqual([]);
    expect(world.ticket(id).job).toMatchObject({ state: 'failed', code: 'workstation-removed' });
  });
});
