import { type Key, openKey } from '../../../../agent/operations/key';
import { getInfo } from '../../../../agent/ctap/get-info';
import { type Dice } from '../../seed';
import { type Book } from './book';
import { drive, settled } from './drive';
import { type Ending } from './ending';
import { NO_SABOTAGE } from './genuine';
import { plugIn, type Sabotage } from './line';
import { everyAnswer } from './plan';
import { replayKey } from './replay-key';
import { CALLS } from './talk';
import { createWatch } from './watch';

/** Calls on one channel; a key that breaks everything keeps at it, so that what one call leaves behind meets the next. */
const CALLS_A_TALK = 24;

/**
 * Talks with a key that answers every call wrongly, over one channel; then the key comes to its senses, and the channel
 * must be in step again.
 *
 * @returns how each call ended, and what broke the promise
 */
export async function playTalk(
  book: Book,
  dice: Dice,
  onFrame: (kind: string) => void,
): Promise<{ endings: Ending[]; violations: string[] }> {
  const watch = createWatch();
  let sabotage: Sabotage = NO_SABOTAGE;
  const changing: Sabotage = {
    answer: (passing, asked) => sabotage.answer(passing, asked),
    write: () => 'taken',
    hearsCancel: () => sabotage.hearsCancel(),
  };
  const plug = plugIn('talk', replayKey(book), changing, watch);
  const endings: Ending[] = [];
  const violations: string[] = [];
  let key: Key | undefined;
  /** What must work, because nothing goes wrong meanwhile. */
  const well = async (run: () => Promise<unknown>): Promise<void> => {
    const ending = await drive(watch, run);
    if (ending.kind !== 'value') violations.push(`a good answer is not heard: ${JSON.stringify(ending)}`);
  };
  await well(async () => (key = await openKey(plug.device)));
  const open = key;
  if (open) {
    sabotage = everyAnswer(dice, onFrame);
    for (let call = 0; call < CALLS_A_TALK && plug.plugged; call += 1) {
      const { run, typed } = dice.one(CALLS);
      if (typed) watch.typed();
      const ending = await drive(watch, () => run(open));
      endings.push(ending);
      if (ending.kind === 'crash') violations.push(ending.what);
    }
    plug.hush();
    sabotage = NO_SABOTAGE;
    if (plug.plugged) await well(() => getInfo(open.ctap));
    await well(() => open.close());
  }
  plug.pull();
  await settled();
  return { endings, violations: [...violations, ...watch.violations] };
}
