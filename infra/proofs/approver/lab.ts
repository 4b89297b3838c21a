import { FLOWS, type Flow } from '../../../bot/tickets/ticket';
import { type Verb } from '../../../bot/tickets/verbs';
import { people } from '../../local/entra';
import { differences, press, tracesOf, type Via } from '../rig/house/hands';
import { openHouse } from '../rig/house/house';
import { createRoom, linkedPairs, type Room } from '../rig/house/room';
import { type LabOrder, type LabReport } from '../rig/lab-order';
import { isStop, serveLab, stopped } from '../rig/serve-lab';
import { createDice } from '../seed';
import { type Shape, SHAPES, type Trial } from './shapes';

/** The worker of the proof `approver`: everybody who must not decide tries to, in every flow and by every way. */

/** Accounts that a case needs at most. */
const PEOPLE = 4;
const PAIRS = 24;
/** Cases in one house: its tables and its tenant grow with each. */
const BATCH = 100;

interface Try {
  verb: Extract<Verb, 'approve' | 'deny'>;
  via: Via;
}

const TRIES: readonly Try[] = [
  { verb: 'approve', via: 'execute' },
  { verb: 'approve', via: 'submit' },
  { verb: 'deny', via: 'execute' },
  { verb: 'deny', via: 'submit' },
];
const TYPED = { how: 'video', denial: 'Nobody of mine, I think.' };

async function attempt(room: Room, { ticket, wrong, forged }: Trial, { verb, via }: Try): Promise<string[]> {
  const { house } = room;
  await house.rest();
  const before = await tracesOf(house, ticket);
  const nonce = `v${before.version}`;
  const answer = await press(house, wrong.id, { verb, ticket, nonce, ...TYPED, ...forged }, via);
  await house.rest();
  const did = differences(before, await tracesOf(house, ticket));
  // The code itself is the door: nobody who did not decide is to read one.
  const code = via === 'execute' && answer.letters !== undefined ? ['the answer shows a code'] : [];
  const wrongStatus = answer.status === 200 ? [] : [`answered with ${answer.status ?? 'nothing'}`];
  return [...did, ...code, ...wrongStatus].map((what) => `${verb} by ${via}: ${what}`);
}

/** Within this time the service looks again at who may decide. */
const LOOKS_AGAIN_SECONDS = 70 * 60;

async function rightOne(room: Room, { ticket, right, mend }: Trial): Promise<string[]> {
  if (!right) return [];
  const decide = async () => {
    const { version } = await room.ticket(ticket);
    const click = { verb: 'approve', ticket, nonce: `v${version}`, how: 'video' } as const;
    const { text } = await press(room.house, right.id, click);
    await room.house.rest();
    return text;
  };
  let text = await decide();
  if (mend && (await room.ticket(ticket)).approvals.length === 0) {
    await room.house.pass(LOOKS_AGAIN_SECONDS);
    text = await decide();
  }
  const { approvals } = await room.ticket(ticket);
  if (approvals.length === 1) return [];
  return [`the right one was not let through: ${text.replaceAll(/\s+/g, ' ').slice(0, 600)}`];
}

interface Case {
  shape: Shape;
  flow: Flow;
}

async function playCase(room: Room, { shape, flow }: Case, tries: readonly Try[]): Promise<string[]> {
  const trial = await shape.lay(room, flow);
  const found: string[] = [];
  for (const one of tries) found.push(...(await attempt(room, trial, one)));
  trial.mend?.();
  found.push(...(found.length === 0 ? await rightOne(room, trial) : []));
  return found.map((what) => `${flow}, ${shape.name}: ${what}`);
}

function casesOf({ quick, control, seed, share, of }: LabOrder): Case[] {
  const dice = createDice(seed);
  const all = SHAPES.flatMap((shape) => {
    const flows = dice.shuffled(FLOWS.filter((flow) => shape.fits(flow)));
    return (quick || control ? flows.slice(0, 1) : flows).map((flow) => ({ shape, flow }));
  });
  return all.filter((_, at) => at % of === share);
}

async function play(order: LabOrder, progress: (text: string) => void): Promise<LabReport> {
  const cases = casesOf(order);
  const violations: string[] = [];
  const counts: Record<string, number> = {};
  let tried = 0;
  for (let from = 0; from < cases.length; from += BATCH) {
    const batch = cases.slice(from, from + BATCH);
    const crowd = 2 * PAIRS + PEOPLE * batch.length;
    const house = await openHouse({ crowd, settings: { KEYVOUCH_LINKED_ACCOUNTS: linkedPairs(PAIRS) } });
    try {
      for (const { id } of [people.mara, people.jonas, people.viktor]) await house.teams.install(id);
      const room = createRoom(house, PAIRS);
      for (const [at, one] of batch.entries()) {
        const tries = order.quick ? TRIES.filter((_, which) => which % 2 === (from + at) % 2) : TRIES;
        violations.push(...(await stopped(`${one.flow}, ${one.shape.name}`, () => playCase(room, one, tries))));
        tried += tries.length;
        counts[one.flow] = (counts[one.flow] ?? 0) + tries.length;
        if (order.control && violations.some((one) => !isStop(one))) return { tried, violations, counts };
      }
    } finally {
      await house.close();
    }
    progress(`approver: ${tried} tries, ${violations.length} wrong`);
  }
  return { tried, violations, counts };
}

serveLab(play);
