import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileKeys } from '../../../../bot/keys/file-keys';
import { type Keys } from '../../../../bot/keys/keys';
import { readSettings } from '../../../../bot/settings';
import { createSealer, createStorage, type Storage } from '../../../../bot/storage';
import { type Table } from '../../../../bot/storage/tables';
import { TENANT_RECORD } from '../../../../bot/teams/messenger';
import { dueTimes } from '../../../../bot/tickets/due';
import { type EntraStandIn, groups, mailbox, people, startEntra } from '../../../local/entra';
import { makeIdentity } from '../../../local/entra/identity';
import { makeMaker, type Maker, TEST_AAGUID } from '../../../local/entra/software-authenticator.fixture';
import { ticketsOn } from '../../../local/play/reading';
import { type MemoryTable } from '../../audit/memory-table';
import { memoryTables } from '../memory-tables';
import { type Chats, createChats } from './chats';
import { type PlayedClock } from './clock';
import { createCrowd, type Crowd } from './crowd';
import { createEdges, type Edges } from './edges';
import { type Ground, type Process, startProcess } from './process';

export interface HouseOptions {
  clock: PlayedClock;
  /** Further settings of the product. */
  settings?: Readonly<Record<string, string>>;
  /** Who has their Teams in German. */
  german?: readonly string[];
  /** Whom the app is not installed for. */
  notInstalled?: readonly string[];
  /** Puts something around each table, such as a count. */
  around?: (table: MemoryTable) => Table;
  /** Whether calls are kept for who looks at them later. Default true. */
  remember?: boolean;
}

/** All of it in this process, in played time: the product between stand-ins, with a place to put weather in. */
export interface House {
  readonly clock: PlayedClock;
  readonly edges: Edges;
  readonly entra: EntraStandIn;
  readonly crowd: Crowd;
  readonly chats: Chats;
  readonly maker: Maker;
  readonly tables: ReadonlyMap<string, MemoryTable>;
  /** Reads what the product has written, by its own keys and past all weather. */
  readonly truth: Storage;
  readonly keys: Keys;
  /** Events of the product's log, in short. */
  readonly logged: string[];
  /** Somebody new begins to work here, under a manager, and meets the bot. */
  hire(person: { id: string; upn: string; name: string; manager: string }): Promise<void>;
  /** They are gone, with all that is about one ticket in any chat. */
  letGo(person: string, ticket: string | undefined): void;
  /** The process that is up; undefined while there is none. */
  running(): Process | undefined;
  /** How often a process died, and since when the last one is up. */
  deaths(): number;
  upSince(): number;
  close(): Promise<void>;
}

/** A host that died is up again after so long. */
const RESTART_MS = 3_000;
const LOGGED = 400;
const TENANT_APP = '3f6d2a10-7b0e-4f5e-9a55-1c2d3e4f5a6b';
/** A second circle of approvers everywhere, so that widening is played too. */
const RULE = {
  circles: [[{ kind: 'manager' }], [{ kind: 'managers-manager' }, { kind: 'group', group: groups.backupApprovers }]],
};
const FLOWS_WITH_RULE = ['onboarding', 'lost-key', 'locked-pin', 'spare-key', 'pass', 'return-key'];

interface Shared {
  identity: Awaited<ReturnType<typeof makeIdentity>>;
  maker: Maker;
  keys: Keys;
}

// What takes long to make and says nothing about the product is made once for all houses of a run.
let shared: Promise<Shared> | undefined;

