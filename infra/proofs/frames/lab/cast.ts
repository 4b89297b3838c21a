import { type Book } from './book';
import { genuineKey, mustWork, NO_SABOTAGE, OBEDIENT, prepareStates, type States } from './genuine';
import { plugIn } from './line';
import { createPerson } from './person';
import { recording } from './recording';
import { STORIES } from './stories';
import { type Model, type Story } from './story';
import { createWatch } from './watch';

/** A story as it goes with a good key of one model. */
export interface Scene {
  story: Story;
  model: Model;
  book: Book;
}

/** All that is played, and the keys it is played with. */
export interface Cast {
  scenes: readonly Scene[];
  states: Readonly<Record<Model, States>>;
}

/** Plays a story with good keys and writes down what is said with the first. @throws Error where it does not work */
async function record(story: Story, model: Model, states: States): Promise<Scene> {
  const watch = createWatch();
  const keys = await Promise.all(
    Array.from({ length: story.keys ?? 1 }, () => genuineKey(model, states[story.begins])),
  );
  const [one, ...more] = keys;
  if (!one) throw new Error('a story needs a key');
  const recorded = recording(one.end);
  const first = plugIn('key-0', recorded, NO_SABOTAGE, watch);
  const others = more.map(({ end }, at) => plugIn(`key-${at + 1}`, end, NO_SABOTAGE, watch));
  const person = createPerson(watch, { ...OBEDIENT, pull: first.pull, plug: first.plug });
  const stage = { keys: [first, ...others] as const, person, signal: undefined };
  await mustWork(`${story.name} (${model})`, watch, () => story.play(stage));
  for (const { device } of keys) device.power(false);
  return { story, model, book: recorded.book() };
}

/** Prepares keys of every model and plays every story once as it should go. */
export async function makeCast(): Promise<Cast> {
  const states = {
    modern: await prepareStates('modern'),
    fingerprint: await prepareStates('fingerprint'),
    older: await prepareStates('older'),
  };
  const scenes: Scene[] = [];
  for (const story of STORIES) for (const model of story.models) scenes.push(await record(story, model, states[model]));
  return { scenes, states };
}
