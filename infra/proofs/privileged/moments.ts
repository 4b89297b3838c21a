import { hasStep } from '../../../bot/tickets/plan';
import { type Flow } from '../../../bot/tickets/ticket';
import { people } from '../../local/entra';
import { type Account } from '../rig/house/crowd';
import { differences, tracesOf } from '../rig/house/hands';
import { plainly, type Room } from '../rig/house/room';
import { approve, atWorkstation, click, vouchFor } from '../rig/house/walk';

/** Makes the subject more than ordinary, and takes that back. */
export interface Promotion {
  name: string;
  take(): void;
  leave(): void;
}

/** What was tried, and what came of it that must not have. */
export interface Tried {
  moment: string;
  count: number;
  wrong: string[];
}

const { mara } = people;

/** Whatever is done for a privileged subject: the tables, Entra and the workstation are looked at before and after. */
async function refusedAll(
  room: Room,
  moment: string,
  promotions: readonly Promotion[],
  ticket: string,
  attempt: () => Promise<unknown>,
  workstation?: string,
): Promise<Tried> {
  const wrong: string[] = [];
  const at = workstation === undefined ? [] : [workstation];
  for (const { name, take, leave } of promotions) {
    const before = await tracesOf(room.house, ticket, at);
    take();
    try {
      await attempt();
      await room.house.rest();
    } finally {
      leave();
    }
    const did = differences(before, await tracesOf(room.house, ticket, at));
    wrong.push(...did.map((what) => `${moment}, ${name}: ${what}`));
  }
  return { moment, count: promotions.length, wrong };
}

/** At the request: no ticket is opened. */
export async function atRequest(room: Room, flow: Flow, subject: Account, all: readonly Promotion[]): Promise<Tried> {
  await room.equip(flow, subject);
  const wrong: string[] = [];
  for (const { name, take, leave } of all) {
    take();
    const { id } = await room.ask(flow, plainly(flow, subject)).finally(leave);
    const opened = await room.house.processes[0].deps.tickets.load(id);
    if (opened) wrong.push(`request, ${name}: a ticket was opened`);
  }
  return { moment: 'request', count: all.length, wrong };
}

/** At the decision: nothing is recorded, and the approver reads no code. */
export function atDecision(room: Room, ticket: string, all: readonly Promotion[]): Promise<Tried> {
  const attempt = () => click(room, mara, ticket, 'approve', { how: 'video' });
  return refusedAll(room, 'decision', all, ticket, attempt);
}

/** Before a pass: it is neither prepared nor made. The ticket is vouched, and its way is the pass. */
export async function atThePass(room: Room, ticket: string, by: Account, all: readonly Promotion[]): Promise<Tried[]> {
  const prepare = () => click(room, by, ticket, 'prepare-show');
  const prepared = await refusedAll(room, 'prepare', all, ticket, prepare);
  const shown: Tried = { moment: 'show', count: 0, wrong: [] };
  for (const one of all) {
    // What was prepared holds for a minute.
    await prepare();
    const tried = await refusedAll(room, 'show', [one], ticket, () => click(room, by, ticket, 'show'));
    shown.count += 1;
    shown.wrong.push(...tried.wrong);
  }
  return [prepared, shown];
}

const madePasses = ({ house }: Room): number =>
  house.entra.counts()['POST /users/{id}/authentication/temporaryAccessPassMethods']?.effects ?? 0;
const registered = ({ house }: Room): number =>
  house.entra.counts()['POST /users/{id}/authentication/fido2Methods']?.effects ?? 0;
const removed = ({ house }: Room): number =>
  house.entra.counts()['DELETE /users/{id}/authentication/fido2Methods/{methodId}']?.effects ?? 0;

