import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { type Passkey, type Person } from '../../entra';
import { fileKeys } from '../../keys/file-keys';
import { type Keys } from '../../keys/keys';
import { readSettings, type Settings } from '../../settings';
import { dueTimes } from '../../tickets/due';
import { type TicketId } from '../../tickets/ids';
import { type Ticket } from '../../tickets/ticket';
import { type TicketView } from '../../tickets/view';
import { type TicketVerb } from '../../tickets/verbs';
import { memoryWorkstations } from '../../workstations/memory-store.fixture';
import { act, type Action, look } from '../act';
import { ask, type Request } from '../ask';
import { type Deps } from '../deps';
import { memberOf } from '../member';
import { type Outcome } from '../messenger';
import { settled } from '../outbox';
import { type WorkstationRecord } from '../ports';
import { sweepOutbox, sweepTime } from '../sweep';
import { createMemoryConversations } from './memory-conversations';
import { createMemoryPasskeys } from './memory-passkeys';
import { createMemoryStore, type MemoryStore, type MemoryStoreOptions } from './memory-store';
import { createRecordingMessenger, type RecordingMessenger } from './recording-messenger';
import { createScriptedEntra, type ScriptedEntra } from './scripted-entra';

export const START = '2026-03-02T08:00:00.000Z';
export const TENANT = '7a0e1e0c-0000-4000-8000-000000000001';
export const HELPDESK_GROUP = '7a0e1e0c-0000-4000-8000-0000000000d0';

const guid = (n: number) => `11111111-1111-4111-8111-${String(n).padStart(12, '0')}`;

/** Ada works for Bob, Bob for Carol. Helen and Hugo are the helpdesk. Mallory is nobody in particular. */
export const WHO = {
  ada: guid(1),
  bob: guid(2),
  carol: guid(3),
  helen: guid(4),
  hugo: guid(5),
  mallory: guid(6),
} as const;
export type Name = keyof typeof WHO;

export function personCalled(name: string, id: string): Person {
  const userPrincipalName = `${name}@contoso.example`;
  return {
    id,
    displayName: name.charAt(0).toUpperCase() + name.slice(1),
    userPrincipalName,
    mail: userPrincipalName,
    accountEnabled: true,
    userType: 'Member',
    external: false,
    employeeId: `E-${name}`,
    otherMails: [],
    proxyAddresses: [`SMTP:${userPrincipalName}`],
    businessPhones: ['+49 30 1234'],
  };
}

/** Settings of a small tenant: the manager approves, then the manager's manager. */
export function settingsFor(more: Readonly<Record<string, string>> = {}): Settings {
  return readSettings({
    KEYVOUCH_TENANT_ID: TENANT,
    KEYVOUCH_APP_ID: '0b2c4d6e-0000-4000-8000-00000000a001',
    KEYVOUCH_PUBLIC_URL: 'https://keyvouch.example',
    KEYVOUCH_TABLES_URL: 'https://tables.example',
    KEYVOUCH_KEY_VAULT_URL: 'https://vault.example',
    KEYVOUCH_HELPDESK_GROUP: HELPDESK_GROUP,
    KEYVOUCH_UNATTESTED: 'allow',
    // Tests ask as often as they like, but where that is what they are about.
    KEYVOUCH_LIMITS: '{"requesterADay":0,"subjectADay":0,"tenantAnHour":0}',
    ...more,
  });
}

let keys: Promise<Keys> | undefined;

