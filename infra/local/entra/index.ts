import { createClock } from './clock';
import type { TlsMaterial } from './certificates';
import { directorySchema, type Seed } from './directory-schema';
import { editPerson } from './edit';
import { createEffects } from './effects';
import { createGraph } from './graph';
import { createInProcess } from './http/in-process';
import { startServer } from './http/server';
import { makeIdentity } from './identity';
import { KNOWN_MODELS } from './models';
import { changePolicy } from './policy/change';
import { builtInStrengths, fido2Sandbox, passSandbox } from './policy/defaults';
import { allRoutes } from './routes';
import { northwindHarbour } from './seed';
import { enrol, registerAtSecurityInfo } from './signin/security-info';
import { securityKeyAt, type SecurityKey } from './signin/security-key';
import { signInWithKey } from './signin/with-key';
import { signInWithPass } from './signin/with-pass';
import type { EntraStandIn, KeyAtHand } from './stand-in';
import type { Identity, State } from './state';
import { createStore, loadState } from './store';
import { createSwitches, type SwitchInput } from './switches';
import type { Tenant } from './tenant';
import { createTokens } from './tokens';
import { viewOf } from './view';

export { groups, mailbox, people, northwindHarbour } from './seed';
export { roles } from './roles';
export type { Seed } from './directory-schema';
export type { EntraStandIn, KeyAtHand } from './stand-in';
export type { SecurityKey } from './signin/security-key';
export type { SignInResult } from './signin/outcome';
export type { View } from './view';

export interface EntraOptions {
  /** 0, the default, lets the system choose. */
  port?: number;
  /** Where the tenant lives between runs; without it, in memory. An existing file wins over `directory` and `tls`. */
  dataFile?: string;
  /** Who is there at the start. Default Northwind Harbour. */
  directory?: Seed;
  /** Authorities whose attestation counts as attested. */
  trustedRootsPem?: readonly string[];
  /** AAGUID to model name, besides the few that are known. */
  models?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. Default the machine's. */
  clock?: () => number;
  /** A server certificate for localhost. Default one from an authority made on the spot. */
  tls?: { certPem: string; keyPem: string; caPem?: string };
  /** The tenant's ids and keys. Default new ones; making them takes a moment, so tests may share some. */
  identity?: Identity;
  switches?: Partial<SwitchInput>;
  /** Failures of the stand-in itself, one text each. Default the terminal. */
  log?: (line: string) => void;
}

const firstState = async (options: EntraOptions): Promise<State> => {
  const tls: TlsMaterial | undefined = options.tls && {
    ...options.tls,
    caPem: options.tls.caPem ?? options.tls.certPem,
  };
  return {
    version: 1,
    identity: options.identity ?? (await makeIdentity(tls)),
    directory: directorySchema.parse(options.directory ?? northwindHarbour),
    methods: { passes: [], passkeys: [], otherMethods: [] },
    policies: {
      fido2: [{ since: 0, value: fido2Sandbox() }],
      temporaryAccessPass: [{ since: 0, value: passSandbox() }],
      strengths: builtInStrengths(),
      conditionalAccess: [],
    },
    logs: { signIns: [], audits: [], sessions: [], risks: [] },
    mails: [],
  };
};

const keyOf = (key: KeyAtHand): SecurityKey => ('device' in key ? securityKeyAt(key.device, key.pin) : key);

/** Starts a tenant of its own behind https on the loopback address. */
export const startEntra = async (options: EntraOptions = {}): Promise<EntraStandIn> => {
  const loaded = options.dataFile === undefined ? undefined : loadState(options.dataFile);
  const state = loaded ?? (await firstState(options));
  const clock = createClock(options.clock ?? Date.now);
  const store = createStore(state, () => clock.now(), options.dataFile);
  const switches = createSwitches((values) => clock.setOffset(values.clockOffsetMs));
  switches.set(options.switches ?? {});
  const tenant: Tenant = {
    store,
    state,
    clock,
    switches,
    trustedRoots: options.trustedRootsPem ?? [],
    models: new Map(Object.entries({ ...KNOWN_MODELS, ...options.models })),
  };
  // The ids and keys of a new tenant are on disk before anybody is told of them.
  if (!loaded) store.change('started', undefined, () => undefined);
  await store.settled();

  const log = options.log ?? ((text: string) => console.error(text));
  const effects = createEffects(clock);
  const tokens = createTokens(tenant);
  const graph = createGraph(tenant, tokens, effects, allRoutes(tenant), log);
  const server = await startServer({ tenant, tokens, graph, standIn: () => standIn, log }, options.port ?? 0);

  const standIn: EntraStandIn = {
    url: server.url,
    caPem: state.identity.tls.caPem,
    tenantId: state.identity.tenantId,
    clientId: state.identity.clientId,
    clientSecret: state.identity.clientSecret,
    switches,
    fetch: createInProcess(graph),
    grant: (form) => tokens.grant(state.identity.tenantId, form),
    view: (idOrUpn) => viewOf(tenant, idOrUpn),
    people: () =>
      state.directory.people.map(({ id, userPrincipalName, displayName, accountEnabled }) => ({
        id,
        userPrincipalName,
        displayName,
        accountEnabled,
      })),
    counts: effects.counts,
    effects: effects.list,
    clearEffects: effects.clear,
    mails: () => state.mails,
    edit: (edit) => editPerson(tenant, edit),
    signInWithPass: (upn, pass) => signInWithPass(tenant, upn, pass),
    signInWithKey: (upn, key) => signInWithKey(tenant, upn, keyOf(key)),
    registerAtSecurityInfo: (upn, session, key, name = 'Security key') =>
      registerAtSecurityInfo(tenant, upn, session, keyOf(key), name),
    enrol: (upn, key, name = 'Security key') => enrol(tenant, upn, keyOf(key), name),
    setPolicy: (changes) => changePolicy(tenant, changes),
    subscribe: store.subscribe,
    async close() {
      await server.close();
      await store.settled();
    },
  };
  return standIn;
};
