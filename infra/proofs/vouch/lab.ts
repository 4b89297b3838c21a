import { hasStep } from '../../../bot/tickets/plan';
import { FLOWS, type Flow } from '../../../bot/tickets/ticket';
import { people } from '../../local/entra';
import { openHouse } from '../rig/house/house';
import { createRoom } from '../rig/house/room';
import { type LabOrder, type LabReport } from '../rig/lab-order';
import { isStop, serveLab, stopped } from '../rig/serve-lab';
import { createDice } from '../seed';
import { type Play, playOne, PLAYS } from './plays';

/** The worker of the proof `vouch`: stolen sessions and guesses, in every flow that gives somebody a way in. */

/** How often each play is played in each flow in a full run: by chance with a pass, or at a workstation. */
const ROUNDS = 10;
/** Accounts that one play uses. */
const PEOPLE = 6;
const BATCH = 60;

interface Case {
  play: Play;
  flow: Flow;
  seed: number;
}

function casesOf({ quick, control, seed, share, of }: LabOrder): Case[] {
  const dice = createDice(seed);
  const flows = FLOWS.filter((flow) => hasStep({ flow }, 'vouch'));
  const rounds = quick || control ? 1 : ROUNDS;
  const all = PLAYS.flatMap((play, at) =>
    Array.from({ length: rounds }, () => (quick ? [flows[at % flows.length] ?? flows[0]] : flows))
      .flat()
      .flatMap((flow) => (flow ? [{ play, flow, seed: dice.below(2 ** 30) }] : [])),
  );
  return all.filter((_, at) => at % of === share);
}

async function play(order: LabOrder, progress: (text: string) => void): Promise<LabReport> {
  const cases = casesOf(order);
  const violations: string[] = [];
  const counts: Record<string, number> = {};
  let tried = 0;
  for (let from = 0; from < cases.length; from += BATCH) {
    const batch = cases.slice(from, from + BATCH);
    const house = await openHouse({ crowd: PEOPLE * batch.length });
    try {
      for (const { id } of [people.mara, people.jonas, people.petra]) await house.teams.install(id);
      const room = createRoom(house);
      for (const { play: one, flow, seed } of batch) {
        const what = `${flow}, ${one.name}`;
        const found = await stopped(what, () => playOne(room, createDice(seed), flow, one));
        const wrong = found.map((why) => (why.startsWith(what) ? why : `${what}: ${why}`));
        violations.push(...wrong);
        for (const why of wrong) progress(`  ${why}`);
        tried += 1;
        counts[one.name] = (counts[one.name] ?? 0) + 1;
        if (order.control && violations.some((one) => !isStop(one))) return { tried, violations, counts };
      }
    } finally {
      await house.close();
    }
    progress(`vouch: ${tried} plays, ${violations.length} wrong`);
  }
  return { tried, violations, counts };
}

serveLab(play);
