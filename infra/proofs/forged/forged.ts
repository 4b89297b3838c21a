import { setTimeout as pause } from 'node:timers/promises';
import { generateKeyPair } from 'jose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people } from '../../local/entra';
import { newestWith, ticketsOn } from '../../local/play/reading';
import { type CardAction } from '../../local/teams';
import { findAction } from '../../local/teams/card-actions';
import { executeActivity } from '../../local/teams/activities';
import { APP_ID } from '../../local/sandbox/product-settings';
import { type Effort, type Finding, type Proof } from '../proof';
import { buildUnguarded } from '../rig/apps';
import { type Guard } from '../rig/guard-out';
import { type Rig, startRig } from '../rig/rig';
import { dumpTable } from '../rig/table-dump';
import { truthOf } from '../rig/truth';
import { createDice, type Dice } from '../seed';
import { forge, type Forgery, KINDS, type Workshop } from './forgeries';
import { goodToken } from './good-token';
import { anyClick } from './lures';
import { knock, turnedAway } from './routes';

const QUICK = 500;
const FULL = 10_000;
const CONTROL = 60;
/** After so many forged activities, one request to another door. */
const KNOCK_EVERY = 2;
const REASON = 'My first day: I need a key to sign in.';
const PROMISE = 'nothing without a valid token of the Bot Connector, our tenant and our app has any effect';

/** A click that would do something if it were true, with its button's own data. */
interface Lure {
  person: string;
  message: string;
  action: CardAction;
  inputs: Readonly<Record<string, string>>;
}

function lureOf({ teams }: Rig, person: string, verb: string, inputs: Lure['inputs']): Lure {
  const found = newestWith(teams, person, verb);
  const placed = found && findAction(found.card, verb);
  if (!placed) throw new Error(`${teams.person(person).name} has no button "${verb}"`);
  return { person, message: found.message.id, action: placed.action, inputs };
}

/** In every second try a button that stood on a card; else any button at all, of anybody. */
function chooseLure(lures: readonly Lure[], dice: Dice, ticketId: string): Lure {
  if (dice.below(2) === 0) return dice.one(lures);
  const { verb, ...data } = anyClick(dice, ticketId);
  const { person, message } = dice.one(lures);
  return {
    person,
    message,
    action: { type: 'Action.Execute', verb, data: { verb, ...data }, withInputs: true },
    inputs: {},
  };
}

/** A ticket that waits for Mara, and a form that Sean could send: what a forger would want to press. */
async function layOut(rig: Rig): Promise<{ lures: Lure[]; ticket: string }> {
  const { teams } = rig;
  const [sean, mara, jonas] = [people.sean.id, people.mara.id, people.jonas.id];
  for (const person of [sean, mara, jonas]) await teams.install(person);
  await teams.click(sean, 'latest', 'ask');
  const sent = await teams.click(sean, 'latest', 'send-request', { reason: REASON });
  const ticket = sent.kind === 'card' ? ticketsOn(sent.card)[0] : undefined;
  if (ticket === undefined) throw new Error('no ticket was opened');
  await teams.waitFor(mara, ({ card }) => card !== undefined && ticketsOn(card).includes(ticket), 15_000);
  await teams.click(jonas, 'latest', 'ask');
  // What is still being done of the opening is not the forger's doing.
  await pause(2_000);
  const lures = [
    lureOf(rig, mara, 'approve', { how: 'video' }),
    lureOf(rig, mara, 'deny', { denial: 'Nobody of mine.' }),
    lureOf(rig, sean, 'cancel', {}),
    lureOf(rig, jonas, 'send-request', { reason: REASON }),
  ];
  return { lures, ticket };
}

/** What a forger could have changed: tickets, who is known, workstations; what Entra was made to do; what was posted. */
async function traces(rig: Rig): Promise<{ rows: string[]; effects: number; posts: number }> {
  const rows = await Promise.all(
    (['tickets', 'people', 'workstations'] as const).map((table) => dumpTable(rig, table)),
  );
  const posts = rig.teams.traffic().filter(({ way }) => way === 'from-bot').length;
  return { rows: rows.flat(), effects: rig.entra.effects().length, posts };
}

function activityOf(rig: Rig, { person, message, action, inputs }: Lure): Record<string, unknown> {
  const { serviceUrl, appName } = rig.teams;
  const frame = { serviceUrl, appId: APP_ID, appName, now: Date.now };
  return executeActivity(frame, rig.teams.person(person), message, action, { ...action.data, ...inputs }, 'manual');
}

const refusedStatus = (status: number | undefined): boolean => status === 401 || status === 403;

/** Sends one forged click. @returns what was wrong with the answer, if anything */
async function send(rig: Rig, lure: Lure, { kind, token, bend, must }: Forgery): Promise<string | undefined> {
  const activity = activityOf(rig, lure);
  const { status } = await rig.teams.send(bend ? bend(activity) : activity, token === undefined ? {} : { token });
  if (must === 'unauthorized' && !refusedStatus(status))
    return `${kind}: answered with ${status ?? 'nothing'}, not 401`;
  if (status === undefined || status >= 500) return `${kind}: answered with ${status ?? 'nothing'}`;
  return undefined;
}

