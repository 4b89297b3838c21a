import { type Messenger } from '../service';
import { createWorld, WHO } from '../service/testing/world';
import { cardOvertaken } from '../teams/overtaken';
import { card } from './card';
import { helpdeskCards } from './helpdesk-cards';

/** A messenger whose first card to one person is held back on its way, as by a reply that got lost. */
function holdingBack(messenger: Messenger, person: string) {
  const arrived: { status: string; nudge: boolean }[] = [];
  const release: (() => void)[] = [];
  let held = false;
  const slow: Messenger = {
    ...messenger,
    async card(message) {
      if (message.person.id === person && !held) {
        held = true;
        await new Promise<void>((go) => release.push(go));
      }
      if (message.person.id === person) arrived.push({ status: message.details.view.status, nudge: message.nudge });
      return messenger.card(message);
    },
  };
  return { slow, arrived, release: () => release.forEach((go) => go()) };
}

const item = { id: '0000000001-1', notBefore: '2026-03-02T08:00:00.000Z', attempts: 0 };

test('a card that was held back does not leave an older state standing over a newer one', async () => {
  const world = await createWorld();
  const { id } = await world.ask('ada');
  await world.rest();
  const { slow, arrived, release } = holdingBack(world.messenger, WHO.ada);
  const deps = { ...world.deps, messenger: slow };
  const effect = { kind: 'card', person: WHO.ada, slot: 'progress', nudge: true } as const;

  const late = card(deps, world.ticket(id), effect, { ...item, effect });
  await world.press('bob', id, 'approve', { how: 'video' });
  release();

  expect(await late).toEqual({ kind: 'done' });
  expect(arrived.map(({ status }) => status)).toEqual(['waiting', 'approved']);
  // The second look only sets right what stands there: it is no news.
  expect(arrived.map(({ nudge }) => nudge)).toEqual([true, false]);
});

test('the same holds for the helpdesk', async () => {
  const world = await createWorld();
  const { id } = await world.ask('ada');
  await world.rest();
  const ticket = { ...world.ticket(id), unreached: [{ person: { id: WHO.bob, name: 'Bob' }, code: 'not-installed' }] };
  const { slow, arrived, release } = holdingBack(world.messenger, WHO.helen);
  const effect = { kind: 'helpdesk-cards' } as const;

  const late = helpdeskCards({ ...world.deps, messenger: slow }, ticket, effect, { ...item, effect });
  await new Promise((resolve) => setTimeout(resolve, 10));
  await world.press('bob', id, 'approve', { how: 'video' });
  await world.rest();
  release();

  await late;
  expect(arrived.at(-1)?.status).toBe('approved');
});

test('a card that another process was at as well is shown once more at once, and still heard', async () => {
  const world = await createWorld();
  const { id } = await world.ask('ada');
  await world.rest();
  const seen: { status: string; nudge: boolean }[] = [];
  const overtaken: Messenger = {
    ...world.messenger,
    async card(message) {
      seen.push({ status: message.details.view.status, nudge: message.nudge });
      // The other one is done with this effect by now, and shows nothing more.
      if (seen.length === 1) throw cardOvertaken();
      return world.messenger.card(message);
    },
  };
  const effect = { kind: 'card', person: WHO.ada, slot: 'progress', nudge: true } as const;
  const before = world.ticket(id);
  await world.press('bob', id, 'approve', { how: 'video' });
  await world.rest();

  expect(await card({ ...world.deps, messenger: overtaken }, before, effect, { ...item, effect })).toEqual({
    kind: 'done',
  });
  expect(seen).toEqual([
    { status: 'waiting', nudge: true },
    { status: 'approved', nudge: true },
  ]);
});
