import { setTimeout as pause } from 'node:timers/promises';
import { ulid } from 'ulid';
import { type Storage } from '../../../bot/storage';
import { type TicketEvent } from '../../../bot/tickets/events';
import { type Flow, FLOWS, type Ticket } from '../../../bot/tickets/ticket';
import { askedApprovers } from '../../../bot/tickets/view';
import { people } from '../../local/entra';
import { type Answer, type Click, deliver } from '../duplicate/deliver';
import { type Effort } from '../proof';
import { type LabReport } from '../rig/lab-order';
import { ownCardSays } from '../rig/own-cards';
import { type Rig, startRig } from '../rig/rig';
import { startSpread } from '../rig/spread';
import { truthOf } from '../rig/truth';
import { UNLIMITED } from '../rig/unlimited';
import { createDice, type Dice } from '../seed';
import { historyWrongs } from './model';

/** The sample on Azurite: three people press at once, through two processes of the product, and nothing is gated. */

const QUICK = 6;
const FULL = 60;
const READY_MS = 30_000;
/** An approver's card follows once the code has stood on it for 45 s. */
const CARDS_AGREE_MS = 75_000;
/** How long one of the three hesitates: a denial and an approval look into the directory first, a cancelling does not. */
const HESITATE_MS = [0, 0, 400, 1_500] as const;
const { sean, mara, petra, jonas } = people;
const RACED: readonly Flow[] = ['onboarding', 'pass'];

const RULE = {
  circles: [[{ kind: 'manager' }, { kind: 'person', id: petra.id }], [{ kind: 'person', id: jonas.id }]],
  ...{ needed: 1, remindAfter: 60, widenAfter: 120, expireAfter: 600, useWithin: 600 },
};
const SETTINGS = {
  ...UNLIMITED,
  KEYVOUCH_RULES: JSON.stringify(Object.fromEntries(FLOWS.map((flow) => [flow, RULE]))),
};

interface Scene {
  rig: Rig;
  storage: Storage;
  dice: Dice;
}

async function load({ storage }: Scene, id: string): Promise<Ticket | undefined> {
  return (await storage.tickets.load(id))?.ticket;
}

/** Looks until it is so, or time is up. @returns whether it came to be so */
async function until(so: () => Promise<boolean> | boolean, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(100)) if (await so()) return true;
  return so();
}

async function press({ rig, dice }: Scene, person: { id: string }, click: Click): Promise<Answer[]> {
  await pause(dice.one(HESITATE_MS));
  return deliver(rig.teams, person.id, click, { times: 1 + dice.below(2), sameId: true });
}

/** A request whose approvers have their cards. */
async function openOne(scene: Scene, flow: Flow): Promise<Ticket> {
  const id = ulid();
  const ask = { verb: 'send-request', what: flow, nonce: id, subject: 'me', reason: 'I need this to sign in.' };
  await deliver(scene.rig.teams, sean.id, ask, { times: 1, sameId: true });
  const ready = async (): Promise<boolean> => {
    const ticket = await load(scene, id);
    if (!ticket || askedApprovers(ticket).length < 2) return false;
    return [mara, petra].every((one) => ownCardSays(scene.rig.teams, one.id, ticket.shortId) !== undefined);
  };
  const opened = await until(ready, READY_MS);
  const ticket = await load(scene, id);
  if (!opened || !ticket) throw new Error(`${flow}: the approvers got no cards`);
  return ticket;
}

/** What the history of a ticket shows to be wrong, judged by the model of the seeded races. */
async function historyOf({ storage }: Scene, { id, rule }: Ticket): Promise<{ kinds: string[]; wrong: string[] }> {
  const records = await storage.tickets.audit(id);
  const events = records.map(
    ({ at, kind, data, personal }) => ({ ...data, ...personal, at, kind }) as unknown as TicketEvent,
  );
  const broken = await storage.tickets.verifyAudit(id);
  const wrong = [...historyWrongs(events, rule), ...broken.map((why) => `audit: ${why}`)];
  return { kinds: events.map(({ kind }) => kind), wrong };
}

