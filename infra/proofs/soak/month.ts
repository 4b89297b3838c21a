import { openPlayedClock } from '../rig/played/clock';
import { type OutsideCall } from '../rig/played/edges';
import { type House, openHouse, sharedParts } from '../rig/played/house';
import { judge } from '../rig/played/invariants';
import { play, setScene } from '../rig/played/play';
import { settle, START } from '../rig/played/run';
import { HELPDESK, STORIES, type Story } from '../rig/played/stories';
import { rowsIn } from '../rig/memory-tables';
import { createDice, type Dice } from '../seed';
import { type Task, type Told } from './task';

const DAY_MS = 24 * 3_600_000;
/** Tickets that are played at the same time, at most. */
const AT_ONCE = 6;
/** Reminders, another circle and an end while somebody still looks. In minutes. */
const RULE = { remindAfter: 5, widenAfter: 10, expireAfter: 30, useWithin: 60 };
const SETTINGS = {
  KEYVOUCH_RULES: JSON.stringify({
    onboarding: RULE,
    'lost-key': RULE,
    'locked-pin': RULE,
    'spare-key': RULE,
    pass: RULE,
    'return-key': RULE,
  }),
};

/** The story with somebody new in the place of whom it is about. */
function cast(story: Story, who: { id: string; upn: string }): Story {
  const as = (one: { id: string; upn: string }) => (one.id === story.subject.id ? who : one);
  return { ...story, subject: who, requester: as(story.requester), recipient: as(story.recipient) };
}

function newcomer(seed: number, number: number) {
  const id = `c${String(seed % 10_000_000).padStart(7, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;
  // No name is the beginning of another.
  const name = `Person ${String(number).padStart(5, '0')}`;
  return { id, upn: `person-${number}@northwind-harbour.example`, name };
}

/** Plays one ticket from its request to its end, and judges it. */
async function playOne(house: House, told: Told, story: Story, person: ReturnType<typeof newcomer>): Promise<void> {
  const acted = cast(story, person);
  // Whoever asks for somebody else and is not of the helpdesk is their manager.
  const asks = story.requester.id !== story.subject.id && !HELPDESK.some(({ id }) => id === story.requester.id);
  await house.hire({ ...person, manager: asks ? story.requester.id : story.approver.id });
  const scene = await setScene(house, acted);
  const course = await play(scene);
  // Nobody comes back to a ticket that was left: time ends it.
  if (course.left) await house.clock.sleep(130_000);
  while (!house.running()) await house.clock.sleep(500);
  await settle(house, person.id);
  while (!house.running()) await house.clock.sleep(500);
  const { violations, ticket, stray } = await judge(scene, course);
  const number = ticket?.shortId ?? 'no ticket';
  told.violations.push(...violations.map((why) => `${story.name} (${number}): ${why}`));
  told.stray += stray.length;
  const status = ticket?.status ?? 'none';
  told.ends[status] = (told.ends[status] ?? 0) + 1;
  told.flows[story.flow] = (told.flows[story.flow] ?? 0) + 1;
  house.letGo(person.id, ticket?.shortId);
}

/** Kills the process now and then, whatever it is doing. */
function deadly(told: Told, dice: Dice, perCalls: number) {
  return ({ writes }: OutsideCall) => {
    told.calls += 1;
    if (dice.below(perCalls) > 0) return undefined;
    return { dies: writes && dice.below(2) === 0 ? ('after' as const) : ('before' as const) };
  };
}

async function days(
  house: House,
  { seed, days: count, tickets, deathPerCalls }: Task,
  told: Told,
  tell: (progress: string) => void,
): Promise<void> {
  const { clock, edges } = house;
  const dice = createDice(seed);
  edges.weather = deadly(told, createDice(seed + 1), deathPerCalls);
  const perDay = Math.ceil(tickets / count);
  let number = 0;
  for (let day = 1; day <= count; day += 1) {
    const end = START + day * DAY_MS;
    const known = told.violations.length;
    const under = new Set<Promise<void>>();
    for (let n = 0; n < perDay && number < tickets; n += 1) {
      number += 1;
      const one: Promise<void> = playOne(house, told, dice.one(STORIES), newcomer(seed, number))
        .catch((error: unknown) => {
          told.violations.push(`ticket ${number}: ${error instanceof Error ? error.message : String(error)}`);
        })
        .finally(() => under.delete(one));
      under.add(one);
      if (under.size >= AT_ONCE) await Promise.race(under);
      await clock.sleep(1_000 * (1 + dice.below(60)));
    }
    await Promise.all(under);
    await clock.sleep(Math.max(0, end - clock.now().getTime()));
    house.entra.clearEffects();
    const open = await house.truth.tickets.open({ size: 1_000 });
    for (const id of open.items) {
      const ticket = (await house.truth.tickets.load(id))?.ticket;
      if (ticket) told.violations.push(`day ${day}: ${ticket.shortId} (${ticket.flow}) is still ${ticket.status}`);
    }
    told.days.push({
      tickets: number,
      rows: [...house.tables.values()].reduce((sum, table) => sum + rowsIn(table), 0),
      heapMb: Math.round(process.memoryUsage().heapUsed / 2 ** 20),
    });
    // The first of them say at once what a whole run would tell after an hour.
    const news = told.violations.slice(known, known + 3).map((why) => `\n  ${why}`);
    tell(`soak: day ${day} of ${count}, ${number} tickets, ${told.violations.length} violations${news.join('')}`);
  }
  // What the last days have left to do is done.
  edges.weather = () => undefined;
}

/** Days of tickets in played time, with processes that die. */
export async function playMonth(task: Task, tell: (progress: string) => void): Promise<Told> {
  await sharedParts();
  const told: Told = { violations: [], days: [], deaths: 0, calls: 0, ends: {}, flows: {}, stray: 0 };
  const clock = openPlayedClock(START);
  try {
    const house = await openHouse({ clock, settings: SETTINGS, remember: false });
    try {
      await clock.drive(() => days(house, task, told, tell));
      told.deaths = house.deaths();
      return told;
    } finally {
      await house.close();
    }
  } finally {
    clock.close();
  }
}
