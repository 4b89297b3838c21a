import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ulid } from 'ulid';
import { Secret } from '../../../agent/protocol/secret';
import { type Storage } from '../../../bot/storage';
import { hasStep } from '../../../bot/tickets/plan';
import { type Flow, FLOWS, type Ticket } from '../../../bot/tickets/ticket';
import { allOf } from '../../../cards';
import { people } from '../../local/entra';
import { setPinOf } from '../../local/play/key-pin';
import { type Effort, type Finding, type Proof } from '../proof';
import { buildUnguarded } from '../rig/apps';
import { type Guard } from '../rig/guard-out';
import { type Rig, startRig } from '../rig/rig';
import { startSpread } from '../rig/spread';
import { truthOf } from '../rig/truth';
import { UNLIMITED } from '../rig/unlimited';
import { createDice, type Dice } from '../seed';
import { type Burst, wrongWith } from './burst';
import { askerOf, type Step, storyOf } from './cycles';
import { type Click, deliver } from './deliver';

const QUICK = 500;
const FULL = 100_000;
const CONTROL = 120;
const TIMES_AT_MOST = 10;
const READY_MS = 30_000;
const PROMISE = 'a click delivered 1 to 10 times at once, on two processes, decides once, in every flow';
const { sean, mara, jonas, suki } = people;
const PIN = new Secret('271828');
const deviceOf = ({ key }: Rig): string => `tcp:127.0.0.1:${key.port}`;

interface Stage {
  rig: Rig;
  storage: Storage;
  dice: Dice;
  /** Deliveries so far. */
  count: number;
  wrong: string[];
  byFlow: Record<string, number>;
}

interface Cycle {
  flow: Flow;
  id: string;
  /** Event counts at the last look. */
  seen: Map<string, number>;
  code: string;
}

/** What was recorded since the last look; a slow machine answers before it has recorded, so it is waited for. */
async function eventsSince({ storage }: Stage, cycle: Cycle, once: readonly string[]): Promise<Record<string, number>> {
  const end = Date.now() + READY_MS;
  for (;;) {
    const now = new Map<string, number>();
    for (const { kind } of await storage.tickets.audit(cycle.id)) now.set(kind, (now.get(kind) ?? 0) + 1);
    const since = Object.fromEntries([...now].map(([kind, count]) => [kind, count - (cycle.seen.get(kind) ?? 0)]));
    if (once.every((kind) => (since[kind] ?? 0) > 0) || Date.now() > end) {
      cycle.seen = now;
      return since;
    }
    await pause(100);
  }
}

const passesIn = ({ rig }: Stage): number =>
  rig.entra.counts()['POST /users/{id}/authentication/temporaryAccessPassMethods']?.effects ?? 0;

async function ticketOf({ storage }: Stage, { id }: Pick<Cycle, 'id'>): Promise<Ticket | undefined> {
  return (await storage.tickets.load(id))?.ticket;
}

/** Tickets of the cycle's request that are open, the cycle's own counted in any case. */
async function openOnes({ storage }: Stage, { id, flow }: Cycle): Promise<number> {
  const { items } = await storage.tickets.ofPerson(sean.id, { size: 20 });
  const all = await Promise.all(items.map((one) => storage.tickets.load(one)));
  const open = all.flatMap((one) =>
    one && one.ticket.flow === flow && ['waiting', 'approved'].includes(one.ticket.status) ? [one.ticket.id] : [],
  );
  return open.filter((one) => one !== id).length + 1;
}

/** Delivers one click several times at once, and looks at what became of it. */
async function burst(stage: Stage, cycle: Cycle, step: Step, click: Click): Promise<void> {
  const { rig, dice } = stage;
  const before = passesIn(stage);
  const times = 1 + dice.below(TIMES_AT_MOST);
  const answers = await deliver(rig.teams, step.person.id, click, { times, sameId: dice.below(2) === 0 });
  stage.count += times;
  stage.byFlow[cycle.flow] = (stage.byFlow[cycle.flow] ?? 0) + times;
  const events = await eventsSince(stage, cycle, step.once);
  const now = await ticketOf(stage, cycle);
  const facts: Burst = {
    verb: step.verb,
    times,
    answers,
    events,
    once: step.once,
    ticketsNow: await openOnes(stage, cycle),
    passesMade: passesIn(stage) - before,
    ticket: { approvals: now?.approvals ?? [], vouchTries: now?.vouchTries ?? 0 },
  };
  stage.wrong.push(...wrongWith(facts).map((what) => `${cycle.flow}: ${what}`));
  if (step.verb === 'approve') cycle.code = answers.find(({ letters }) => letters !== undefined)?.letters ?? '';
  if (step.verb === 'approve' && cycle.code === '' && now?.rule.vouch) cycle.code = await readAgain(stage, cycle);
}

/** The code as its approver asks for it once more, where the answer came too late to hold it. */
async function readAgain({ rig }: Stage, { id }: Cycle): Promise<string> {
  const click = { verb: 'show-vouch-code', ticket: id, nonce: ulid() };
  const [answer] = await deliver(rig.teams, mara.id, click, { times: 1, sameId: false });
  return answer?.letters ?? '';
}

/** The button of a step as the ticket's card has it now. */
async function clickOf(stage: Stage, cycle: Cycle, { verb, inputs = {}, ready, code }: Step): Promise<Click> {
  const end = Date.now() + READY_MS;
  let now = await ticketOf(stage, cycle);
  while (ready && !(now && ready(now)) && Date.now() < end) {
    await pause(100);
    now = await ticketOf(stage, cycle);
  }
  const spoken = cycle.code.replace(/\s/g, '');
  const typed = code === 'true' ? spoken : spoken === '000000' ? '111111' : '000000';
  return { verb, ticket: cycle.id, nonce: `v${now?.version ?? 0}`, ...inputs, ...(code && { code: typed }) };
}

