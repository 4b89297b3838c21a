import { type LabOrder, type LabReport } from '../rig/lab-order';
import { isStop, serveLab, stopped } from '../rig/serve-lab';
import { createDice } from '../seed';
import { race } from './play';
import { takeOverTimers } from '../rig/gated/timers';

/** The worker of the proof `race`: seeded interleavings of all who can do something to a ticket. */

const QUICK = 240;
const FULL = 10_000;
const CONTROL = 4_000;
const TELL_EVERY = 250;

async function play(
  { seed, quick, control, share, of }: LabOrder,
  progress: (text: string) => void,
): Promise<LabReport> {
  const random = createDice(seed);
  takeOverTimers(() => random.below(2 ** 30) / 2 ** 30);
  const count = control ? CONTROL : quick ? QUICK : FULL;
  const violations: string[] = [];
  const counts: Record<string, number> = {};
  let tried = 0;
  for (let number = share; number < count; number += of) {
    const one = seed * 100_000 + number;
    const found = await stopped(`seed ${one}`, async () => {
      const { wrong, outcome, flow } = await race(one);
      for (const name of [outcome, flow]) counts[name] = (counts[name] ?? 0) + 1;
      return wrong;
    });
    violations.push(...found);
    tried += 1;
    if (control && violations.some((one) => !isStop(one))) break;
    if (tried % TELL_EVERY === 0) progress(`race: ${tried} seeds, ${violations.length} wrong`);
  }
  return { tried, violations, counts };
}

serveLab(play);
