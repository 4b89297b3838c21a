import { z } from 'zod';
import { PERMISSIONS } from '../../../bot/entra/permissions';

const ms = z.number().int().min(0);
/** How a `Retry-After` is said: both ways are allowed, and gateways before Graph use the other one. */
const retryAfterAs = z.enum(['seconds', 'date']).default('seconds');
/** Which calls a rule is about: a method, and a regular expression over path and query (`/v1.0/users/…?$select=…`). */
const matching = { method: z.string().toUpperCase().optional(), path: z.string().optional() };

const actSchema = z.discriminatedUnion('act', [
  /** Answers so, without doing anything. `retryAfterSeconds: null` sends no `Retry-After`. */
  z.object({
    act: z.literal('refuse'),
    status: z.number().int().min(400).max(599),
    code: z.string().optional(),
    message: z.string().optional(),
    retryAfterSeconds: z.number().nullable().default(null),
    retryAfterAs,
  }),
  /** Cuts the connection without doing anything. */
  z.object({ act: z.literal('reset') }),
  /** Does nothing and never answers. */
  z.object({ act: z.literal('hang') }),
  /** Works, but later. */
  z.object({ act: z.literal('delay'), ms }),
  /** Does the work and then loses the reply: the effect is there, the caller cannot know. */
  z.object({
    act: z.literal('loseReply'),
    as: z.union([z.enum(['reset', 'hang']), z.number().int().min(500).max(599)]).default('reset'),
  }),
]);
export type Act = z.output<typeof actSchema>;

export const faultSchema = z
  .object({
    ...matching,
    /** How many matching calls pass before the rule starts. */
    skip: z.number().int().min(0).default(0),
    /** How many calls it then hits. */
    times: z.number().int().min(1).default(1),
    then: actSchema,
  })
  .strict();
export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;

const throttleSchema = z
  .object({
    ...matching,
    /** Refuse the next n matching calls. */
    next: z.number().int().min(0).default(0),
    /** Refuse every nth matching call; 0 is never. */
    every: z.number().int().min(0).default(0),
    /** `null`: a 429 without `Retry-After`. */
    retryAfterSeconds: z.number().nullable().default(1),
    retryAfterAs,
  })
  .strict();

/** App permissions that an administrator has granted: exactly those that the product asks for at deployment. */
const DEFAULT_GRANTS: readonly string[] = PERMISSIONS.map((permission) => permission.name);

export const switchesSchema = z
  .object({
    /** How long a changed method policy, or a new membership in its groups, is not enforced yet. */
    policyPropagationMs: ms.default(0),
    /** How long lists of methods lag behind, after a create and after a delete. */
    listDelayMs: ms.default(0),
    /** How long a sign-in takes to appear in the logs. */
    signInLogDelayMs: ms.default(0),
    /** A pass younger than this is refused at sign-in; the real one "may fail within 10 seconds". */
    passUnusableMs: ms.default(0),
    throttle: throttleSchema.nullable().default(null),
    faults: z.array(faultSchema).default([]),
    /** `documented`: the published limits per area hold (5 calls in 10 s for reports and methods, 1 a second for risk). */
    rateLimits: z.enum(['off', 'documented']).default('off'),
    /** How credential ids are written: with .NET's digit for the padding, as observed; or plain; or with `=`. */
    idEncoding: z.enum(['token-digit', 'base64url', 'base64']).default('token-digit'),
    /** `older`: the tenant has not opted in to passkey profiles, the policy's own fields count. */
    policyMode: z.enum(['profiles', 'older']).default('profiles'),
    /** After a sign-in with a pass the old passkey is asked for, while one is registered. */
    askForOldPasskeyAfterPass: z.boolean().default(false),
    /** Pages are at most this long, whatever `$top` says; null is Graph's own maximum. */
    pageSize: z.number().int().min(1).nullable().default(null),
    /** How far the stand-in's clock is ahead. */
    clockOffsetMs: z.number().int().default(0),
    grantedPermissions: z.array(z.string()).default([...DEFAULT_GRANTS]),
    /** How long an access token lives, in seconds. */
    tokenLifetimeSeconds: z.number().int().min(1).default(3599),
  })
  .strict();
export type SwitchValues = z.output<typeof switchesSchema>;
export type SwitchInput = z.input<typeof switchesSchema>;

/** Everything about the stand-in that may be turned while it runs. */
export interface Switches {
  get(): Readonly<SwitchValues>;
  /** Changes the given ones; `faults` and `throttle` are replaced whole. Throws a ZodError on a wrong value. */
  set(values: Partial<SwitchInput>): Readonly<SwitchValues>;
  /** Adds one fault rule. */
  fail(rule: FaultInput): void;
  /** The fault that hits this call, if any; uses it up. */
  nextFault(method: string, pathAndQuery: string): Act | undefined;
}

const matches = (rule: { method?: string | undefined; path?: string | undefined }, method: string, path: string) =>
  (rule.method === undefined || rule.method === method) &&
  (rule.path === undefined || new RegExp(rule.path, 'i').test(path));

export const createSwitches = (changed: (values: SwitchValues) => void): Switches => {
  let values = switchesSchema.parse({});
  let throttled = 0;

  const throttle = (method: string, path: string): Act | undefined => {
    const rule = values.throttle;
    if (!rule || !matches(rule, method, path)) return undefined;
    throttled += 1;
    const hit = rule.next > 0 || (rule.every > 0 && throttled % rule.every === 0);
    if (rule.next > 0) rule.next -= 1;
    const { retryAfterSeconds, retryAfterAs } = rule;
    return hit ? { act: 'refuse', status: 429, retryAfterSeconds, retryAfterAs } : undefined;
  };

  return {
    get: () => values,
    set(next) {
      values = switchesSchema.parse({ ...values, ...next });
      if (next.throttle !== undefined) throttled = 0;
      changed(values);
      return values;
    },
    fail(rule) {
      values.faults.push(faultSchema.parse(rule));
    },
    nextFault(method, path) {
      for (const fault of values.faults) {
        if (!matches(fault, method, path)) continue;
        if (fault.skip > 0) {
          fault.skip -= 1;
          continue;
        }
        fault.times -= 1;
        values.faults = values.faults.filter((one) => one.times > 0);
        return fault.then;
      }
      return throttle(method, path);
    },
  };
};
