import { FLOWS } from '../../../bot/tickets/ticket';
import { takeOverTimers } from '../rig/gated/timers';
import { type LabOrder, type LabReport } from '../rig/lab-order';
import { isStop, serveLab, stopped } from '../rig/serve-lab';
import { createDice } from '../seed';
import { stageInMemory } from './in-memory';
import { playStory } from './play';

/** The worker of the proof `duplicate`: stories whose every click comes several times at once, in seeded interleavings. */

const QUICK = 2_000;
const FULL = 100_000;
const CONTROL = 2_000;
const TELL_EVERY = 100;

async function play(
  { seed, quick, control, share, of }: LabOrder,
  progress: (text: string) => void,
): Promise<LabReport> {
  const random = createDice(seed);
  takeOverTimers(() => random.below(2 ** 30) / 2 ** 30);
  const count = (control ? CONTROL : quick ? QUICK : FULL) / of;
  const violations: string[] = [];
  const counts: Record<string, number> = {};
  let tried = 0;
  let stories = 0;
  for (let number = share; tried < count; number += of) {
    const flow = FLOWS[number % FLOWS.length] ?? 'onboarding';
    const dice = createDice(seed * 100_000 + number);
    const found = await stopped(`${flow}, story ${number}`, async () => {
      const { deliveries, wrong } = await playStory(await stageInMemory(flow, dice), flow, dice);
      tried += deliveries;
      counts[flow] = (counts[flow] ?? 0) + 1;
      return wrong.map((why) => `story ${number}, ${why}`);
    });
    violations.push(...found);
    if (control && violations.some((one) => !isStop(one))) break;
    // A rig that plays nothing any more would go on for ever.
    if (violations.filter(isStop).length > 10) break;
    stories += 1;
    if (stories % TELL_EVERY === 0) progress(`duplicate: ${tried} deliveries, ${violations.length} wrong`);
  }
  return { tried, violations, counts };
}

serveLab(play);
