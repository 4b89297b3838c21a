import { Fault } from '../../../agent/protocol/fault';
import { Secret } from '../../../agent/protocol/secret';
import {
  type Entra,
  type Fido2Policy,
  type Letter,
  type ManagerChange,
  type Passkey,
  type PassPolicy,
  type Person,
  type SignIn,
} from '../../entra';

/** What a scripted call does instead of its work, or around it. */
export type Script =
  | { kind: 'fails'; fault: Fault }
  /** The work is done, and the answer is this fault. */
  | { kind: 'lost'; fault: Fault }
  /** Something happens just before the call does its work. */
  | { kind: 'first'; work: () => Promise<void> | void };

export interface ScriptedEntra {
  entra: Entra;
  people: Map<string, Person>;
  managers: Map<string, string>;
  /** What the directory's log says of somebody's manager. */
  managerChanges: Map<string, ManagerChange[]>;
  /** Members of groups, by group id. */
  groups: Map<string, string[]>;
  privileged: Set<string>;
  /** The one pass that Entra keeps of each person, as a sign-in would find it. */
  passes: Map<string, { id: string; text: string; createdAt: Date; validUntil: Date }>;
  passkeys: Map<string, Passkey[]>;
  signIns: SignIn[];
  /** What was sent, in order. */
  mails: (Letter & { mailbox: string })[];
  fido2: Fido2Policy;
  passPolicy: PassPolicy;
  /** Every call in order: `passes.create`. */
  calls: string[];
  /** For the next calls of this name. */
  script(call: string, script: Script, times?: number): void;
  /** Lists show neither passes nor passkeys that are younger than this. */
  lagMs: number;
}

export function unclear(code = 'graph-timeout'): Fault {
  return new Fault({ code, say: 'No answer in time.', todo: 'Wait.', retry: true, facts: { ambiguous: true } });
}

export function refusedBy(code: string, retry = false): Fault {
  return new Fault({ code, say: 'Refused.', todo: 'See the ticket.', retry });
}

const SCOPE = { enabled: true, includeTargets: [{ id: 'all_users', allowedPasskeyProfiles: [] }], excludeTargets: [] };