/** Real keys, made once a process in a file that is gone right after. */
export function testKeys(): Promise<Keys> {
  keys ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyvouch-keys-'));
    try {
      return await fileKeys(join(folder, 'keys.json'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  })();
  return keys;
}

export interface World {
  deps: Deps;
  /** A second process over the same storage. */
  other: Deps;
  store: MemoryStore;
  entra: ScriptedEntra;
  messenger: RecordingMessenger;
  /** All that was logged, a line each. */
  logged: string[];
  /** Lets time pass, and both timers run, until so many seconds are over. */
  pass(seconds: number): Promise<void>;
  /** Moves the clock and nothing else. */
  wait(seconds: number): void;
  now(): string;
  /** Opens a ticket for Ada, or whoever is named. */
  ask(who: Name, request?: Partial<Request>): Promise<{ id: TicketId; outcome: Outcome }>;
  /** Presses a button of the card as the person sees it now. */
  press(who: Name, id: TicketId, verb: TicketVerb, more?: Partial<Action> & { deps?: Deps }): Promise<Outcome>;
  view(who: Name, id: TicketId): Promise<TicketView>;
  ticket(id: TicketId): Ticket;
  kinds(id: TicketId): string[];
  addWorkstation(who: Name, more?: Partial<WorkstationRecord>): Promise<WorkstationRecord>;
  addPasskey(who: Name, id: string, createdAt?: Date): Passkey;
  /** Waits for what was begun in the background. */
  rest(): Promise<void>;
}

export interface WorldOptions extends Pick<MemoryStoreOptions, 'before' | 'after'> {
  settings?: Readonly<Record<string, string>>;
  /** Whether everybody has met the bot already. Default true. */
  met?: boolean;
}

/** The service with everything around it in memory, and a clock that moves only when told. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  let clock = Date.parse(START);
  const now = () => new Date(clock);
  const { before, after } = options;
  const store = createMemoryStore({ now, dueTimes, ...(before && { before }), ...(after && { after }) });
  const entra = createScriptedEntra(now);
  const conversations = createMemoryConversations();
  const workstations = memoryWorkstations();
  const passkeys = createMemoryPasskeys();
  const messenger = createRecordingMessenger(conversations, now);
  const logged: string[] = [];

  for (const [name, id] of Object.entries(WHO)) entra.people.set(id, personCalled(name, id));
  entra.managers.set(WHO.ada, WHO.bob).set(WHO.bob, WHO.carol);
  entra.groups.set(HELPDESK_GROUP, [WHO.helen, WHO.hugo]);
  for (const person of options.met === false ? [] : Object.values(WHO)) {
    await conversations.put({
      ...{ person, tenantId: TENANT, conversationId: `c-${person}`, serviceUrl: 'https://teams.example', botId: 'bot' },
    });
  }

  const instance = async (): Promise<Deps> => ({
    settings: settingsFor(options.settings),
    tickets: store,
    workstations,
    conversations,
    passkeys,
    entra: entra.entra,
    keys: await testKeys(),
    messenger,
    now,
    newId: () => ulid(),
    log: (event, facts) => logged.push(JSON.stringify({ event, ...facts })),
  });
  const deps = await instance();

  const world: World = {
    deps,
    other: await instance(),
    store,
    entra,
    messenger,
    logged,
    now: () => now().toISOString(),
    wait: (seconds) => {
      clock += seconds * 1000;
    },
    async pass(seconds) {
      await settled();
      const end = clock + seconds * 1000;
      while (clock < end) {
        clock = Math.min(end, clock + 15_000);
        await sweepOutbox(deps);
        await sweepTime(deps);
        await settled();
      }
    },
    async ask(who, request = {}) {
      const id = request.id ?? ulid();
      const member = await memberOf(deps, WHO[who]);
      const outcome = await ask(deps, member, {
        ...{ id, flow: 'onboarding', subject: WHO.ada, reason: 'My first day here', at: world.now() },
        ...request,
      });
      await settled();
      return { id, outcome };
    },
    async press(who, id, verb, { deps: at = deps, ...more } = {}) {
      const member = await memberOf(at, WHO[who]);
      const nonce = more.nonce ?? `v${world.ticket(id).version}`;
      return act(at, member, { ticket: id, verb, nonce, ...more });
    },
    async view(who, id) {
      const { details } = await look(deps, await memberOf(deps, WHO[who]), id);
      if (!details) throw new Error(`${who} sees nothing of ${id}`);
      return details.view;
    },
    ticket(id) {
      const found = store.all().find((one) => one.id === id);
      if (!found) throw new Error(`no ticket ${id}`);
      return found;
    },
    kinds: (id) => store.events(id).map(({ kind }) => kind),
    async addWorkstation(who, more = {}) {
      const record: WorkstationRecord = {
        id: `ws-${who}`,
        person: WHO[who],
        kind: 'own',
        name: `${who}'s laptop`,
        state: 'active',
        publicJwk: '{}',
        thumbprint: 'thumbprint',
        pairedAt: START,
        ...more,
      };
      await workstations.put(record);
      return record;
    },
    addPasskey(who, id, createdAt = now()) {
      const passkey: Passkey = {
        id,
        displayName: 'My key',
        createdAt,
        aaguid: 'cb69481e-8ff7-4039-93ec-0a2729a154a8',
        credentialIds: [new Uint8Array(Buffer.from(id))],
      };
      entra.passkeys.set(WHO[who], [...(entra.passkeys.get(WHO[who]) ?? []), passkey]);
      return passkey;
    },
    rest: settled,
  };
  return world;
}

/** Brings a ticket of Ada's to where she has given the vouch code, on one way or the other. */
export async function vouched(
  world: World,
  way: 'choose-pass' | 'choose-workstation',
  request: Partial<Request> & { by?: Name; approver?: Name; recipient?: Name } = {},
): Promise<TicketId> {
  const { by = 'ada', approver = 'bob', recipient = 'ada', ...rest } = request;
  const { id, outcome } = await world.ask(by, rest);
  if (outcome.refusal) throw new Error(outcome.refusal.code);
  const { vouchCode } = await world.press(approver, id, 'approve', { how: 'video' });
  if (!vouchCode) throw new Error('no vouch code');
  if (!world.ticket(id).workstation) await world.press(recipient, id, way);
  const done = await world.press(recipient, id, 'vouch', { code: vouchCode.reveal() });
  if (done.refusal) throw new Error(done.refusal.code);
  await world.rest();
  return id;
}