/** Approve, deny and cancel at the same moment. */
async function raceOne(scene: Scene, flow: Flow): Promise<{ ticket: Ticket; outcome: string; wrong: string[] }> {
  const { id, version } = await openOne(scene, flow);
  const click = { ticket: id, nonce: `v${version}` };
  const [approved, denied, cancelled] = await Promise.all([
    press(scene, mara, { ...click, verb: 'approve', how: 'video' }),
    press(scene, petra, { ...click, verb: 'deny', denial: 'Nobody of mine.' }),
    press(scene, sean, { ...click, verb: 'cancel' }),
  ]);
  await until(async () => (await load(scene, id))?.status !== 'waiting', READY_MS);
  const raced = await load(scene, id);
  if (!raced) throw new Error('the ticket is gone');
  if (raced.status === 'approved') await press(scene, sean, { verb: 'cancel', ticket: id, nonce: `v${raced.version}` });
  const ticket = (await load(scene, id)) ?? raced;
  const { kinds, wrong } = await historyOf(scene, ticket);
  const unanswered = [...approved, ...denied, ...cancelled].filter(({ fault }) => fault !== undefined).length;
  const coded = approved.some(({ letters }) => letters !== undefined) && !kinds.includes('approved');
  return {
    ticket,
    outcome: raced.status,
    wrong: [
      ...wrong,
      ...(unanswered === 0 ? [] : [`${unanswered} clicks had no good answer`]),
      ...(coded ? ['a code was shown to one who did not approve'] : []),
      ...(kinds.includes('denied') && kinds.includes('decided') ? ['approved and denied'] : []),
    ],
  };
}

/** Everybody's own card says how it ended: waited for, because a code may stand on one for a while. */
async function disagreeing({ rig }: Scene, { shortId, status }: Ticket, end: number): Promise<string[]> {
  const all = Object.entries({ sean, mara, petra });
  const wrong = () =>
    all.flatMap(([name, { id }]) => {
      const says = ownCardSays(rig.teams, id, shortId);
      return says === status ? [] : [`${name}'s card says ${says ?? 'nothing'}, and it is ${status}`];
    });
  await until(() => wrong().length === 0, end - Date.now());
  return wrong();
}

/** Races on two processes over one Azurite, with the product as it is deployed. */
export async function raceOnAzurite({ entry, quick, seed, progress }: Effort): Promise<LabReport> {
  const cast = [sean, mara, petra, jonas];
  const rig = await startRig({ entry, installed: cast.map(({ id }) => id), settings: SETTINGS });
  const second = await rig.secondHost();
  const violations: string[] = [];
  const counts: Record<string, number> = {};
  const tickets: Ticket[] = [];
  try {
    await Promise.all([rig.host.start(), second.start()]);
    const spread = await startSpread([rig.host.url, second.url]);
    try {
      rig.teams.setBotUrl(`${spread.url}/api/messages`);
      for (const { id } of cast) await rig.teams.install(id);
      const scene: Scene = { rig, storage: await truthOf(rig), dice: createDice(seed) };
      for (let number = 0; number < (quick ? QUICK : FULL); number += 1) {
        const flow = RACED[number % RACED.length] ?? 'pass';
        const { ticket, outcome, wrong } = await raceOne(scene, flow);
        tickets.push(ticket);
        counts[outcome] = (counts[outcome] ?? 0) + 1;
        violations.push(...wrong.map((why) => `on Azurite, ${flow}, race ${number}: ${why}`));
      }
      progress(`race: ${tickets.length} races on Azurite, ${violations.length} wrong; now their cards`);
      const end = Date.now() + CARDS_AGREE_MS;
      for (const ticket of tickets) {
        const wrong = await disagreeing(scene, ticket, end);
        violations.push(...wrong.map((why) => `on Azurite, ${ticket.flow}: ${why}`));
      }
    } finally {
      await spread.close();
    }
  } catch (error) {
    violations.push(`on Azurite the play came to a stop: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await second.kill();
    await rig.close();
  }
  return { tried: tickets.length, violations, counts };
}
