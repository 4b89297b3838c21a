import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people } from '../../local/entra';
import { lettersOf, newestAbout, newestWith, offers, ticketsOn } from '../../local/play/reading';
import { type Storage } from '../../../bot/storage';
import { type TicketId } from '../../../bot/tickets/ids';
import { type Effort, type Finding, type Proof } from '../proof';
import { buildUnguarded } from '../rig/apps';
import { type Guard } from '../rig/guard-out';
import { type Rig, startRig } from '../rig/rig';
import { startSpread } from '../rig/spread';
import { truthOf } from '../rig/truth';
import { createDice, type Dice } from '../seed';
import { type Burst, wrongWith } from './burst';

const QUICK = 300;
const FULL = 100_000;
const CONTROL = 120;
const TIMES_AT_MOST = 10;
const PROMISE = 'a click delivered 1 to 10 times at once, on two processes, decides once';
const { sean, mara, jonas } = people;

interface Stage {
  rig: Rig;
  storage: Storage;
  dice: Dice;
  /** Deliveries so far. */
  count: number;
  wrong: string[];
}

interface Cycle {
  ticket?: { id: TicketId; number: string };
  /** Event counts at the last look. */
  seen: Map<string, number>;
}

async function eventsSince(stage: Stage, cycle: Cycle): Promise<Record<string, number>> {
  const records = cycle.ticket ? await stage.storage.tickets.audit(cycle.ticket.id) : [];
  const now = new Map<string, number>();
  for (const { kind } of records) now.set(kind, (now.get(kind) ?? 0) + 1);
  const since = Object.fromEntries([...now].map(([kind, count]) => [kind, count - (cycle.seen.get(kind) ?? 0)]));
  cycle.seen = now;
  return since;
}

const passesIn = ({ rig }: Stage): number =>
  rig.entra.effects().filter(({ method, path }) => method === 'POST' && path.endsWith('/temporaryAccessPassMethods'))
    .length;

/** Delivers one click several times at once, and looks at what became of it. @returns what an answer showed in large letters */
async function burst(
  stage: Stage,
  cycle: Cycle,
  click: { person: { id: string }; verb: string; inputs?: Record<string, unknown>; once: readonly string[] },
): Promise<string | undefined> {
  const { rig, storage, dice } = stage;
  const { person, verb, inputs = {}, once } = click;
  const found = newestWith(rig.teams, person.id, verb);
  if (!found) throw new Error(`nobody offers "${verb}" to ${rig.teams.person(person.id).name}`);
  const before = passesIn(stage);
  const times = 1 + dice.below(TIMES_AT_MOST);
  const { all } = await rig.teams.click(person.id, found.message.id, verb, inputs, {
    times,
    sameId: dice.below(2) === 0,
  });
  stage.count += times;
  const cards = all.flatMap((answer) => (answer.kind === 'card' ? [answer.card] : []));
  if (!cycle.ticket) {
    const number = cards.flatMap(ticketsOn)[0];
    const id = number && (await storage.tickets.find(number));
    if (number && id) cycle.ticket = { id, number };
  }
  const { items } = await storage.tickets.ofPerson(sean.id, { size: 100 });
  const open = await Promise.all(items.map((id) => storage.tickets.load(id)));
  const mine = open.flatMap((one) => (one && ['waiting', 'approved'].includes(one.ticket.status) ? [one.ticket] : []));
  const now = cycle.ticket && (await storage.tickets.load(cycle.ticket.id))?.ticket;
  const letters = all.map((answer) => (answer.kind === 'card' ? lettersOf(answer.card) : undefined));
  const facts: Burst = {
    verb,
    times,
    answers: all.map((answer, at) => ({
      status: answer.kind === 'card' ? 200 : answer.delivery.status === 200 ? 0 : answer.delivery.status,
      ...(letters[at] !== undefined && { letters: letters[at] }),
    })),
    events: await eventsSince(stage, cycle),
    once,
    // A ticket that this very click has ended is still one.
    ticketsNow: mine.length + (mine.some(({ id }) => id === cycle.ticket?.id) ? 0 : 1),
    passesMade: passesIn(stage) - before,
    ticket: { approvals: now?.approvals ?? [], vouchTries: now?.vouchTries ?? 0 },
  };
  stage.wrong.push(...wrongWith(facts));
  return letters.find((text) => text !== undefined);
}

