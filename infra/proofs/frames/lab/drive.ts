import { type Ending, endingOf } from './ending';
import { nextMoment, passTime, virtualNow } from './virtual-time';
import { type Watch } from './watch';

/** More moments than anything here has; a loop that never ends in virtual time does not end in real time either. */
const MOST_MOMENTS = 200_000;

/** Lets everything run that needs no time to pass. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs something to its end, letting time pass as fast as it will.
 *
 * @returns its ending; a crash where it waits for what never comes, or longer than the watch allows
 */
export async function drive(watch: Pick<Watch, 'deadline'>, run: () => Promise<unknown>): Promise<Ending> {
  let ending: Ending | undefined;
  void endingOf(run).then((found) => (ending = found));
  for (let moments = 0; ; moments += 1) {
    await settled();
    if (ending) return ending;
    const next = nextMoment();
    if (next === undefined) return { kind: 'crash', what: 'waits for what never comes' };
    const deadline = watch.deadline();
    if (deadline !== undefined && next > deadline) {
      return { kind: 'crash', what: `hangs: ${next - virtualNow()} ms more` };
    }
    if (moments > MOST_MOMENTS) return { kind: 'crash', what: `goes on for ever: ${moments} steps` };
    passTime();
  }
}