/** What a flow needs its subject to have. */
async function equip({ rig }: Stage, flow: Flow): Promise<void> {
  if (flow !== 'spare-key' && !hasStep({ flow }, 'remove')) return;
  if (rig.entra.view(sean.id).passkeys.some(({ alive }) => alive)) return;
  const added = await rig.entra.enrol(sean.upn, { device: deviceOf(rig), pin: PIN }, 'An old key');
  if (!added.ok) throw new Error(`no key to lose: ${added.reason}`);
}

/** One ticket from its request to its end, each click many times. */
async function playCycle(stage: Stage, flow: Flow): Promise<void> {
  const { storage, dice } = stage;
  const cycle: Cycle = { flow, id: ulid(), seen: new Map(), code: '' };
  const asker = askerOf(flow);
  const ask: Click = {
    ...{ verb: 'send-request', what: flow, nonce: cycle.id, reason: 'I need this to sign in.' },
    ...(asker === sean ? { subject: 'me' } : { subject: 'other', person: sean.upn }),
    ...(hasStep({ flow }, 'remove') && { passkeys: allOf(sean.id) }),
  };
  await burst(stage, cycle, { person: asker, verb: 'send-request', once: ['opened'] }, ask);
  if (!(await ticketOf(stage, cycle))) throw new Error(`${flow}: no ticket was opened`);
  for (const step of storyOf(flow, dice)) await burst(stage, cycle, step, await clickOf(stage, cycle, step));
  await over(stage, cycle);
  stage.wrong.push(...(await storage.tickets.verifyAudit(cycle.id)).map((why) => `audit of ${cycle.id}: ${why}`));
}

/** Until nothing of it is open any more: the next ticket of the same kind would not be opened before. */
async function over(stage: Stage, cycle: Cycle): Promise<void> {
  const end = Date.now() + READY_MS;
  while (Date.now() < end) {
    const status = (await ticketOf(stage, cycle))?.status;
    if (status !== 'waiting' && status !== 'approved' && status !== 'frozen') return;
    await pause(50);
  }
  const stuck = await ticketOf(stage, cycle);
  throw new Error(
    `${cycle.flow} comes to no end: ${stuck?.status ?? 'gone'}, ${stuck?.parked?.code ?? 'nothing parked'}`,
  );
}

/** A workstation of Sean's, to which jobs can be given. */
async function addWorkstation({ storage }: Stage): Promise<void> {
  const now = new Date().toISOString();
  await storage.workstations.put({
    ...{ id: 'ws-duplicate', person: sean.id, kind: 'own', name: 'a laptop', state: 'active' },
    ...{ publicJwk: '{}', thumbprint: 'none', pairedAt: now, confirmedAt: now },
  });
}

async function measure({ seed, progress }: Effort, entry: string, count: number): Promise<Finding> {
  const cast = [sean, mara, jonas, suki];
  const rig = await startRig({ entry, installed: cast.map(({ id }) => id), settings: UNLIMITED });
  const second = await rig.secondHost();
  await Promise.all([rig.host.start(), second.start()]);
  const spread = await startSpread([rig.host.url, second.url]);
  rig.teams.setBotUrl(`${spread.url}/api/messages`);
  const dice = createDice(seed);
  const stage: Stage = { rig, storage: await truthOf(rig), dice, count: 0, wrong: [], byFlow: {} };
  let cycles = 0;
  try {
    for (const person of cast) await rig.teams.install(person.id);
    await addWorkstation(stage);
    await setPinOf(deviceOf(rig), PIN);
    while (stage.count < count) {
      const flow = FLOWS[cycles % FLOWS.length] ?? 'onboarding';
      await equip(stage, flow);
      await playCycle(stage, flow);
      cycles += 1;
      // Old chats make every look longer.
      rig.teams.clear();
      rig.teams.clearTraffic();
      if (cycles % 20 === 0) progress(`${stage.count} deliveries, ${stage.wrong.length} wrong`);
    }
  } catch (error) {
    stage.wrong.push(`the play came to a stop: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await spread.close();
    await second.kill();
    await rig.close();
  }
  const flows = Object.keys(stage.byFlow).length;
  return {
    id: 'duplicate',
    promise: PROMISE,
    figure: `${stage.count} deliveries in ${cycles} tickets of ${flows} flows on 2 processes: ${stage.wrong.length} counted wrongly`,
    goal: `0 of 100,000 (quick: ${QUICK})`,
    holds: stage.wrong.length === 0,
    violations: stage.wrong,
    facts: { deliveries: stage.count, tickets: cycles, byFlow: stage.byFlow },
  };
}

/** The command's id, by which the same click is known again: here every delivery is a click of its own. */
const COMMAND_ID: Guard = {
  file: 'bot/tickets/ids.ts',
  instead: (source) =>
    source.replace(
      "return [ticket, nonce, verb, actor].join('~');",
      "return [ticket, nonce, verb, actor, Math.random()].join('~');",
    ),
};

async function withoutGuard(effort: Effort): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-control-'));
  try {
    const finding = await measure(effort, await buildUnguarded(folder, COMMAND_ID), CONTROL);
    return { ...finding, figure: `${finding.figure}, without the command's id` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const duplicate: Proof = {
  id: 'duplicate',
  run: (effort) => measure(effort, effort.entry, effort.quick ? QUICK : FULL),
  withoutGuard,
};
