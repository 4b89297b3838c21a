import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { fileKeys } from '../../../../bot/keys/file-keys';
import { type Keys } from '../../../../bot/keys/keys';
import { type Deps, settled, sweepOutbox, sweepTime } from '../../../../bot/service';
import { createRecordingMessenger, type RecordingMessenger } from '../../../../bot/service/testing/recording-messenger';
import { createScriptedEntra, type ScriptedEntra } from '../../../../bot/service/testing/scripted-entra';
import { HELPDESK_GROUP, personCalled, settingsFor, START, TENANT, WHO } from '../../../../bot/service/testing/world';
import { type Settings } from '../../../../bot/settings';
import { createSealer, createStorage } from '../../../../bot/storage';
import { dueTimes } from '../../../../bot/tickets/due';
import { FLOWS } from '../../../../bot/tickets/ticket';
import { memoryTables } from '../memory-tables';
import { UNLIMITED } from '../unlimited';
import { type Dice } from '../../seed';
import { gatedCalls, gatedTable } from './calls';
import { createScheduler, type Scheduler } from './scheduler';
import { playBy } from './timers';

/** Bob decides, or Carol after him; two of them where a rule wants two. Helen and Hugo are the helpdesk. */
const rule = (needed: 1 | 2) => ({
  circles: [
    needed === 1 ? [{ kind: 'manager' }] : [{ kind: 'manager' }, { kind: 'person', id: WHO.carol }],
    [{ kind: 'managers-manager' }, { kind: 'person', id: WHO.mallory }],
  ],
  needed,
  ...{ remindAfter: 60, widenAfter: 120, expireAfter: 600, useWithin: 600 },
});

const settingsOf = (needed: 1 | 2): Settings =>
  settingsFor({
    ...UNLIMITED,
    KEYVOUCH_RULES: JSON.stringify(Object.fromEntries(FLOWS.map((flow) => [flow, rule(needed)]))),
  });
const SETTINGS = { 1: settingsOf(1), 2: settingsOf(2) };

const STUCK_MS = 20_000;

async function keysInMemory(): Promise<Keys> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-gated-'));
  try {
    return await fileKeys(join(folder, 'keys.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
let keys: Promise<Keys> | undefined;

/** Two processes of the service over one storage, with every call outwards in the scheduler's hands. */
export interface GatedWorld {
  scheduler: Scheduler;
  processes: readonly [Deps, Deps];
  entra: ScriptedEntra;
  messenger: RecordingMessenger;
  /** Lets so many seconds pass at once, both timers run, and all that follows come to rest. */
  pass(seconds: number): Promise<void>;
  /** Runs something with all that it starts, one call at a time. */
  run<T>(work: () => Promise<T>): Promise<T>;
  sweep(deps: Deps): Promise<void>;
}

export async function createGatedWorld(dice: Dice, needed: 1 | 2): Promise<GatedWorld> {
  const scheduler = createScheduler(dice, Date.parse(START));
  playBy(scheduler);
  const now = () => new Date(scheduler.now());
  const sealer = createSealer((await (keys ??= keysInMemory())).derive('seal', 'rows'));
  const tables = memoryTables(now, (table) => gatedTable(scheduler, table));
  const entra = createScriptedEntra(now);
  for (const [name, id] of Object.entries(WHO)) entra.people.set(id, personCalled(name, id));
  entra.managers.set(WHO.ada, WHO.bob).set(WHO.bob, WHO.carol);
  entra.groups.set(HELPDESK_GROUP, [WHO.helen, WHO.hugo]);
  const gated = gatedCalls(scheduler, entra.entra);
  const random = (): number => dice.below(2 ** 30) / 2 ** 30;

  const storages = [0, 1].map(() => createStorage({ tables: tables.source, sealer, now, dueTimes }));
  const [one, other] = storages;
  if (!one || !other) throw new Error('there are two');
  const messenger = createRecordingMessenger(one.conversations, now);
  const process = async ({ tickets, workstations, conversations, passkeys }: typeof one): Promise<Deps> => ({
    settings: SETTINGS[needed],
    ...{ tickets, workstations, conversations, passkeys, messenger, now },
    entra: gated,
    keys: await (keys ??= keysInMemory()),
    newId: () => ulid(scheduler.now(), random),
    log: () => undefined,
  });
  const processes = [await process(one), await process(other)] as const;

  /** Until it is over: what runs beside this thread, such as a key that is made, may bring more after a pause. */
  async function untilOver<T>(work: Promise<T>): Promise<T> {
    const seen = { over: false };
    const end = (): void => {
      seen.over = true;
    };
    work.then(end, end);
    const begun = Date.now();
    do {
      await scheduler.drain();
      if (Date.now() - begun > STUCK_MS) throw new Error('a play hangs');
    } while (!seen.over);
    return work;
  }

  async function run<T>(work: () => Promise<T>): Promise<T> {
    const result = await untilOver(work());
    await untilOver(settled());
    return result;
  }

  async function sweep(deps: Deps): Promise<void> {
    await sweepOutbox(deps);
    await sweepTime(deps);
  }

  const world: GatedWorld = {
    ...{ scheduler, processes, entra, messenger, run, sweep },
    async pass(seconds) {
      scheduler.advance(seconds * 1000);
      for (const deps of processes) await run(() => sweep(deps));
    },
  };
  for (const person of Object.values(WHO)) {
    const conversation = { person, tenantId: TENANT, conversationId: `c-${person}`, botId: 'bot' };
    await run(() => one.conversations.put({ ...conversation, serviceUrl: 'https://teams.example' }));
  }
  return world;
}