/** Knocks at one of the other doors. @returns what was wrong with the answer, if anything */
async function knockOnce(rig: Rig, number: number, dice: Dice, ticketId: string): Promise<string | undefined> {
  const { route, method, path, headers = {}, body } = knock(number, dice, ticketId);
  const reply = await fetch(rig.host.url + path, { method, headers, ...(body !== undefined && { body }) });
  await reply.arrayBuffer();
  return turnedAway(reply.status) ? undefined : `${route}: ${method} was answered with ${reply.status}`;
}

async function workshopOf(rig: Rig, seed: number): Promise<Workshop> {
  const { privateKey } = await generateKeyPair('RS256');
  const publicKey = await (
    await fetch(rig.teams.bot.ToBotFromChannelOpenIdMetadataUrl.replace('/openid/', '/keys/'))
  ).text();
  const good = await goodToken(rig, people.sean.id);
  const { gael, oskar } = people;
  return { dice: createDice(seed), good, ownKey: privateKey, publicKey, guest: gael.id, disabled: oskar.id };
}

async function measure(
  { seed, progress }: Effort,
  entry: string,
  count: number,
  kinds: readonly string[],
): Promise<Finding> {
  const rig = await startRig({ entry, installed: [people.sean.id, people.mara.id, people.jonas.id] });
  try {
    await rig.host.start();
    const { lures, ticket } = await layOut(rig);
    const workshop = await workshopOf(rig, seed);
    const { tickets } = await truthOf(rig);
    const id = await tickets.find(ticket);
    const ticketId = id ?? '';
    const before = await traces(rig);
    const wrong: string[] = [];
    for (let number = 0; number < count; number += 1) {
      const kind = kinds[number % kinds.length] ?? 'none';
      const forgery = await forge(kind, workshop);
      const why = await send(rig, chooseLure(lures, workshop.dice, ticketId), forgery);
      if (why !== undefined) wrong.push(why);
      if (number % KNOCK_EVERY === 0) {
        const knocked = await knockOnce(rig, number / KNOCK_EVERY, workshop.dice, ticketId);
        if (knocked !== undefined) wrong.push(knocked);
      }
      if (number % 1000 === 999) progress(`${number + 1} forged requests`);
    }
    await pause(1_500);
    const after = await traces(rig);
    const known = new Set(before.rows);
    const changed = after.rows.filter((row) => !known.has(row));
    const status = id === undefined ? 'gone' : (await tickets.load(id))?.ticket.status;
    const knocks = Math.ceil(count / KNOCK_EVERY);
    const effects = [
      ...changed.map((row) => `a row was written: ${row.slice(0, 160)}`),
      ...(after.effects === before.effects ? [] : [`Entra was changed ${after.effects - before.effects} times`]),
      ...(after.posts === before.posts ? [] : [`${after.posts - before.posts} calls were made to Teams`]),
      ...(status === 'waiting' ? [] : [`the ticket is "${status ?? 'gone'}", not waiting`]),
    ];
    // The lures are real: a true click on the first of them works.
    const [lure] = lures;
    const real = lure && (await rig.teams.send(activityOf(rig, lure)));
    const decided = id === undefined ? undefined : (await tickets.load(id))?.ticket.status;
    const lureWorks = real?.status === 200 && decided === 'approved';
    const violations = [
      ...wrong,
      ...effects,
      ...(lureWorks || effects.length > 0 ? [] : ['a true click did not work either']),
    ];
    return {
      id: 'forged',
      promise: PROMISE,
      figure: `${count + knocks} forged requests (${count} activities of ${kinds.length} kinds, ${knocks} at other doors): ${wrong.length} answered wrongly, ${effects.length} effects`,
      goal: 'all refused, 0 effects',
      holds: violations.length === 0,
      violations,
      facts: { count, kinds, wrongAnswers: wrong.length, effects: effects.length },
    };
  } finally {
    await rig.close();
  }
}

/** Who may speak: without it guests and disabled accounts are served like anybody, and Entra is asked about them. */
const MEMBERS: Guard = {
  file: 'bot/service/member.ts',
  instead: `import { type Person } from '../entra';
import { type Viewer } from '../tickets/view';
import { type Deps } from './deps';
export interface Member extends Viewer { person: Person }
export async function memberOf(deps: Deps, id: string): Promise<Member> {
  const person = await deps.entra.people.get(id);
  return { id: person.id, name: person.displayName, helpdesk: true, person };
}
`,
};

async function withoutGuard(effort: Effort): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-control-'));
  try {
    const entry = await buildUnguarded(folder, MEMBERS);
    const finding = await measure(effort, entry, CONTROL, ['a guest', 'a disabled account']);
    return { ...finding, figure: `${finding.figure}, without ${MEMBERS.file}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const forged: Proof = {
  id: 'forged',
  run: (effort) => measure(effort, effort.entry, effort.quick ? QUICK : FULL, KINDS),
  withoutGuard,
};
