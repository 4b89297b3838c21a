import { ask, memberOf } from '../../../bot/service';
import { type WorkstationRecord } from '../../../bot/service/ports';
import { WHO } from '../../../bot/service/testing/world';
import { type TicketEvent } from '../../../bot/tickets/events';
import { hasStep } from '../../../bot/tickets/plan';
import { type Flow, FLOWS, type Ticket } from '../../../bot/tickets/ticket';
import { createDice, type Dice } from '../seed';
import { ACTORS, LOOK, racers, type Scene, type Told, WALKS } from './actors';
import { answerWrong, historyWrongs } from './model';
import { untrueCards } from './truths';
import { createGatedWorld, type GatedWorld } from '../rig/gated/world';

/** Seconds in which an approver's own card waits while the code stands on it, and a lost pass is looked for. */
const REST_SECONDS = 180;
const OLD_KEYS = ['old-1', 'old-2'];

interface Opening {
  flow: Flow;
  needed: 1 | 2;
  handed: boolean;
}

async function open(world: GatedWorld, dice: Dice, { flow, handed }: Opening): Promise<Scene> {
  const { processes, entra, run } = world;
  const [deps] = processes;
  const others = hasStep({ flow }, 'remove') || flow === 'spare-key';
  if (others)
    entra.passkeys.set(
      WHO.ada,
      OLD_KEYS.map((id) => ({
        ...{ id, displayName: id, createdAt: new Date(world.scheduler.now()), credentialIds: [Buffer.from(id)] },
      })),
    );
  const workstation: WorkstationRecord = {
    ...{
      id: 'ws-1',
      person: handed ? WHO.hugo : WHO.ada,
      kind: handed ? 'desk' : 'own',
      name: 'laptop',
      state: 'active',
    },
    ...{ publicJwk: '{}', thumbprint: 't', pairedAt: new Date(world.scheduler.now()).toISOString() },
  };
  await run(() => deps.workstations.put(workstation));
  const requester = handed || flow === 'return-key' ? WHO.helen : WHO.ada;
  const id = deps.newId();
  const outcome = await run(async () =>
    ask(deps, await memberOf(deps, requester), {
      ...{ id, flow, subject: WHO.ada, reason: 'I need this now', at: deps.now().toISOString() },
      ...(handed && { hander: WHO.hugo }),
      ...(hasStep({ flow }, 'remove') && { passkeys: dice.below(2) === 0 ? [OLD_KEYS[0] ?? ''] : 'all' }),
    }),
  );
  if (outcome.refusal) throw new Error(`${flow} was not opened: ${outcome.refusal.code}`);
  return { world, ticket: id, workstation, recipient: handed ? 'hugo' : 'ada', nonce: 'v1' };
}

async function nonceOf({ world, ticket }: Scene): Promise<string> {
  const stored = await world.run(() => world.processes[0].tickets.load(ticket));
  return `v${stored?.ticket.version ?? 0}`;
}

async function truth({
  world,
  ticket,
}: Scene): Promise<{ ticket: Ticket; events: TicketEvent[]; broken: readonly string[] }> {
  const { tickets } = world.processes[1];
  const stored = await world.run(() => tickets.load(ticket));
  if (!stored) throw new Error('the ticket is gone');
  const records = await world.run(() => tickets.audit(ticket));
  const broken = await world.run(() => tickets.verifyAudit(ticket));
  const events = records.map(
    ({ at, kind, data, personal }) => ({ ...data, ...personal, at, kind }) as unknown as TicketEvent,
  );
  return { ticket: stored.ticket, events, broken };
}

/** What somebody read and the history does not bear out. */
function untold(told: readonly Told[], kinds: readonly string[], late: boolean): string[] {
  return told.flatMap(({ who, what, outcome, fault }) => {
    if (fault !== undefined || !outcome) return [];
    // The same wrong code once more is answered by the card alone, and that says that the code is owed.
    const owed = what === 'vouch' && !outcome.refusal && outcome.details?.view.vouch.done === false;
    if (owed) return [];
    const wrong = answerWrong(what, outcome.refusal?.code, kinds, late);
    return wrong === undefined ? [] : [`${who}: ${wrong}`];
  });
}

