import { type Progress, type Prompts } from './prompts';

/** Seconds after plugging in for which keys hear a reset (CTAP 2.1 §6.6), and for which the quickest do (Yubico). */
export const RESET_WINDOW_S = { specified: 10, shortest: 5 };

/**
 * Counts down the seconds in which the key is to be touched.
 *
 * @param pluggedInAt milliseconds, as of Date.now
 */
export function countDown(prompts: Prompts, pluggedInAt: number): Progress {
  const words = () => {
    const gone = Math.floor((Date.now() - pluggedInAt) / 1000);
    const left = RESET_WINDOW_S.specified - gone;
    if (left > RESET_WINDOW_S.shortest) return `Touch it now: ${left} seconds left, fewer on some keys …`;
    if (left > 0) return `Touch it now: ${left} seconds left …`;
    return 'Touch it now: some keys wait a little longer …';
  };
  const { specified, shortest } = RESET_WINDOW_S;
  const progress = prompts.progress(
    `Touch it within ${specified} seconds of plugging it in, ${shortest} on some keys …`,
  );
  const timer = setInterval(() => progress.update?.(words()), 1000);
  return {
    done() {
      clearInterval(timer);
      progress.done();
    },
  };
}
