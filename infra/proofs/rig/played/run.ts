import { type EffectKind, type OutboxItem } from '../../../../bot/tickets/effects';
import { bringDelays } from '../weather';
import { type OutsideCall, type Weather } from './edges';
import { openPlayedClock } from './clock';
import { type House, openHouse, sharedParts } from './house';
import { judge, type Judged } from './invariants';
import { type AfterStep, type Course, play, type Scene, setScene } from './play';
import { type Story } from './stories';

export interface Run extends Judged {
  story: Story;
  course: Course;
  calls: readonly OutsideCall[];
  deaths: number;
  /** What the product logged last. */
  logged: readonly string[];
  /** Played, in milliseconds. */
  playedMs: number;
}

export interface RunOptions {
  story: Story;
  /** Begins when everybody has met the bot and the scene is set. */
  weather?: Weather;
  /** When that weather is over by itself: milliseconds since 1970. */
  calmSince?: number;
  german?: boolean;
  /** Entra's lists lag, and what was changed spreads late. */
  delays?: boolean;
  settings?: Readonly<Record<string, string>>;
  /** Watches the people. */
  afterStep?: (house: House, scene: Scene) => AfterStep;
  /** Looks at the house as soon as the people have come to their end and the weather is over. */
  beforeSettling?: (house: House) => Promise<void>;
  /** Looks at the house once the people have come to their end and all has settled. */
  then?: (house: House, scene: Scene, judged: Judged) => Promise<void>;
}

export const START = Date.parse('2026-03-02T08:00:00Z');
/** After an end every card is true within a minute; a pass that nobody saw is looked for a little longer. */
const SETTLE_MS = 5 * 60_000;
/** As long as such a pass may live, and a little longer. */
const LEFT_MS = 130_000;
/** What may still lie in the outbox of a ticket at rest: looks that find nothing left to do. */
const LOOKS_LEFT: readonly EffectKind[] = ['follow-approvers', 'watch-sign-in', 'watch-passkeys'];

/** Lets time pass until nothing is in arrears; at most so long. */
export async function settle({ clock, truth }: House, person: string, most = SETTLE_MS): Promise<void> {
  const end = clock.now().getTime() + most;
  const far = new Date(clock.now().getTime() + 366 * 24 * 3_600_000).toISOString();
  while (clock.now().getTime() < end) {
    const { items } = await truth.tickets.ofPerson(person, { size: 50 });
    const left = (await Promise.all(items.map((id) => truth.tickets.outbox(id, far)))).flat();
    const soon = new Date(clock.now().getTime() + SETTLE_MS).toISOString();
    const isArrear = ({ effect, notBefore }: OutboxItem) => !LOOKS_LEFT.includes(effect.kind) && notBefore <= soon;
    if (!left.some(isArrear)) return;
    await clock.sleep(1_000);
  }
}

/** Plays one story in a house of its own, in whatever weather, and judges what has become of everything. */
export async function runStory({
  story,
  weather,
  calmSince,
  german,
  delays,
  settings,
  afterStep,
  beforeSettling,
  then,
}: RunOptions): Promise<Run> {
  await sharedParts();
  const clock = openPlayedClock(START);
  try {
    const house = await openHouse({
      clock,
      ...(german && { german: [story.requester.id, story.approver.id] }),
      settings: { ...story.settings, ...settings },
    });
    try {
      return await clock.drive(async () => {
        const scene = await setScene(house, story);
        if (delays) bringDelays(house);
        house.entra.clearEffects();
        house.edges.forget();
        if (weather) house.edges.weather = weather;
        const course = await play(scene, afterStep?.(house, scene));
        const calls = [...house.edges.calls()];
        // Weather that ends by itself goes on when the people are done.
        if (calmSince !== undefined) await clock.sleep(Math.max(0, calmSince - clock.now().getTime()));
        await beforeSettling?.(house);
        house.edges.weather = () => undefined;
        // As long as a second attempt after the last bad moment may take, in the worst case.
        await clock.sleep(1_000);
        while (!house.running()) await clock.sleep(500);
        // Nobody waits for a pass that nobody saw, and it must be gone all the same.
        if (course.left) await clock.sleep(LEFT_MS);
        await settle(house, story.subject.id);
        const judged = await judge(scene, course, calmSince === undefined ? '' : new Date(calmSince).toISOString());
        await then?.(house, scene, judged);
        const playedMs = clock.now().getTime() - START;
        return { ...judged, story, course, calls, playedMs, deaths: house.deaths(), logged: [...house.logged] };
      });
    } finally {
      await house.close();
    }
  } finally {
    clock.close();
  }
}