/** Passes that were shown and are not in the history; codes that were shown to one who did not approve. */
function unrecorded(told: readonly Told[], events: readonly TicketEvent[]): string[] {
  const issued = events.flatMap((event) => (event.kind === 'pass-issued' ? [event.methodId] : []));
  const approvers = events.flatMap((event) => (event.kind === 'approved' ? [event.approval.by.id] : []));
  return told.flatMap(({ who, outcome }) => {
    const shown = outcome?.pass?.text.reveal().replace('CANARY-PASS-', 'pass-');
    const code = outcome?.vouchCode !== undefined && who in WHO && !approvers.includes(WHO[who as keyof typeof WHO]);
    return [
      ...(shown === undefined || issued.includes(shown) ? [] : [`${who} was shown a pass that is in no record`]),
      ...(code ? [`${who} was shown a code without having approved`] : []),
    ];
  });
}

/** What must not be left once all is at rest. */
function leftOver({ entra, scheduler }: GatedWorld, { status, removals, flow }: Ticket): string[] {
  const pass = entra.passes.get(WHO.ada);
  const alive = pass !== undefined && pass.validUntil.getTime() > scheduler.now();
  const open = status === 'approved' || status === 'waiting';
  const keys = (entra.passkeys.get(WHO.ada) ?? []).map(({ id }) => id);
  const named = removals.map(({ passkey }) => passkey.methodId);
  const kept = OLD_KEYS.filter((id) => !named.includes(id) && !keys.includes(id));
  const had = hasStep({ flow }, 'remove') || flow === 'spare-key';
  return [
    ...(alive && !open ? [`a pass is alive although the ticket is ${status}`] : []),
    ...(had && kept.length > 0 ? [`${kept.join(', ')} went, and nobody named it`] : []),
    ...(status === 'frozen' && keys.some((id) => !OLD_KEYS.includes(id)) ? ['a key of a frozen ticket is left'] : []),
  ];
}

export interface Raced {
  wrong: string[];
  outcome: string;
  flow: Flow;
}

/** One seed: a ticket brought somewhere, several who do something to it at once, and what has become of it. */
export async function race(seed: number): Promise<Raced> {
  const dice = createDice(seed);
  const flow = FLOWS[seed % FLOWS.length] ?? 'onboarding';
  const opening: Opening = {
    flow,
    needed: dice.below(4) === 0 ? 2 : 1,
    handed: hasStep({ flow }, 'vouch') && dice.below(4) === 0,
  };
  const world = await createGatedWorld(dice, opening.needed);
  const scene = await open(world, dice, opening);
  const told: Told[] = [];
  const looked = hasStep({ flow }, 'diagnose') && dice.below(5) > 0 ? LOOK : [];
  const walk = [...looked, ...dice.one(WALKS)];
  for (const name of walk) {
    const actor = ACTORS[name];
    scene.nonce = await nonceOf(scene);
    if (actor) told.push(await world.run(() => actor(scene, world.processes[0])));
  }
  scene.nonce = await nonceOf(scene);
  const some = racers(dice, walk.at(-1));
  const all = some.flatMap((name) => ACTORS[name] ?? []);
  told.push(
    ...(await world.run(() =>
      Promise.all(all.map((actor) => world.scheduler.turn(() => actor(scene, dice.one(world.processes))))),
    )),
  );
  for (let waited = 0; waited < REST_SECONDS; waited += 15) await world.pass(15);

  const { ticket, events, broken } = await truth(scene);
  const kinds = events.map(({ kind }) => kind);
  const late = some.includes('expiry') || some.includes('widening');
  const cards = await world.run(() => untrueCards(world, ticket));
  const wrong = [
    ...historyWrongs(events, ticket.rule),
    ...broken.map((what) => `audit: ${what}`),
    ...untold(told, kinds, late),
    ...unrecorded(told, events),
    ...leftOver(world, ticket),
    ...cards,
  ];
  const what = `seed ${seed}, ${flow}, after ${walk.length === 0 ? 'the request' : (walk.at(-1) ?? '')}: ${some.join(', ')}`;
  return { flow, outcome: ticket.status, wrong: wrong.map((why) => `${what}: ${why}`) };
}
