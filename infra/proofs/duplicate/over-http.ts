import { setTimeout as pause } from 'node:timers/promises';
import { ulid } from 'ulid';
import { Secret } from '../../../agent/protocol/secret';
import { isClearing } from '../../../bot/tickets/complete';
import { hasStep } from '../../../bot/tickets/plan';
import { type Flow, FLOWS } from '../../../bot/tickets/ticket';
import { allOf } from '../../../cards';
import { people } from '../../local/entra';
import { setPinOf } from '../../local/play/key-pin';
import { type Effort } from '../proof';
import { type LabReport } from '../rig/lab-order';
import { type Rig, startRig } from '../rig/rig';
import { startSpread } from '../rig/spread';
import { truthOf } from '../rig/truth';
import { UNLIMITED } from '../rig/unlimited';
import { createDice } from '../seed';
import { deliver } from './deliver';
import { playStory, type Stage } from './play';
import { type Role } from './stories';

/** The sample over HTTP: the built app twice over one Azurite, and the bot's door as Teams uses it. */

const QUICK = 200;
const FULL = 2_000;
const WAIT_MS = 100;
const WAITS_AT_MOST = 300;
const { sean, mara, jonas, suki } = people;
const CAST: Readonly<Record<Role, { id: string }>> = {
  subject: sean,
  approver: mara,
  helpdesk: jonas,
  colleague: suki,
};
const PIN = new Secret('271828');
const deviceOf = ({ key }: Rig): string => `tcp:127.0.0.1:${key.port}`;

/** Whether a removal of a ticket before has not come to its end. */
function isStillClearing(stage: Stage): Promise<boolean> {
  return stage.read(async (tickets) => {
    const { items } = await tickets.ofPerson(sean.id, { size: 5 });
    const all = await Promise.all(items.map((one) => tickets.load(one)));
    return all.some((one) => one && isClearing(one.ticket));
  });
}

/** What a flow needs its subject to have: a key that stays, once those of tickets before are gone. */
async function equip(rig: Rig, stage: Stage, flow: Flow): Promise<void> {
  if (flow !== 'spare-key' && !hasStep({ flow }, 'remove')) return;
  for (let waits = 0; waits < WAITS_AT_MOST && (await isStillClearing(stage)); waits += 1) await stage.wait();
  if (rig.entra.view(sean.id).passkeys.some(({ alive }) => alive)) return;
  const added = await rig.entra.enrol(sean.upn, { device: deviceOf(rig), pin: PIN }, 'An old key');
  if (!added.ok) throw new Error(`no key to lose: ${added.reason}`);
}

async function stageOverHttp(rig: Rig, dice: ReturnType<typeof createDice>): Promise<Stage> {
  const { tickets, workstations } = await truthOf(rig);
  const now = new Date().toISOString();
  await workstations.put({
    ...{ id: 'ws-duplicate', person: sean.id, kind: 'own', name: 'a laptop', state: 'active' },
    ...{ publicJwk: '{}', thumbprint: 'none', pairedAt: now, confirmedAt: now },
  });
  const send = (who: Role, click: Parameters<typeof deliver>[2], times: number) =>
    deliver(rig.teams, CAST[who].id, click, { times, sameId: dice.below(2) === 0 });
  return {
    subject: sean,
    newId: () => ulid(),
    ask: (who, flow, id, times) => {
      const about = who === 'subject' ? { subject: 'me' } : { subject: 'other', person: sean.upn };
      const keys = hasStep({ flow }, 'remove') && { passkeys: allOf(sean.id) };
      const form = { what: flow, nonce: id, reason: 'I need this to sign in.', ...about, ...keys };
      return send(who, { verb: 'send-request', ...form }, times);
    },
    press: ({ who, verb, ticket, nonce, how, text, code }, times) => {
      const inputs = { how, code, [verb === 'deny' ? 'denial' : 'comment']: text };
      return send(who, { verb, ticket, nonce, ...inputs }, times);
    },
    read: (work) => work(tickets),
    passesMade: () => rig.entra.counts()['POST /users/{id}/authentication/temporaryAccessPassMethods']?.effects ?? 0,
    wait: () => pause(WAIT_MS),
    waitsAtMost: WAITS_AT_MOST,
  };
}

export async function duplicatesOverHttp({ entry, quick, seed, progress }: Effort): Promise<LabReport> {
  const cast = Object.values(CAST).map(({ id }) => id);
  const rig = await startRig({ entry, installed: cast, settings: UNLIMITED });
  const second = await rig.secondHost();
  const violations: string[] = [];
  const counts: Record<string, number> = {};
  let tried = 0;
  try {
    await Promise.all([rig.host.start(), second.start()]);
    const spread = await startSpread([rig.host.url, second.url]);
    try {
      rig.teams.setBotUrl(`${spread.url}/api/messages`);
      for (const id of cast) await rig.teams.install(id);
      await setPinOf(deviceOf(rig), PIN);
      const dice = createDice(seed);
      const stage = await stageOverHttp(rig, dice);
      for (let number = 0; tried < (quick ? QUICK : FULL); number += 1) {
        const flow = FLOWS[number % FLOWS.length] ?? 'onboarding';
        await equip(rig, stage, flow);
        const { deliveries, wrong } = await playStory(stage, flow, dice);
        tried += deliveries;
        violations.push(...wrong.map((why) => `over HTTP: ${why}`));
        counts[flow] = (counts[flow] ?? 0) + 1;
        // Old chats make every look longer.
        rig.teams.clear();
        rig.teams.clearTraffic();
        if (number % 20 === 19) progress(`duplicate: ${tried} deliveries over HTTP, ${violations.length} wrong`);
      }
    } finally {
      await spread.close();
    }
  } catch (error) {
    violations.push(`over HTTP the play came to a stop: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await second.kill();
    await rig.close();
  }
  return { tried, violations, counts };
}
