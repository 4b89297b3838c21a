import { fido2AppliesTo, modelAllowed, rulesFor, type Fido2Policy } from './fido2-policy';
import { type Method } from './methods';
import { lifetimeFor, passAppliesTo, type PassPolicy } from './pass-policy';
import { type Passkey } from './passkeys';
import { type Person } from './person';
import { type Applies } from './policy-target';
import { type Privilege } from './privileged';

/** The flows that readiness is asked for. What a flow does not use is not checked for it. */
export type ReadinessFlow =
  'onboarding' | 'spare-key' | 'lost-key' | 'locked-pin' | 'pass' | 'return-key' | 'emergency';

/** What is known of a person. What is left out was not read and comes back as `not-checked`, never as `ok`. */
export interface ReadinessFacts {
  flow: ReadinessFlow;
  person: Person;
  /** Of the groups that the policies name, those the person is in. */
  groupIds?: readonly string[] | undefined;
  fido2Policy?: Fido2Policy | undefined;
  passPolicy?: PassPolicy | undefined;
  privilege?: Privilege | undefined;
  methods?: readonly Method[] | undefined;
  passkeys?: readonly Passkey[] | undefined;
  /** An emergency account of the settings. */
  emergency?: boolean | undefined;
  /** Minutes that the flow will ask a pass for. */
  wantedLifetime?: number | undefined;
  /** The model of the key, where it is known already, and whether its attestation can be followed to a root. */
  model?: { aaguid: string; attested: boolean } | undefined;
}

/** What is checked. */
export type ReadinessCheck =
  | 'account'
  | 'guest'
  | 'emergency'
  | 'privileged'
  | 'passkey-method'
  | 'self-service'
  | 'model'
  | 'pass-method'
  | 'pass-lifetime'
  | 'passkeys'
  | 'other-method'
  | 'conditional-access'
  | 'other-ticket';

/** One line of the answer. `code` is the key of its words; `facts` fill them. */
export interface ReadinessLine {
  check: ReadinessCheck;
  state: 'ok' | 'warn' | 'stop' | 'not-checked';
  code: string;
  facts: Readonly<Record<string, string | number | boolean>>;
}

/** Every code that a line can have: cards/words has a sentence for each. */
export const READINESS_CODES = [
  'account-enabled',
  'account-disabled',
  'not-guest',
  'guest',
  'not-emergency',
  'emergency-account',
  'emergency-not-checked',
  'not-privileged',
  'privileged',
  'privileged-not-checked',
  'passkey-method-on',
  'passkey-method-off',
  'passkey-method-excluded',
  'passkey-method-not-in-scope',
  'passkey-method-not-checked',
  'self-service-on',
  'self-service-off',
  'self-service-not-checked',
  'model-allowed',
  'model-any',
  'model-restricted',
  'model-attestation-required',
  'model-not-listed',
  'model-blocked',
  'model-attestation-missing',
  'model-synced-only',
  'model-no-profile',
  'model-not-checked',
  'pass-method-on',
  'pass-method-off',
  'pass-method-excluded',
  'pass-method-not-in-scope',
  'pass-method-not-checked',
  'pass-lifetime-ok',
  'pass-lifetime-raised',
  'pass-lifetime-lowered',
  'pass-lifetime-not-checked',
  'passkeys-none',
  'passkeys-some',
  'passkeys-none-to-remove',
  'passkeys-not-checked',
  'other-method-strong',
  'other-method-none',
  'other-method-not-checked',
  'conditional-access-not-checked',
] as const;

export type ReadinessCode = (typeof READINESS_CODES)[number];

type Line = Omit<ReadinessLine, 'facts' | 'code'> & { code: ReadinessCode; facts?: ReadinessLine['facts'] };

const REGISTERS: readonly ReadinessFlow[] = ['onboarding', 'spare-key', 'lost-key', 'locked-pin', 'emergency'];
const MAY_SHOW_A_PASS: readonly ReadinessFlow[] = ['onboarding', 'lost-key', 'pass'];
const REMOVES: readonly ReadinessFlow[] = ['lost-key', 'locked-pin', 'return-key'];

/**
 * What will stop a flow, what may, what is fine, and what nobody looked at. A missing way stops only where the flow has no
 * other: onboarding and lost-key can go by workstation (passkey registration) as well as by pass, so there a pass that is
 * not allowed is a warning.
 */
export function readiness(facts: ReadinessFacts): ReadinessLine[] {
  const { flow } = facts;
  const lines: Line[] = [
    ...account(facts),
    privileged(facts),
    ...(REGISTERS.includes(flow) ? [passkeyMethod(facts), selfService(facts), model(facts)] : []),
    ...(MAY_SHOW_A_PASS.includes(flow) ? [passMethod(facts), passLifetime(facts)] : []),
    ...(flow === 'pass' ? [] : [passkeys(facts)]),
    ...(flow === 'lost-key' || flow === 'spare-key' ? [otherMethod(facts)] : []),
    { check: 'conditional-access', state: 'not-checked', code: 'conditional-access-not-checked' },
  ];
  return lines.map((line) => ({ facts: {}, ...line }));
}

function account({ person, emergency, flow }: ReadinessFacts): Line[] {
  const disabled = person.accountEnabled ? 'ok' : flow === 'return-key' ? 'warn' : 'stop';
  return [
    { check: 'account', state: disabled, code: person.accountEnabled ? 'account-enabled' : 'account-disabled' },
    person.external
      ? { check: 'guest', state: 'stop', code: 'guest' }
      : { check: 'guest', state: 'ok', code: 'not-guest' },
    emergency === undefined
      ? { check: 'emergency', state: 'not-checked', code: 'emergency-not-checked' }
      : emergency
        ? { check: 'emergency', state: flow === 'emergency' ? 'ok' : 'stop', code: 'emergency-account' }
        : { check: 'emergency', state: flow === 'emergency' ? 'stop' : 'ok', code: 'not-emergency' },
  ];
}

