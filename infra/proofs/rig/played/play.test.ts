import { people } from '../../../local/entra';
import { openPlayedClock } from './clock';
import { type House, openHouse, sharedParts } from './house';
import { play, setScene } from './play';
import { START } from './run';
import { storyCalled } from './stories';

const NEWCOMERS = ['Wanda Ivers', 'Yusuf Obi', 'Zora Lindt'].map((name, at) => ({
  ...{ id: `c0000000-0000-4000-8000-00000000000${at}`, name, manager: people.mara.id },
  upn: `newcomer-${at}@northwind-harbour.example`,
}));

/** Does something in a house in fair weather, in played time. */
async function inHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  await sharedParts();
  const clock = openPlayedClock(START);
  try {
    const house = await openHouse({ clock });
    try {
      return await clock.drive(() => work(house));
    } finally {
      await house.close();
    }
  } finally {
    clock.close();
  }
}

/** The calls that changed something in Entra while a story was played, and the ids that the audit names. */
async function playedCalls(house: House, story: string) {
  await play(await setScene(house, storyCalled(story)));
  const recorded: string[] = [];
  for await (const one of house.running()!.ledger.records())
    if (one.kind === 'record') recorded.push(...one.record.requestIds);
  const calls = house.entra.effects().filter(({ method }) => method !== 'GET');
  return { sent: calls.map(({ path, clientRequestId }) => [path, clientRequestId]), recorded };
}

it.each(['lost key by pass', 'lost key at a workstation', 'returned keys'])(
  '%s: every call that changed something in Entra stands in the audit by its client-request-id',
  async (story) => {
    const { sent, recorded } = await inHouse((house) => playedCalls(house, story));
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.filter(([, id]) => !recorded.includes(id ?? ''))).toEqual([]);
  },
  60_000,
);

it('where Entra shows only later what was done, the audit names the calls all the same', async () => {
  const { sent, recorded } = await inHouse(async (house) => {
    house.entra.switches.set({ listDelayMs: 60_000 });
    return playedCalls(house, 'lost key at a workstation');
  });
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.filter(([, id]) => !recorded.includes(id ?? ''))).toEqual([]);
}, 60_000);

it('a manager who asks for several at once, and decides on others meanwhile, takes no number for another', async () => {
  const subjects = await inHouse((house) =>
    Promise.all(
      NEWCOMERS.map(async (person, at) => {
        await house.hire(person);
        const told = storyCalled(at === 0 ? 'onboarding by pass' : 'onboarding on behalf');
        const own = { requester: person, recipient: person };
        // Her card to decide on the first of them comes before her own form for the others.
        await house.clock.sleep(at * 500);
        const course = await play(await setScene(house, { ...told, subject: person, ...(at === 0 && own) }));
        const id = await house.truth.tickets.find(course.ticket ?? '');
        const stored = id === undefined ? undefined : await house.truth.tickets.load(id);
        return stored?.ticket.subject.id;
      }),
    ),
  );
  expect(subjects).toEqual(NEWCOMERS.map(({ id }) => id));
}, 60_000);

it("a form that was left half filled in for somebody else is nobody else's", async () => {
  const [left, now] = NEWCOMERS;
  const course = await inHouse(async (house) => {
    const { crowd } = house;
    const story = storyCalled('returned keys');
    await Promise.all([left!, now!].map((person) => house.hire(person)));
    await setScene(house, { ...story, subject: left! });
    const scene = await setScene(house, { ...story, subject: now! });
    const { id } = story.requester;
    await crowd.say(id, 'hi');
    await crowd.press(id, crowd.newestWith(id, 'ask-other')!, 'ask-other');
    // The answer asks which of their keys.
    const inputs = { what: 'return-key', person: left!.upn, reason: 'They are leaving us today.' };
    await crowd.press(id, crowd.newestWith(id, 'send-request')!, 'send-request', inputs);
    return play(scene);
  });
  expect(course.over).toBe(true);
}, 60_000);
