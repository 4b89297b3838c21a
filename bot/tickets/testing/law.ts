import type FastCheck from 'fast-check';
import { anyStory } from './any-story';
import { type Opening, told, type Told } from './told';

/**
 * Makes tests of laws: each holds of every story.
 * @param fc fast-check, handed in because nothing but tests may import it here
 * @param set what all of the openings have
 */
export function laws(fc: typeof FastCheck, set: Partial<Opening> = {}) {
  const { openings, steps } = anyStory(fc);
  return (name: string, holds: (story: Told) => void, numRuns = 300): void => {
    test(name, () => {
      fc.assert(
        fc.property(openings, steps, (open, list) => {
          holds(told({ ...open, ...set }, list));
        }),
        { numRuns },
      );
    });
  };
}