function privileged({ privilege, flow }: ReadinessFacts): Line {
  const check = 'privileged';
  if (privilege === undefined) return { check, state: 'not-checked', code: 'privileged-not-checked' };
  if (!privilege.privileged) return { check, state: 'ok', code: 'not-privileged' };
  // An emergency account is there to be privileged.
  const state = flow === 'emergency' ? 'ok' : 'stop';
  return { check, state, code: 'privileged', facts: { why: privilege.why.join(', ') } };
}

const ENDING = { 'method-off': 'off', excluded: 'excluded', 'not-in-scope': 'not-in-scope', ok: 'on' } as const;

/** The line for a method's scope. Without the groups only "off" can be told for certain. */
function scope(
  check: 'passkey-method' | 'pass-method',
  policy: { enabled: boolean } | undefined,
  applies: Applies | undefined,
  otherWay: boolean,
): Line {
  if (policy === undefined || (policy.enabled && applies === undefined)) {
    return { check, state: 'not-checked', code: `${check}-not-checked` };
  }
  const ending = ENDING[applies?.why ?? 'method-off'];
  const state = ending === 'on' ? 'ok' : otherWay ? 'warn' : 'stop';
  return { check, state, code: `${check}-${ending}` };
}

function passkeyMethod({ fido2Policy: policy, groupIds }: ReadinessFacts): Line {
  return scope('passkey-method', policy, policy && groupIds && fido2AppliesTo(policy, groupIds), false);
}

function passMethod({ passPolicy: policy, groupIds, flow }: ReadinessFacts): Line {
  return scope('pass-method', policy, policy && groupIds && passAppliesTo(policy, groupIds), flow !== 'pass');
}

function selfService({ fido2Policy }: ReadinessFacts): Line {
  const check = 'self-service';
  if (fido2Policy === undefined) return { check, state: 'not-checked', code: 'self-service-not-checked' };
  return fido2Policy.selfServiceAllowed
    ? { check, state: 'ok', code: 'self-service-on' }
    : { check, state: 'stop', code: 'self-service-off' };
}

const REFUSED_MODEL = {
  'model-not-listed': 'model-not-listed',
  'model-blocked': 'model-blocked',
  'attestation-required': 'model-attestation-missing',
  'synced-only': 'model-synced-only',
  'no-profile': 'model-no-profile',
} as const;

function model({ fido2Policy: policy, groupIds, model: key }: ReadinessFacts): Line {
  const check = 'model';
  if (policy === undefined || groupIds === undefined) return { check, state: 'not-checked', code: 'model-not-checked' };
  if (key !== undefined) {
    const { allowed, why } = modelAllowed(policy, groupIds, key.aaguid, key.attested);
    return allowed
      ? { check, state: 'ok', code: 'model-allowed', facts: { aaguid: key.aaguid } }
      : { check, state: 'stop', code: REFUSED_MODEL[why], facts: { aaguid: key.aaguid } };
  }
  const rules = rulesFor(policy, groupIds).filter(({ deviceBound }) => deviceBound);
  if (rules.length === 0) return { check, state: 'stop', code: 'model-no-profile' };
  if (rules.some((rule) => !rule.keyRestrictions.isEnforced && !rule.attestationRequired)) {
    return { check, state: 'ok', code: 'model-any' };
  }
  // Some keys will be refused, and which key it is nobody knows yet.
  const restricted = rules.every((rule) => rule.keyRestrictions.isEnforced);
  return { check, state: 'warn', code: restricted ? 'model-restricted' : 'model-attestation-required' };
}

function passLifetime({ passPolicy, wantedLifetime }: ReadinessFacts): Line {
  const check = 'pass-lifetime';
  if (passPolicy === undefined) return { check, state: 'not-checked', code: 'pass-lifetime-not-checked' };
  const { lifetimeInMinutes, change } = lifetimeFor(passPolicy, wantedLifetime);
  const facts = {
    lifetimeInMinutes,
    minimum: passPolicy.minimumLifetime,
    maximum: passPolicy.maximumLifetime,
    ...(wantedLifetime === undefined ? {} : { wanted: wantedLifetime }),
  };
  if (change === 'none') return { check, state: 'ok', code: 'pass-lifetime-ok', facts };
  return { check, state: 'warn', code: `pass-lifetime-${change}`, facts };
}

function passkeys({ passkeys: list, flow }: ReadinessFacts): Line {
  const check = 'passkeys';
  if (list === undefined) return { check, state: 'not-checked', code: 'passkeys-not-checked' };
  const facts = { count: list.length };
  if (list.length > 0) return { check, state: 'ok', code: 'passkeys-some', facts };
  return REMOVES.includes(flow)
    ? { check, state: 'warn', code: 'passkeys-none-to-remove', facts }
    : { check, state: 'ok', code: 'passkeys-none', facts };
}

/** Whether another phishing-resistant way to sign in is there, beside the passkey the flow is about. */
function otherMethod({ methods, flow }: ReadinessFacts): Line {
  const check = 'other-method';
  if (methods === undefined) return { check, state: 'not-checked', code: 'other-method-not-checked' };
  const strong = methods.filter(({ phishingResistant }) => phishingResistant).length;
  const facts = { strong };
  return strong >= (flow === 'lost-key' ? 2 : 1)
    ? { check, state: 'ok', code: 'other-method-strong', facts }
    : { check, state: 'warn', code: 'other-method-none', facts };
}
