import { Fault } from '../../agent/protocol/fault';
import { type Deps } from './deps';
import { type Messenger } from './messenger';
import { settle } from './outbox';
import { createWorld, WHO } from './testing/world';

/** A process whose card to one person is held until it is let go, and then fails, though it may have come through. */
function stuckCard(deps: Deps, person: string) {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const messenger: Messenger = {
    ...deps.messenger,
    async card(message) {
      if (message.person.id !== person) return deps.messenger.card(message);
      await held;
      const recorded = await deps.conversations.card(message.details.view.id, person, message.slot);
      if (recorded) await deps.conversations.putCard({ ...recorded, digest: 'unknown' }, recorded);
      throw new Fault({ code: 'teams-down', say: 'Teams did not answer.', todo: 'It is tried again.', retry: true });
    },
  };
  return { deps: { ...deps, messenger }, letGo };
}

test('a card that failed late is shown again, unheard, though another process was done with it meanwhile', async () => {
  const world = await createWorld();
  const { id } = await world.ask('ada');
  const slow = stuckCard(world.deps, WHO.ada);
  const shown = () => world.messenger.sent.filter(({ person }) => person === WHO.ada).map(({ nudge }) => nudge);
  const waiting = async () =>
    (await world.store.outbox(id, '2099-01-01T00:00:00.000Z'))
      .filter(({ effect }) => effect.kind === 'card')
      .map(({ effect, attempts }) => ({ effect, attempts }));

  await world.press('bob', id, 'approve', { how: 'video', deps: slow.deps });
  world.wait(60);
  await settle(world.other, id);
  expect(await waiting()).toEqual([]);
  const before = shown();
  slow.letGo();
  await world.rest();

  const effect = { kind: 'card', person: WHO.ada, slot: 'progress', nudge: false };
  expect(await waiting()).toEqual([{ effect, attempts: 1 }]);
  await world.pass(60);
  expect(shown()).toEqual([...before, false]);
  expect(await waiting()).toEqual([]);
});
