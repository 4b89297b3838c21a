import { confirmWorkstation, refuseWorkstation, removeWorkstation } from '.';
import { memberOf } from './member';
import { createWorld, HELPDESK_GROUP, vouched, WHO, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

const as = (who: 'ada' | 'helen' | 'hugo') => memberOf(world.deps, WHO[who]);
const stateOf = async (id: string) => (await world.deps.workstations.get(id))?.value.state;

test.each([
  ['its owner, of the helpdesk', 'helen', 'desk', undefined],
  ['another one of the helpdesk, who cannot compare the words', 'hugo', 'desk', 'workstation-not-yours'],
  ['a person with their own', 'ada', 'own', undefined],
  ['the helpdesk, for somebody', 'helen', 'own', 'workstation-not-yours'],
] as const)('confirmed by %s', async (_, who, kind, code) => {
  const { id } = await world.addWorkstation(kind === 'own' ? 'ada' : 'helen', { kind, state: 'pairing' });
  const { refusal } = await confirmWorkstation(world.deps, await as(who), id);
  expect(refusal?.code).toBe(code);
  expect(await stateOf(id)).toBe(code ? 'pairing' : 'active');
});

test('a desk that was paired is not confirmed by somebody who has left the helpdesk since', async () => {
  const { id } = await world.addWorkstation('helen', { kind: 'desk', state: 'pairing' });
  world.entra.groups.set(HELPDESK_GROUP, [WHO.hugo]);
  const { refusal } = await confirmWorkstation(world.deps, await as('helen'), id);
  expect(refusal?.code).toBe('helpdesk-only');
});

test('refused while it waits to be confirmed; an old card does not remove what was confirmed since', async () => {
  const { id } = await world.addWorkstation('ada', { state: 'pairing' });
  await confirmWorkstation(world.deps, await as('ada'), id);
  expect((await refuseWorkstation(world.deps, await as('ada'), id)).refusal?.code).toBe('workstation-confirmed');
  expect(await stateOf(id)).toBe('active');
  const other = await world.addWorkstation('ada', { id: 'ws-other', state: 'pairing' });
  expect((await refuseWorkstation(world.deps, await as('ada'), other.id)).refusal).toBeUndefined();
  expect(await stateOf(other.id)).toBe('removed');
});

describe('the workstation of a request is removed', () => {
  let id: string;
  beforeEach(async () => {
    await world.addWorkstation('ada');
    await world.addWorkstation('ada', { id: 'ws-other' });
    id = await vouched(world, 'choose-pass');
    await world.press('ada', id, 'choose-workstation', { workstation: 'ws-ada' });
  });
  const job = () => world.ticket(id).job;

  test.each(['before the job', 'while the job waits there'])(
    '%s: it fails, and another one can be chosen',
    async (when) => {
      const remove = async () => removeWorkstation(world.deps, await as('ada'), 'ws-ada');
      if (when === 'before the job') await remove();
      await world.press('ada', id, 'start-job');
      await world.rest();
      if (when !== 'before the job') await remove();
      await world.rest();
      expect(job()).toMatchObject({ state: 'failed', code: 'workstation-removed', orphan: false });
      expect(world.ticket(id).parked).toBeUndefined();
      await world.press('ada', id, 'choose-workstation', { workstation: 'ws-other' });
      await world.press('ada', id, 'start-job');
      await world.rest();
      expect(job()).toMatchObject({ state: 'offered', workstation: { id: 'ws-other' } });
    },
  );
});