/** An Entra in memory that does as it is told: for tests of the service. The real behaviour is in infra/local/entra. */
export function createScriptedEntra(now: () => Date): ScriptedEntra {
  const scripts = new Map<string, Script[]>();
  let made = 0;

  async function play<T>(call: string, work: () => T): Promise<T> {
    self.calls.push(call);
    await Promise.resolve();
    const script = scripts.get(call)?.shift();
    if (script?.kind === 'fails') throw script.fault;
    if (script?.kind === 'first') await script.work();
    const result = work();
    if (script?.kind === 'lost') throw script.fault;
    return result;
  }

  const known = (id: string): Person | undefined =>
    self.people.get(id) ?? [...self.people.values()].find((person) => person.userPrincipalName === id);

  function get(id: string): Person {
    const person = known(id);
    if (!person) throw new Fault({ code: 'person-unknown', say: 'Nobody of this name.', todo: 'Check the name.' });
    return person;
  }

  const old = (createdAt: Date | undefined) => (createdAt?.getTime() ?? 0) <= now().getTime() - self.lagMs;
  const keysOf = (id: string) => self.passkeys.get(id) ?? [];

  const entra: Entra = {
    people: {
      find: (id) => play('people.find', () => known(id)),
      get: (id) => play('people.get', () => get(id)),
      search: (text, limit) =>
        play('people.search', () => {
          const wanted = text.toLowerCase();
          const found = [...self.people.values()].filter((one) => one.displayName.toLowerCase().startsWith(wanted));
          return found.slice(0, limit);
        }),
      manager: (id) => play('people.manager', () => self.people.get(self.managers.get(id) ?? '')),
      members: (group) => play('people.members', () => (self.groups.get(group) ?? []).map(get)),
      isMember: (id, groups) =>
        play('people.isMember', () => groups.filter((group) => (self.groups.get(group) ?? []).includes(id))),
    },
    passes: {
      list: (id) =>
        play('passes.list', () => {
          const pass = self.passes.get(id);
          return pass && old(pass.createdAt)
            ? [{ id: pass.id, createdAt: pass.createdAt, isUsable: pass.validUntil > now() }]
            : [];
        }),
      create: (id, { lifetimeInMinutes = 60 }) =>
        play('passes.create', () => {
          made += 1;
          const createdAt = now();
          const validUntil = new Date(createdAt.getTime() + lifetimeInMinutes * 60_000);
          const pass = { id: `pass-${made}`, text: `CANARY-PASS-${made}`, createdAt, validUntil };
          self.passes.set(id, pass);
          return {
            ...{ id: pass.id, createdAt, startsAt: createdAt, validUntil, lifetimeInMinutes },
            ...{ isUsableOnce: false, requestId: `request-${made}`, pass: new Secret(pass.text) },
          };
        }),
      delete: (id, methodId) =>
        play('passes.delete', () => {
          if (self.passes.get(id)?.id !== methodId) return 'gone';
          self.passes.delete(id);
          return 'deleted';
        }),
    },
    passkeys: {
      creationOptions: () =>
        play('passkeys.creationOptions', () => {
          made += 1;
          return {
            expiresAt: new Date(now().getTime() + 5 * 60_000),
            publicKey: {
              rp: { id: 'login.microsoft.com', name: 'Microsoft' },
              user: { id: 'dXNlcg', name: 'user', displayName: 'User' },
              challenge: `challenge-${made}`,
              pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
              timeout: 60_000,
              excludeCredentials: [],
              authenticatorSelection: { requireResidentKey: true, userVerification: 'required' },
              attestation: 'direct',
              extensions: {},
            },
          };
        }),
      create: (id, { credentialId, displayName }) =>
        play('passkeys.create', () => {
          const already = keysOf(id).some(({ credentialIds }) =>
            credentialIds.some((one) => Buffer.from(one).equals(credentialId)),
          );
          if (already) throw refusedBy('passkey-already-registered');
          made += 1;
          const passkey: Passkey = {
            id: `passkey-${made}`,
            displayName,
            createdAt: now(),
            aaguid: 'cb69481e-8ff7-4039-93ec-0a2729a154a8',
            model: 'YubiKey 5 Series',
            credentialIds: [credentialId],
          };
          self.passkeys.set(id, [...keysOf(id), passkey]);
          return passkey;
        }),
      list: (id) => play('passkeys.list', () => keysOf(id).filter(({ createdAt }) => old(createdAt))),
      delete: (id, methodId) =>
        play('passkeys.delete', () => {
          const before = keysOf(id);
          self.passkeys.set(
            id,
            before.filter((passkey) => passkey.id !== methodId),
          );
          return before.length === keysOf(id).length ? 'gone' : 'deleted';
        }),
    },
    methods: {
      list: (id) =>
        play('methods.list', () =>
          keysOf(id).map((one) => ({ id: one.id, kind: 'fido2' as const, phishingResistant: true })),
        ),
    },
    policies: {
      fido2: () => play('policies.fido2', () => self.fido2),
      temporaryAccessPass: () => play('policies.temporaryAccessPass', () => self.passPolicy),
    },
    privileged: (id) =>
      play('privileged', () => ({
        privileged: self.privileged.has(id),
        why: self.privileged.has(id) ? ['role-active:Global Administrator'] : [],
      })),
    accounts: {
      setEnabled: (id, accountEnabled) =>
        play('accounts.setEnabled', () => {
          self.people.set(id, { ...get(id), accountEnabled });
        }),
    },
    mail: {
      send: (mailbox, letter) =>
        play('mail.send', () => {
          self.mails.push({ mailbox, ...letter });
        }),
    },
    managerChanges: {
      since: (id, since) =>
        play('managerChanges.since', () => (self.managerChanges.get(id) ?? []).filter(({ at }) => at >= since)),
    },
    sessions: { revoke: () => play('sessions.revoke', () => undefined) },
    signIns: {
      recent: (_id, since) => play('signIns.recent', () => self.signIns.filter(({ at }) => at >= since)),
    },
  };

  const self: ScriptedEntra = {
    entra,
    people: new Map(),
    managers: new Map(),
    managerChanges: new Map(),
    groups: new Map(),
    privileged: new Set(),
    passes: new Map(),
    passkeys: new Map(),
    signIns: [],
    mails: [],
    fido2: {
      ...SCOPE,
      selfServiceAllowed: true,
      attestationRequired: false,
      keyRestrictions: { isEnforced: false, enforcementType: 'block', aaguids: [] },
      profiles: [],
    },
    passPolicy: {
      ...SCOPE,
      defaultLifetime: 60,
      minimumLifetime: 10,
      maximumLifetime: 480,
      length: 12,
      onceOnly: false,
    },
    calls: [],
    script(call, script, times = 1) {
      const queue = scripts.get(call) ?? [];
      scripts.set(call, [...queue, ...Array.from({ length: times }, () => script)]);
    },
    lagMs: 0,
  };
  return self;
}
