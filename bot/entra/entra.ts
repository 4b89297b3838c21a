import { createGraph, type GraphOptions } from './client/graph';
import { type Accounts, createAccounts } from './accounts';
import { createMail, type Mail } from './mail';
import { createManagerChanges, type ManagerChanges } from './manager-changes';
import { createMethods, type Methods } from './methods';
import { createPasses, type Passes } from './passes';
import { createPasskeys, type Passkeys } from './passkeys';
import { createPeople, type People } from './people';
import { createPolicies, type Policies } from './policies';
import { createPrivileged, type Privileged } from './privileged';
import { createSessions, type Sessions } from './sessions';
import { createSignIns, type SignIns } from './sign-ins';

/** Microsoft Entra as Keyvouch sees it: plain functions, so that a test can put its own in their place. */
export interface Entra {
  people: People;
  passes: Passes;
  passkeys: Passkeys;
  methods: Methods;
  policies: Policies;
  privileged: Privileged;
  sessions: Sessions;
  signIns: SignIns;
  accounts: Accounts;
  mail: Mail;
  managerChanges: ManagerChanges;
}

export interface EntraOptions extends GraphOptions {
  /** False in a tenant without Entra ID P2, where nothing can be eligible through PIM. Default true. */
  privilegedIdentityManagement?: boolean;
}

/**
 * Builds {@link Entra} over Microsoft Graph. Every function throws a Fault (agent/protocol/fault.ts) on failure;
 * `facts.ambiguous` on it says that a write may have taken effect.
 */
export function createEntra(options: EntraOptions): Entra {
  const graph = createGraph(options);
  return {
    people: createPeople(graph),
    passes: createPasses(graph),
    passkeys: createPasskeys(graph),
    methods: createMethods(graph),
    policies: createPolicies(graph),
    privileged: createPrivileged(graph, { pim: options.privilegedIdentityManagement ?? true }),
    sessions: createSessions(graph),
    signIns: createSignIns(graph),
    accounts: createAccounts(graph),
    mail: createMail(graph),
    managerChanges: createManagerChanges(graph),
  };
}