/** The newest card of the ticket offers this, for whoever is to press it; who has none types the ticket's number. */
async function offered({ rig }: Stage, person: string, number: string, verb: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const card = newestAbout(rig.teams, person, number);
    if (card && offers(card, verb)) return;
    await rig.teams.say(person, number);
  }
  throw new Error(`"${verb}" is not offered for ${number}`);
}

/** One ticket from its request to its end, each click many times. */
async function cycle(stage: Stage): Promise<void> {
  const { rig, dice, storage } = stage;
  const { teams } = rig;
  const run: Cycle = { seen: new Map() };
  await teams.say(sean.id, 'hi');
  await teams.click(sean.id, 'latest', 'ask');
  const inputs = { reason: 'My first day: I need a key to sign in.' };
  await burst(stage, run, { person: sean, verb: 'send-request', inputs, once: ['opened'] });
  if (!run.ticket) throw new Error('no ticket was opened');
  const { id, number } = run.ticket;
  await offered(stage, mara.id, number, 'approve');
  if (dice.below(4) === 0) {
    await burst(stage, run, { person: mara, verb: 'deny', inputs: { denial: 'Not one of mine.' }, once: ['denied'] });
    return;
  }
  const approval = { person: mara, verb: 'approve', inputs: { how: 'video' }, once: ['approved', 'decided'] };
  const code = (await burst(stage, run, approval))?.replace(/\s/g, '') ?? '';
  const subject = async (verb: string, once: readonly string[], more: Record<string, unknown> = {}) => {
    await offered(stage, sean.id, number, verb);
    await burst(stage, run, { person: sean, verb, inputs: more, once });
  };
  await subject('choose-pass', ['way-chosen']);
  await subject('vouch', ['vouch-refused'], { code: code === '000000' ? '111111' : '000000' });
  await subject('vouch', ['vouched'], { code });
  await subject('prepare-show', ['show-prepared']);
  await subject('show', ['pass-started', 'pass-issued']);
  await offered(stage, jonas.id, number, 'cancel');
  await burst(stage, run, { person: jonas, verb: 'cancel', once: ['cancelled'] });
  stage.wrong.push(...(await storage.tickets.verifyAudit(id)).map((why) => `audit of ${number}: ${why}`));
}

async function measure({ seed, progress }: Effort, entry: string, count: number): Promise<Finding> {
  const rig = await startRig({ entry, installed: [sean.id, mara.id, jonas.id] });
  const second = await rig.secondHost();
  await Promise.all([rig.host.start(), second.start()]);
  const spread = await startSpread([rig.host.url, second.url]);
  rig.teams.setBotUrl(`${spread.url}/api/messages`);
  const stage: Stage = { rig, storage: await truthOf(rig), dice: createDice(seed), count: 0, wrong: [] };
  let cycles = 0;
  try {
    for (const person of [sean, mara, jonas]) await rig.teams.install(person.id);
    while (stage.count < count) {
      await cycle(stage);
      cycles += 1;
      // Old chats make every look longer.
      rig.teams.clear();
      if (cycles % 20 === 0) progress(`${stage.count} deliveries, ${stage.wrong.length} wrong`);
    }
  } catch (error) {
    stage.wrong.push(`the play came to a stop: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await spread.close();
    await second.kill();
    await rig.close();
  }
  return {
    id: 'duplicate',
    promise: PROMISE,
    figure: `${stage.count} deliveries in ${cycles} tickets on 2 processes: ${stage.wrong.length} counted wrongly`,
    goal: '0 of 100,000 (quick: 300)',
    holds: stage.wrong.length === 0,
    violations: stage.wrong,
    facts: { deliveries: stage.count, tickets: cycles },
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
