import { createDice, type Dice } from '../../seed';
import { type Book } from './book';
import { type Cast, type Scene } from './cast';
import { type Ending } from './ending';
import { genuineKey } from './genuine';
import { playSiege } from './play-siege';
import { leftBehind, playStory } from './play-story';
import { playTalk } from './play-talk';
import { allOf } from './recording';
import { replayKey } from './replay-key';
import { type Model } from './story';
import { clearTime } from './virtual-time';

/** Who counts what happens in a bout. */
export interface Counters {
  onFrame(kind: string): void;
  onEnding(ending: Ending): void;
  onStatus(status: number): void;
}

/** Of 1000 bouts; the rest are stories. In frames they are about a quarter, a third, and the rest. */
const SIEGES = 25;
const TALKS = 60;
/** Of 100 stories, those that are played with a virtual key and not with a record of it. */
const LIVE = 5;
const MODELS: readonly Model[] = ['modern', 'fingerprint', 'older'];

/** With a key that computes: what it counts itself can be looked at. */
async function liveStory({ story, model, book }: Scene, { states }: Cast, dice: Dice, counters: Counters) {
  const keys = await Promise.all(
    Array.from({ length: story.keys ?? 1 }, () => genuineKey(model, states[model][story.begins])),
  );
  const ends = keys.map(({ end }) => end);
  const { ending, violations } = await playStory(story, ends, book, dice, counters.onFrame);
  counters.onEnding(ending);
  const { pin, pinRetries } = states[model][story.begins];
  // Where the key has another PIN by now and denied it, the person has truly typed a wrong one.
  const unchanged = keys.map(({ store }) => store.read()).filter((state) => state.pin?.hash === pin?.hash);
  const lost = unchanged.filter((state) => state.pinRetries !== pinRetries).length;
  for (const { device } of keys) device.power(false);
  clearTime();
  return [...violations, ...(lost > 0 ? ['the key has counted a wrong PIN, and nobody typed one'] : [])];
}

async function replayedStory({ story, book }: Scene, dice: Dice, counters: Counters) {
  const ends = Array.from({ length: story.keys ?? 1 }, () => replayKey(book));
  const { ending, violations } = await playStory(story, ends, book, dice, counters.onFrame);
  counters.onEnding(ending);
  return [...violations, ...leftBehind()];
}

/** Plays bouts of a cast. */
export function createBouts(cast: Cast, counters: Counters): (seed: number, bout: number) => Promise<string[]> {
  const books = new Map<Model, Book>(
    MODELS.map((model) => [model, allOf(cast.scenes.filter((scene) => scene.model === model).map(({ book }) => book))]),
  );

  /** One bout; what it does depends on seed and number alone. @returns what broke the promise */
  return async (seed, bout) => {
    const dice = createDice(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(bout + 1, 0x85ebca6b));
    const what = dice.below(1000);
    if (what >= SIEGES + TALKS) {
      const scene = dice.one(cast.scenes);
      const live = dice.below(100) < LIVE;
      const found = await (live ? liveStory(scene, cast, dice, counters) : replayedStory(scene, dice, counters));
      return found.map((violation) => `${scene.story.name} (${scene.model}): ${violation}`);
    }
    const model = dice.one(MODELS);
    const book = books.get(model);
    if (!book) return [`no book of ${model}`];
    if (what < SIEGES) {
      const found = await playSiege(model, cast.states[model], book, dice, counters);
      clearTime();
      return found.map((violation) => `the virtual key (${model}): ${violation}`);
    }
    const { endings, violations } = await playTalk(book, dice, counters.onFrame);
    for (const ending of endings) counters.onEnding(ending);
    return [...violations, ...leftBehind()].map((violation) => `calls (${model}): ${violation}`);
  };
}
