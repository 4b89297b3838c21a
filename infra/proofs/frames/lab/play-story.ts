import { type Dice } from '../../seed';
import { type Book } from './book';
import { drive, settled } from './drive';
import { type Ending } from './ending';
import { plugIn, type PluggedKey } from './line';
import { createPerson } from './person';
import { planSabotage } from './plan';
import { type KeyEnd } from './replay-key';
import { type Story } from './story';
import { clearTime, later, pendingTimers } from './virtual-time';
import { createWatch } from './watch';

/** One conversation with a bad key, and what it came to. */
export interface Played {
  ending: Ending;
  violations: string[];
}

/** Plays a story with keys that answer wrongly somewhere; sometimes the person calls it off. */
export async function playStory(
  story: Story,
  ends: readonly KeyEnd[],
  { length }: Book,
  dice: Dice,
  onFrame: (kind: string) => void,
): Promise<Played> {
  const watch = createWatch();
  const plugs = ends.map((end, at) => plugIn(`key-${at}`, end, planSabotage(dice, length, onFrame), watch));
  const [first, ...others] = plugs as [PluggedKey, ...PluggedKey[]];
  const patience = dice.one([1, 1, 2, 4]);
  const person = createPerson(watch, { patience, agrees: dice.below(8) > 0, pull: first.pull, plug: first.plug });
  const calledOff = new AbortController();
  const { signal } = calledOff;
  const mood = dice.one(['stays', 'stays', 'stays', 'stays', 'stays', 'stays', 'calls it off', 'never wanted to']);
  if (mood === 'calls it off') later(() => calledOff.abort(), 1 + dice.below(dice.one([40, 400, 20_000])));
  if (mood === 'never wanted to') calledOff.abort();

  const ending = await drive(watch, () => story.play({ keys: [first, ...others], person, signal }));
  for (const plug of plugs) {
    plug.hush();
    plug.pull();
  }
  calledOff.abort();
  await settled();
  const violations = [...watch.violations, ...person.violations];
  if (ending.kind === 'crash') violations.push(ending.what);
  return { ending, violations };
}

/** What would keep the program alive although it is over. Forgets it, so that the next begins with a clean slate. */
export function leftBehind(): string[] {
  const timers = pendingTimers();
  clearTime();
  return timers > 0 ? [`${timers} timers were left behind`] : [];
}
