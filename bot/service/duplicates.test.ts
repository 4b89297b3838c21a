import fc from 'fast-check';
import { type TicketVerb } from '../tickets/verbs';
import { createWorld, type Name, vouched, WHO, type World } from './testing/world';

/**
 * A promise of the product: a click delivered 1 to 10 times, at once, on two processes, decides once. Each case is a
 * new ticket in its own world, whose storage answers in an order that the seed gives.
 */

/** A world whose storage lets others go first, now and then. */
async function shuffledWorld(order: readonly boolean[]): Promise<World> {
  let calls = 0;
  return createWorld({
    before: async () => {
      calls += 1;
      if (order[calls % order.length]) await new Promise((resolve) => setImmediate(resolve));
    },
  });
}

const deliveries = fc.array(fc.boolean(), { minLength: 1, maxLength: 10 });
const order = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });

interface Click {
  verb: TicketVerb;
  who: Name;
  /** Brings a ticket to where the button is there. */
  prepare: (world: World) => Promise<string>;
  more?: Parameters<World['press']>[3];
  /** The events that one click brings about. */
  event: string;
}

async function opened(world: World) {
  return (await world.ask('ada')).id;
}

async function prepared(world: World) {
  const id = await vouched(world, 'choose-pass');
  await world.press('ada', id, 'prepare-show');
  return id;
}

const CLICKS: Click[] = [
  { verb: 'approve', who: 'bob', prepare: opened, more: { how: 'video' }, event: 'decided' },
  { verb: 'deny', who: 'bob', prepare: opened, more: { text: 'Not one of ours' }, event: 'denied' },
  { verb: 'cancel', who: 'ada', prepare: opened, event: 'cancelled' },
  { verb: 'show', who: 'ada', prepare: prepared, event: 'pass-started' },
  { verb: 'comment', who: 'helen', prepare: opened, more: { text: 'called' }, event: 'commented' },
  {
    verb: 'start-job',
    who: 'ada',
    prepare: async (world) => {
      await world.addWorkstation('ada');
      return vouched(world, 'choose-workstation');
    },
    event: 'job-offered',
  },
];

test.each(CLICKS)('$verb, 1 to 10 times at once on two processes, happens once', async (click) => {
  await fc.assert(
    fc.asyncProperty(deliveries, order, async (on, shuffle) => {
      const world = await shuffledWorld(shuffle);
      const id = await click.prepare(world);
      const nonce = `v${world.ticket(id).version}`;
      const answers = await Promise.all(
        on.map((second) =>
          world.press(click.who, id, click.verb, {
            ...click.more,
            nonce,
            deps: second ? world.other : world.deps,
          }),
        ),
      );
      await world.rest();
      expect(world.kinds(id).filter((kind) => kind === click.event)).toHaveLength(1);
      expect(answers.filter(({ pass }) => pass !== undefined).length).toBe(click.verb === 'show' ? 1 : 0);
      // And once more, late.
      await world.press(click.who, id, click.verb, { ...click.more, nonce });
      expect(world.kinds(id).filter((kind) => kind === click.event)).toHaveLength(1);
      expect(await world.store.verifyAudit(id)).toEqual([]);
      await world.rest();
    }),
    { numRuns: 30 },
  );
});

test('one form sent many times opens one ticket', async () => {
  await fc.assert(
    fc.asyncProperty(deliveries, order, async (on, shuffle) => {
      const world = await shuffledWorld(shuffle);
      const id = '01JNGZ0000000000000000ABCD';
      const all = await Promise.all(on.map(() => world.ask('ada', { id })));
      expect(all.map(({ outcome }) => outcome.details?.view.id)).toEqual(on.map(() => id));
      expect(world.store.all()).toHaveLength(1);
    }),
    { numRuns: 20 },
  );
});

test('approve, deny and cancel at once end in one outcome, and every answer tells the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 2 }), order, async (which, shuffle) => {
      const world = await shuffledWorld(shuffle);
      const id = await opened(world);
      const races = [
        () => world.press('bob', id, 'approve', { how: 'video' }),
        () => world.press('bob', id, 'deny', { text: 'Not one of ours', deps: world.other }),
        () => world.press('ada', id, 'cancel'),
        () => world.press('helen', id, 'cancel', { deps: world.other }),
      ];
      await Promise.all(which.map((at) => races[at]!()));
      await world.rest();
      const { status } = world.ticket(id);
      const ends = world.kinds(id).filter((kind) => ['denied', 'cancelled'].includes(kind));
      expect(ends.length).toBeLessThanOrEqual(1);
      // An approval may be followed by a cancel; nothing else by anything.
      expect(status === 'approved' ? [] : [status]).toEqual(ends);
      const cards = [world.messenger.latest(WHO.ada, 'progress'), world.messenger.latest(WHO.bob, 'approval')];
      expect(cards.map((card) => card?.details.view.status)).toEqual([status, status]);
    }),
    { numRuns: 60 },
  );
});

test('both processes work off one outbox: each effect is done once', async () => {
  const world = await createWorld();
  world.messenger.fault = undefined;
  const id = await vouched(world, 'choose-pass');
  const { settle } = await import('./outbox');
  await world.press('ada', id, 'prepare-show');
  await world.press('ada', id, 'show');
  await world.rest();
  world.addPasskey('ada', 'new');
  world.wait(60);
  await Promise.all([world.deps, world.other, world.deps].map((deps) => settle(deps, id)));
  expect(world.entra.calls.filter((call) => call === 'passes.delete')).toHaveLength(1);
  expect(world.kinds(id).filter((kind) => kind === 'completed')).toHaveLength(1);
});
