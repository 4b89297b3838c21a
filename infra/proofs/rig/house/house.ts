import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settled, sweepOutbox, sweepTime } from '../../../../bot/service';
import { type Commit } from '../../../../bot/service/ports';
import { readSettings } from '../../../../bot/settings';
import { type EntraStandIn, type Seed, startEntra } from '../../../local/entra';
import { makeMaker, type Maker } from '../../../local/entra/software-authenticator.fixture';
import { APP_ID, productSettings } from '../../../local/sandbox/product-settings';
import { startTeams, type TeamsStandIn } from '../../../local/teams';
import { memoryTables } from '../memory-tables';
import { UNLIMITED } from '../unlimited';
import { crowded } from './crowd';
import { type Process, startProcess } from './deps';
import { openDoor } from './door';
import { graphOver } from './graph';

export interface HouseOptions {
  /** How many are in the crowd. */
  crowd: number;
  /** What else there is in the tenant. */
  more?: (seed: Seed) => Seed;
  /** Settings besides the sandbox's. */
  settings?: Readonly<Record<string, string>>;
}

/**
 * The product in this process, twice, over one storage in memory: its own bot behind HTTP, Teams and Entra as stand-ins,
 * and a clock that is moved. For proofs that need many tickets, or time.
 */
export interface House {
  entra: EntraStandIn;
  teams: TeamsStandIn;
  /** Two processes over one storage. Teams' activities go to one and the other in turn. */
  processes: readonly [Process, Process];
  maker: Maker;
  now(): Date;
  /** Lets so many seconds pass at once, then both timers run until nothing is left to do. */
  pass(seconds: number): Promise<void>;
  /** Moves the clock and nothing else: no timer has run yet. */
  skip(seconds: number): void;
  /** Waits for what was begun in the background. */
  rest(): Promise<void>;
  /** Does something right after each commit, before any effect of it. */
  onCommit(then: ((commit: Commit) => void) | undefined): void;
  /** What the product wrote into its log. */
  logged: string[];
  close(): Promise<void>;
}

const LOGGED = 200;

export async function openHouse(options: HouseOptions): Promise<House> {
  const { crowd, more = (seed: Seed): Seed => seed } = options;
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-house-'));
  let offset = 0;
  const clock = () => Date.now() + offset;
  const now = () => new Date(clock());
  const maker = await makeMaker();
  const entra = await startEntra({ directory: more(crowded(crowd)), trustedRootsPem: [maker.rootPem], clock });
  const teams = await startTeams({
    appId: APP_ID,
    tenantId: entra.tenantId,
    people: entra.people().map(({ id, displayName, userPrincipalName }) => ({
      ...{ aadObjectId: id, name: displayName, userPrincipalName, locale: 'en-GB', installed: false },
    })),
  });
  const { entra: graph, close: closeGraph } = graphOver(entra, clock);
  const env = productSettings({
    ...{ entra, teams, folder, rootCertPem: maker.rootPem, caFile: 'none' },
    ...{ publicUrl: 'http://127.0.0.1:1', tablesConnection: 'in memory' },
  });
  const settings = readSettings({ ...env, ...UNLIMITED, ...options.settings });
  const tables = memoryTables(now);
  const logged: string[] = [];
  const log: Process['deps']['log'] = (event, facts) => {
    logged.push(JSON.stringify({ event, ...facts }));
    if (logged.length > LOGGED) logged.shift();
  };

  let afterCommit: ((commit: Commit) => void) | undefined;
  const start = async (): Promise<Process> => {
    const process = await startProcess({ settings, folder, tables: tables.source, entra: graph, now, log });
    const { tickets } = process.deps;
    const commit = tickets.commit.bind(tickets);
    tickets.commit = async (one) => {
      const result = await commit(one);
      if (result.kind === 'committed') afterCommit?.(one);
      return result;
    };
    return process;
  };
  const processes = [await start(), await start()] as const;
  const door = await openDoor(processes.map(({ bot }) => bot));
  teams.setBotUrl(door.url);

  return {
    entra,
    teams,
    processes,
    maker,
    now,
    logged,
    rest: settled,
    onCommit: (then) => {
      afterCommit = then;
    },
    skip: (seconds) => {
      offset += seconds * 1000;
    },
    async pass(seconds) {
      await settled();
      offset += seconds * 1000;
      for (let turn = 0; turn < 3; turn += 1) {
        for (const { deps } of processes) {
          await sweepOutbox(deps);
          await sweepTime(deps);
        }
        await settled();
      }
    },
    async close() {
      await settled();
      // What its tickets have still before them would keep the next house waiting.
      for (const { partitions } of tables.all.values()) partitions.clear();
      await door.close();
      await Promise.all([teams.close(), entra.close(), closeGraph()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
