import { type Failure, type Outside } from '../rig/played/edges';
import { type House } from '../rig/played/house';
import { serveLane } from '../rig/played/lane';
import { type Run, runStory, START } from '../rig/played/run';
import { type Story, storyCalled } from '../rig/played/stories';
import { createDice, type Dice } from '../seed';
import { isQuiet, ticketsAbout, untrue } from './quiet';
import { createAlbum, pressAll } from './stale';
import { type Task, type Told } from './task';

/** After an outage every card is true within a minute. */
const TRUE_WITHIN_MS = 60_000;
const WATCHED_MS = 180_000;
const SETTLES_MS = 200;
const FAILURES: readonly Failure[] = ['reset', 'time-out', { status: 503 }, { status: 500 }, { status: 504 }];

function told(run: Run, more: Partial<Told>): Told {
  const violations = [...run.violations, ...(more.violations ?? [])];
  return {
    moments: more.moments ?? 0,
    presses: more.presses ?? {},
    ...(more.trueAfterMs !== undefined && { trueAfterMs: more.trueAfterMs }),
    ...{ violations, stray: run.stray, logged: violations.length > 0 ? [...run.logged] : [] },
  };
}

/** One of the three worlds is gone for some minutes, and the people go on; then they wait, and the cards are looked at. */
async function outage(story: Story, of: Outside, seconds: number, dice: Dice): Promise<Told> {
  // Some outages swallow what is sent; in others it was done now and then, and only the answer is missing.
  const swallows = dice.below(3) > 0;
  const as = dice.one(FAILURES);
  const from = START + 1_000 * (1 + dice.below(12));
  const until = from + 1_000 * seconds;
  const violations: string[] = [];
  let trueAfterMs: number | undefined;
  let moments = 0;

  /** Looks at all cards, every few seconds, from the end of the outage on. */
  async function watch(house: House): Promise<void> {
    const { clock } = house;
    if (trueAfterMs !== undefined || clock.now().getTime() < until) return;
    let last: string[] = [];
    // The last moment at which a card was not true counts: one that was true and lies again has not settled.
    trueAfterMs = clock.now().getTime() - until;
    for (const end = until + WATCHED_MS; clock.now().getTime() < end; moments += 1) {
      const wrong = await untrue(house, story.subject.id);
      if (wrong.length > 0) {
        trueAfterMs = clock.now().getTime() - until;
        last = wrong;
      }
      await clock.sleep(3_000);
    }
    const seconds = Math.round(trueAfterMs / 1000);
    if (trueAfterMs > TRUE_WITHIN_MS)
      violations.push(...last.map((why) => `${seconds} s after an outage of ${of}: ${why}`));
  }

  const run = await runStory({
    story,
    german: dice.below(2) === 0,
    calmSince: until,
    weather: ({ to, at, writes }) => {
      if (to !== of || at < from || at >= until) return undefined;
      return { when: writes && !swallows && dice.below(4) === 0 ? 'after' : 'before', as };
    },
    afterStep: (house) => () => watch(house).then(() => undefined),
    beforeSettling: watch,
  });
  return told(run, { violations, moments, ...(trueAfterMs !== undefined && { trueAfterMs }) });
}

/** Whenever nothing is left to do, every card is true. */
async function quiet(story: Story): Promise<Told> {
  const violations: string[] = [];
  let moments = 0;
  const run = await runStory({
    story,
    afterStep: (house) => async (_course, steps) => {
      // What was begun a moment ago is in somebody's hands, and not to be seen in any outbox.
      await house.clock.sleep(SETTLES_MS);
      const tickets = await ticketsAbout(house, story.subject.id);
      if (!(await isQuiet(house, tickets))) return undefined;
      moments += 1;
      const wrong = await untrue(house, story.subject.id);
      violations.push(...wrong.map((why) => `after step ${steps}: ${why}`));
      return undefined;
    },
  });
  return told(run, { violations, moments });
}

/** Buttons of cards that are past: at the end of a story, or somewhere on its way. */
async function stale(story: Story, afterSteps: number | undefined): Promise<Told> {
  const found: Pick<Told, 'violations' | 'presses'> = { violations: [], presses: {} };
  const album: { current?: ReturnType<typeof createAlbum> } = {};
  const run = await runStory({
    story,
    afterStep: (house, scene) => async (_course, steps) => {
      album.current ??= createAlbum(house, scene.story);
      album.current.keep();
      return steps === afterSteps ? 'stop' : undefined;
    },
    then: async (house) => {
      const [ticket] = await ticketsAbout(house, story.subject.id);
      if (!ticket || !album.current) return;
      album.current.keep();
      // The cards of each moment of the last step as well.
      const { violations, presses } = await pressAll(house, album.current, ticket);
      Object.assign(found, { violations, presses });
    },
  });
  // A story that was stopped on its way has no end to be judged by.
  return told(afterSteps === undefined ? run : { ...run, violations: [] }, found);
}

function perform(task: Task): Promise<Told> {
  const story = storyCalled(task.story);
  const dice = createDice(task.seed);
  switch (task.kind) {
    case 'outage':
      return outage(story, task.of, task.seconds, dice);
    case 'quiet':
      return quiet(story);
    case 'stale':
      return stale(story, task.afterSteps);
  }
}

serveLane(perform);