async function makeShared(): Promise<Shared> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-played-'));
  try {
    const [identity, maker, keys] = await Promise.all([
      makeIdentity(),
      // Played time may be long before the machine's, and long after.
      makeMaker(TEST_AAGUID, { notBefore: new Date('2020-01-01'), notAfter: new Date('2045-01-01') }),
      fileKeys(join(folder, 'keys.json')),
    ]);
    return { identity, maker, keys };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes what all houses share; to be called before time is played, because it takes the machine's own. */
export const sharedParts = (): Promise<Shared> => (shared ??= makeShared());

function settingsFor(tenantId: string, maker: Maker, more: Readonly<Record<string, string>>) {
  return readSettings({
    KEYVOUCH_TENANT_ID: tenantId,
    KEYVOUCH_APP_ID: TENANT_APP,
    KEYVOUCH_PUBLIC_URL: 'https://keyvouch.example',
    KEYVOUCH_TABLES_URL: 'https://tables.example',
    KEYVOUCH_KEY_VAULT_URL: 'https://vault.example',
    KEYVOUCH_HELPDESK_GROUP: groups.helpdesk,
    KEYVOUCH_RULES: JSON.stringify(Object.fromEntries(FLOWS_WITH_RULE.map((flow) => [flow, RULE]))),
    // More is asked here than in any tenant.
    KEYVOUCH_LIMITS: JSON.stringify({ requesterADay: 0, subjectADay: 0, tenantAnHour: 0 }),
    KEYVOUCH_MAILBOX: mailbox.upn,
    KEYVOUCH_EMERGENCY_ACCOUNTS: people.breakGlass.upn,
    KEYVOUCH_ADMIN_PATTERN: '^adm-(.+)$',
    KEYVOUCH_ATTESTATION_ROOTS: maker.rootPem,
    ...more,
  });
}

export async function openHouse(options: HouseOptions): Promise<House> {
  const { clock, german = [], notInstalled = [] } = options;
  const { identity, maker, keys } = await sharedParts();
  const now = () => clock.now();
  const entra = await startEntra({
    identity: structuredClone(identity),
    trustedRootsPem: [maker.rootPem],
    models: { [maker.aaguid]: 'Test key' },
    clock: () => now().getTime(),
    log: (line) => note(line),
  });
  const edges = createEdges(() => now().getTime(), { remember: options.remember ?? true });
  const { source, all: tables } = memoryTables(now, options.around);
  const logged: string[] = [];
  const note = (line: string): void => {
    logged.push(`${now().toISOString()} ${line}`);
    if (logged.length > LOGGED) logged.shift();
  };
  const sealer = createSealer(keys.derive('seal', 'rows'));
  const truth = createStorage({ tables: source, sealer, now, dueTimes });
  await truth.prepare();
  const all = entra.people().filter(({ id, accountEnabled }) => accountEnabled && !notInstalled.includes(id));
  const conversations = new Set(all.map(({ id }) => id));
  const place = { tenantId: entra.tenantId, serviceUrl: 'https://teams.example/', botId: `28:${TENANT_APP}` };
  const chats = createChats();
  const ground: Ground = {
    settings: settingsFor(entra.tenantId, maker, options.settings ?? {}),
    ...{ keys, clock, edges, entra, chats, tables: source },
    conversationOf: (person) => (conversations.has(person) ? `a:${person}` : undefined),
    log: (event, facts = {}) => note(`${event} ${JSON.stringify(facts)}`),
  };
  // Everybody has met the bot already.
  for (const { id } of all)
    await truth.conversations.put({
      ...{
        ...place,
        person: id,
        conversationId: `a:${id}`,
        locale: german.includes(id) ? 'de-DE' : 'en-GB',
        teamsUserId: `29:${id}`,
      },
    });
  await truth.conversations.put({ ...place, person: TENANT_RECORD, conversationId: 'none' });

  let running: Process | undefined;
  let deaths = 0;
  let upSince = now().getTime();
  let closed = false;

  async function start(): Promise<void> {
    running = await startProcess(ground);
    upSince = now().getTime();
  }
  const watch = clock.every(500, () => {
    if (!running?.life.dead || closed) return;
    deaths += 1;
    note('the process died');
    running.stop();
    running = undefined;
    setTimeout(() => {
      if (!closed) void start();
    }, RESTART_MS);
  });
  await start();
  return {
    ...{ clock, edges, entra, chats, maker, tables, truth, keys, logged },
    async hire({ id, upn, name, manager }) {
      const set = { userPrincipalName: upn, displayName: name, mail: upn, managerId: manager, employeeId: `NH-${id}` };
      entra.edit({
        user: id,
        set: { ...set, accountEnabled: true, userType: 'Member', businessPhones: ['+31 20 555'] },
      });
      conversations.add(id);
      await truth.conversations.put({ ...place, person: id, conversationId: `a:${id}`, teamsUserId: `29:${id}` });
    },
    letGo(person, ticket) {
      // A log of 30 days is searched for each ticket: what it says of those who are gone is asked for no more.
      entra.edit({ user: person, delete: true, forget: true });
      conversations.delete(person);
      chats.leave(`a:${person}`);
      chats.drop((posted) => ticket !== undefined && ticketsOn(posted.card).includes(ticket));
    },
    crowd: createCrowd(ground, () => (running?.life.dead ? undefined : running)),
    running: () => (running?.life.dead ? undefined : running),
    deaths: () => deaths,
    upSince: () => upSince,
    async close() {
      closed = true;
      watch();
      running?.stop();
      await entra.close();
    },
  };
}
