import { Fault } from '../../agent/protocol/fault';
import { mine, waiting } from './lists';
import { memberOf } from './member';
import { type TicketStore } from './ports';
import { queue } from './queue';
import { searchTickets } from './search';
import { ticketsIn } from './tickets-in';
import { createWorld, WHO } from './testing/world';

test('lists, the queue and a search read each ticket once, as the list itself has checked it', async () => {
  const calls: (keyof TicketStore)[] = [];
  const world = await createWorld({ before: (call) => void calls.push(call) });
  const { id } = await world.ask('ada');
  await world.rest();
  const [ada, bob, helen] = await Promise.all(
    (['ada', 'bob', 'helen'] as const).map((name) => memberOf(world.deps, WHO[name])),
  );
  calls.length = 0;
  const found = [
    (await mine(world.deps, ada!)).items,
    (await waiting(world.deps, bob!)).items,
    (await queue(world.deps, helen!)).items,
    await searchTickets(world.deps, helen!, 'ada', () => ''),
  ];
  expect(found.map((views) => views.map((view) => view.id))).toEqual([[id], [id], [id], [id]]);
  expect(calls).not.toContain('load');
});

test('a ticket whose seal does not hold is not left out as if it were not there', async () => {
  const broken = new Fault({ code: 'storage-tampered', say: 'Changed by hand.', todo: 'Call the security team.' });
  const { deps } = await createWorld();
  const tickets = { ...deps.tickets, load: () => Promise.reject(broken) };
  await expect(ticketsIn({ tickets }, { items: ['one'], tickets: [] })).rejects.toBe(broken);
});
