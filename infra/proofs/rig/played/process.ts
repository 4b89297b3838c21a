import { ulid } from 'ulid';
import { createEntra } from '../../../../bot/entra';
import { type Keys } from '../../../../bot/keys/keys';
import { type Deps, sweepOutbox, sweepTime } from '../../../../bot/service';
import { type Settings } from '../../../../bot/settings';
import { createSealer, createStorage, type Ledger, openLedger, type Storage } from '../../../../bot/storage';
import { createMessenger } from '../../../../bot/teams';
import { dueTimes } from '../../../../bot/tickets/due';
import { type EntraStandIn } from '../../../local/entra';
import { type MemoryTables } from '../memory-tables';
import { type Chats } from './chats';
import { type PlayedClock } from './clock';
import { type Edges, type Life } from './edges';
import { credentialFor, graphBehind } from './graph-edge';
import { tablesBehind } from './tables-edge';
import { adapterBehind } from './teams-edge';

/** What outlives a process. */
export interface Ground {
  settings: Settings;
  keys: Keys;
  clock: PlayedClock;
  edges: Edges;
  entra: EntraStandIn;
  chats: Chats;
  tables: MemoryTables['source'];
  /** Where a person can be written to; undefined: the app is not installed for them. */
  conversationOf: (person: string) => string | undefined;
  log: (event: string, facts?: Readonly<Record<string, unknown>>) => void;
}

/** One process of the product over the ground, with its timers running. */
export interface Process {
  readonly life: Life;
  readonly deps: Deps;
  readonly ledger: Ledger;
  readonly storage: Storage;
  stop(): void;
}

/** As functions/ has it, in milliseconds. */
const SWEEP_MS = 15_000;
const TIME_MS = 60_000;
const ANCHOR_MS = 300_000;

export async function startProcess(ground: Ground, options: { timers?: boolean } = {}): Promise<Process> {
  const { settings, keys, clock, edges, entra: standIn, chats, log } = ground;
  const life: Life = { dead: false };
  const now = () => clock.now();
  const sealer = createSealer(keys.derive('seal', 'rows'));
  const tables = { open: (name: string) => tablesBehind(edges, life, clock, name, ground.tables.open(name)) };
  const storage = createStorage({ tables, sealer, now, dueTimes, log });
  const ledger = openLedger({ tables, sealer, keys, now, log });
  const { prepare: _prepare, ping: _ping, ...stores } = storage;
  const { conversations } = stores;
  const adapter = adapterBehind(edges, life, chats, clock, ground.conversationOf);
  const messenger = createMessenger({ adapter, settings, conversations, now, log, pause: (ms) => clock.sleep(ms) });
  const entra = createEntra({
    credential: credentialFor(standIn, clock),
    fetch: graphBehind(edges, life, standIn),
    now: () => now().getTime(),
    sleep: (ms) => clock.sleep(ms),
  });
  const newId = () => ulid(now().getTime());
  const deps: Deps = { ...stores, settings, entra, keys, messenger, now, newId, log };

  // One run of a function at a time, as its singleton lock sees to; the real host also runs what it missed.
  const repeat = (ms: number, work: () => Promise<unknown>): (() => void) => {
    let running = false;
    const run = (): void => {
      if (running || life.dead) return;
      running = true;
      void work()
        .catch((error: unknown) => log('timer-failed', { error: error instanceof Error ? error.message : 'unknown' }))
        .finally(() => {
          running = false;
        });
    };
    run();
    return clock.every(ms, run);
  };
  const stops =
    options.timers === false
      ? []
      : [
          repeat(SWEEP_MS, () => sweepOutbox(deps)),
          repeat(TIME_MS, () => sweepTime(deps)),
          repeat(ANCHOR_MS, () => ledger.anchor()),
        ];
  return {
    life,
    deps,
    ledger,
    storage,
    stop() {
      life.dead = true;
      for (const stop of stops) stop();
    },
  };
}
