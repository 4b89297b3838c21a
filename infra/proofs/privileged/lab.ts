import { hasStep } from '../../../bot/tickets/plan';
import { FLOWS, type Flow } from '../../../bot/tickets/ticket';
import { people } from '../../local/entra';
import { type Account } from '../rig/house/crowd';
import { type House, openHouse } from '../rig/house/house';
import { createRoom, plainly, type Room } from '../rig/house/room';
import { approve, vouchFor } from '../rig/house/walk';
import { type LabOrder, type LabReport } from '../rig/lab-order';
import { isStop, serveLab, stopped } from '../rig/serve-lab';
import { createDice, type Dice } from '../seed';
import {
  atDecision,
  atRequest,
  atTheRemoval,
  atThePass,
  atTheWorkstation,
  ordinary,
  type Promotion,
  type Tried,
  whilePassIsMade,
} from './moments';
import { PRIVILEGED_ROLES } from './roles';
import { EMERGENCY_UPN, OTHER_WAYS, ROLE_WAYS, type Way, withRoleGroups } from './ways';

/** The worker of the proof `privileged`: every role by every way to hold it, in every flow, at every moment. */

interface Holding {
  name: string;
  way: Way;
  role: string;
}

const ALL: readonly Holding[] = [
  ...OTHER_WAYS.map((way) => ({ name: way.name, way, role: '' })),
  ...ROLE_WAYS.flatMap((way) =>
    Object.entries(PRIVILEGED_ROLES).map(([role, id]) => ({ name: `${role}, ${way.name}`, way, role: id })),
  ),
];
/** Promotions of one subject: what was prepared holds for a minute, and all of them are tried in it. */
const CHUNK = 12;
/** Accounts that a chunk needs in one flow. */
const PEOPLE = 5;
const HOUSE_CHUNKS = 12;

const promotionsOf = (house: House, account: Account, some: readonly Holding[]): Promotion[] =>
  some.map(({ name, way, role }) => ({
    name,
    take: () => way.take(house, account, role),
    leave: () => way.leave(house, account, role),
  }));

async function decidedFor(room: Room, flow: Flow, subject: Account): Promise<{ ticket: string; code: string }> {
  const ticket = await room.open(flow, plainly(flow, subject));
  return { ticket, code: await approve(room, ticket, people.mara) };
}

async function playChunk(
  room: Room,
  flow: Flow,
  some: readonly Holding[],
  note: (tried: Tried) => void,
): Promise<void> {
  const { house } = room;
  const asker = room.somebody();
  note(await atRequest(room, flow, asker, promotionsOf(house, asker, some)));

  const subject = room.somebody();
  const all = promotionsOf(house, subject, some);
  const ticket = await room.open(flow, plainly(flow, subject));
  note(await atDecision(room, ticket, all));
  if (hasStep({ flow }, 'show')) {
    await vouchFor(room, ticket, subject, await approve(room, ticket, people.mara));
    for (const tried of await atThePass(room, ticket, subject, all)) note(tried);
    for (const one of all.slice(0, 2)) note(await whilePassIsMade(room, ticket, subject, one));
  }
  if (hasStep({ flow }, 'register')) {
    const worker = room.somebody();
    const workstation = await room.workstation(worker);
    const { ticket: other, code } = await decidedFor(room, flow, worker);
    await vouchFor(room, other, worker, code, 'choose-workstation');
    const promotions = promotionsOf(house, worker, some);
    for (const tried of await atTheWorkstation(room, other, worker, workstation, promotions)) note(tried);
  }
  // What was on a locked key goes only once that key was erased.
  if (hasStep({ flow }, 'remove') && !hasStep({ flow }, 'diagnose')) {
    const loser = room.somebody();
    const [one] = promotionsOf(house, loser, some);
    if (one) note(await atTheRemoval(room, flow, loser, one));
  }
}

interface Chunk {
  flow: Flow;
  some: readonly Holding[];
}

/** Quick: each way and each role at least once, in some flow; else all in all flows. */
function chunksOf({ quick, control, seed, share, of }: LabOrder): Chunk[] {
  const dice = createDice(seed);
  const pieces = quick || control ? quickPieces(dice) : FLOWS.flatMap((flow) => pieced(dice.shuffled(ALL), flow));
  return pieces.filter(({ some }) => some.length > 0).filter((_, at) => at % of === share);
}

function pieced(holdings: readonly Holding[], flow: Flow): Chunk[] {
  const count = Math.ceil(holdings.length / CHUNK);
  return Array.from({ length: count }, (_, at) => ({ flow, some: holdings.slice(at * CHUNK, (at + 1) * CHUNK) }));
}

function quickPieces(dice: Dice): Chunk[] {
  const roles = dice.shuffled(Object.entries(PRIVILEGED_ROLES));
  const some = roles.flatMap(([role], at) => {
    const way = ROLE_WAYS[at % ROLE_WAYS.length];
    return ALL.filter((one) => one.way === way && one.name.startsWith(`${role}, `)).slice(0, 1);
  });
  const all = dice.shuffled([...ALL.filter(({ role }) => role === ''), ...some]);
  return FLOWS.map((flow, at) => ({ flow, some: all.filter((_, which) => which % FLOWS.length === at) }));
}

async function play(order: LabOrder, progress: (text: string) => void): Promise<LabReport> {
  const chunks = chunksOf(order);
  const violations: string[] = [];
  const counts: Record<string, number> = {};
  let tried = 0;
  for (let from = 0; from < chunks.length; from += HOUSE_CHUNKS) {
    const batch = chunks.slice(from, from + HOUSE_CHUNKS);
    const house = await openHouse({
      crowd: PEOPLE * batch.length + FLOWS.length,
      more: withRoleGroups,
      settings: { KEYVOUCH_EMERGENCY_ACCOUNTS: EMERGENCY_UPN },
    });
    try {
      for (const { id } of [people.mara, people.jonas]) await house.teams.install(id);
      const room = createRoom(house);
      for (const { flow, some } of batch) {
        const note = ({ moment, count, wrong }: Tried): void => {
          tried += count;
          counts[moment] = (counts[moment] ?? 0) + count;
          violations.push(...wrong.map((what) => `${flow}, ${what}`));
        };
        violations.push(...(await stopped(flow, () => playChunk(room, flow, some, note).then(() => []))));
        progress(`privileged: ${tried} tries, ${violations.length} wrong (${flow})`);
        if (order.control && violations.some((one) => !isStop(one))) return { tried, violations, counts };
      }
      for (const flow of new Set(batch.map((one) => one.flow)))
        violations.push(...(await stopped(flow, () => ordinary(room, flow, room.somebody()))));
    } finally {
      await house.close();
    }
  }
  return { tried, violations, counts };
}

serveLab(play);