/** Promotes right after an event is recorded and before anything follows from it; counts what then happens to Entra. */
async function inBetween(
  room: Room,
  moment: string,
  promotion: Promotion,
  after: string,
  count: () => number,
  attempt: () => Promise<unknown>,
): Promise<Tried> {
  const before = count();
  const seen = { promoted: false };
  room.house.onCommit(({ events }) => {
    if (seen.promoted || !events.some(({ kind }) => kind === after)) return;
    seen.promoted = true;
    promotion.take();
  });
  try {
    await attempt();
    await room.house.rest();
  } finally {
    room.house.onCommit(undefined);
    promotion.leave();
  }
  const did = count() - before;
  const wrong = [
    ...(did === 0 ? [] : [`${moment}, ${promotion.name}: done ${did} times`]),
    ...(seen.promoted ? [] : [`${moment}, ${promotion.name}: it never came to "${after}"`]),
  ];
  return { moment, count: 1, wrong };
}

/** Promoted after the making of a pass was recorded, before it is made. */
export async function whilePassIsMade(room: Room, ticket: string, by: Account, one: Promotion): Promise<Tried> {
  await click(room, by, ticket, 'prepare-show');
  const show = () => click(room, by, ticket, 'show');
  return inBetween(room, 'between the record and the pass', one, 'pass-started', () => madePasses(room), show);
}

/** At the workstation: no job starts, none is given out, none begins, and nothing is registered. */
export async function atTheWorkstation(
  room: Room,
  ticket: string,
  by: Account,
  workstation: string,
  all: readonly Promotion[],
): Promise<Tried[]> {
  const { house } = room;
  const { workstations } = house.processes[0].deps;
  const start = () => click(room, by, ticket, 'start-job');
  const tried = [await refusedAll(room, 'start', all, ticket, start, workstation)];
  const [first] = all;
  const jobs = async (): Promise<number> => (await workstations.jobs(workstation)).length;
  if (first) {
    const before = await jobs();
    const offered = await inBetween(room, 'between the record and the job', first, 'job-offered', () => 0, start);
    const given = (await jobs()) - before;
    if (given > 0) offered.wrong.push(`between the record and the job, ${first.name}: ${given} jobs were given out`);
    tried.push(offered);
    // The job that was not given out lapses.
    await house.pass(11 * 60);
  }
  const { letters: number = '' } = await start();
  const { job } = await room.ticket(ticket);
  const agent = atWorkstation(house, workstation);
  const [jws = ''] = await agent.jobs();
  if (!job || jws === '') throw new Error('no job was given out');
  const begin = () => agent.begin(job.id, number).catch(() => undefined);
  tried.push(await refusedAll(room, 'begin', all, ticket, begin, workstation));
  const challenge = await agent.begin(job.id, number);
  // Where a key is erased first, that is what was begun.
  if (first && challenge !== '') {
    const bring = () => agent.bring(job.id, jws, challenge).catch(() => undefined);
    const what = 'between the key’s making and its registration';
    tried.push(await inBetween(room, what, first, 'key-made', () => registered(room), bring));
  }
  return tried;
}

/** A removal that was decided on is not done to an account that has become privileged since. */
export async function atTheRemoval(room: Room, flow: Flow, subject: Account, one: Promotion): Promise<Tried> {
  const ticket = await room.open(flow, plainly(flow, subject));
  const decide = async () => {
    await click(room, mara, ticket, 'approve', { how: 'video' });
    // Where nobody waits for a way in it goes at once; else after eight minutes.
    if (hasStep({ flow }, 'choose')) await room.house.pass(9 * 60);
  };
  const after = 'removal-due';
  return inBetween(room, 'between the decision and the removal', one, after, () => removed(room), decide);
}

/** The same clicks work for an ordinary person: what was refused was refused for what they held. */
export async function ordinary(room: Room, flow: Flow, subject: Account): Promise<string[]> {
  const ticket = await room.open(flow, plainly(flow, subject));
  const code = await approve(room, ticket, mara);
  if (!hasStep({ flow }, 'vouch')) {
    await room.house.pass(1);
    return (await room.ticket(ticket)).status === 'done' ? [] : ['nothing was done for an ordinary person either'];
  }
  await vouchFor(room, ticket, subject, code);
  if (!hasStep({ flow }, 'show')) return [];
  await click(room, subject, ticket, 'prepare-show');
  const { letters } = await click(room, subject, ticket, 'show');
  return letters === undefined ? ['no pass was shown to an ordinary person either'] : [];
}
