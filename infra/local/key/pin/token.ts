import { randomBytes } from 'node:crypto';

import type { PinUvAuthProtocol } from './protocol';

/** The permission bits of a pinUvAuthToken (CTAP 2.1 §6.5.5.7). */
export const Permission = { mc: 0x01, ga: 0x02, cm: 0x04, be: 0x08, lbw: 0x10, acfg: 0x20 } as const;

/** CTAP 2.1 §6.5.2.1, for USB: unused for 30 s it dies, 10 min is the end, and for 30 s a finger counts as present. */
const LIMITS = { initialUsage: 30_000, maxUsage: 600_000, userPresent: 30_000 } as const;

/**
 * The one pinUvAuthToken of a key: its bytes, its permissions, and how long it may be used.
 * All times are milliseconds of the given clock.
 */
export interface Token {
  /** New bytes; whatever the old ones allowed is over. */
  reset(): void;
  /** Gives the token to a platform: its bytes, new ones unless it is one of CTAP 2.0. */
  begin(grant: Grant): Buffer;
  /** Whether the parameter was made with the token in use. Using it counts as usage. */
  verify(protocol: PinUvAuthProtocol, message: Buffer, parameter: Buffer): boolean;
  has(permission: number): boolean;
  /** True if the token is bound to no RP id or to this one. */
  allowsRp(rpId: string): boolean;
  boundRp(): string | undefined;
  bindRp(rpId: string): void;
  userVerified(): boolean;
  /** Whether the finger that gave the token still counts as a touch. */
  userPresent(): boolean;
  /** After a registration or an assertion the token is worth nothing but lbw (§6.5.2.1). */
  spend(): void;
}

/** What a token may do, for which RP, and whether a finger was on the key when it was given. */
export interface Grant {
  readonly permissions: number;
  readonly rpId: string | undefined;
  readonly userPresent: boolean;
}

interface Use {
  readonly since: number;
  used: boolean;
  permissions: number;
  rpId: string | undefined;
  userVerified: boolean;
  userPresent: boolean;
}

/**
 * @param now milliseconds
 * @param limited false for a token of CTAP 2.0: the same bytes until the power goes or the PIN changes, never spent,
 *   without time limits
 */
export function createToken(now: () => number, limited: boolean): Token {
  let value = randomBytes(32);
  let use: Use | undefined;

  const current = (): Use | undefined => {
    if (use !== undefined && limited) {
      const age = now() - use.since;
      if (age > LIMITS.maxUsage || (!use.used && age > LIMITS.initialUsage)) use = undefined;
    }
    return use;
  };

  return {
    reset: () => {
      value = randomBytes(32);
      use = undefined;
    },
    begin: (grant) => {
      if (limited) value = randomBytes(32);
      use = { ...grant, since: now(), used: false, userVerified: true };
      return value;
    },
    verify: (protocol, message, parameter) => {
      const inUse = current();
      if (inUse === undefined || !protocol.verify(value, message, parameter)) return false;
      inUse.used = true;
      return true;
    },
    has: (permission) => ((current()?.permissions ?? 0) & permission) !== 0,
    allowsRp: (rpId) => {
      const bound = current()?.rpId;
      return bound === undefined || bound === rpId;
    },
    boundRp: () => current()?.rpId,
    bindRp: (rpId) => {
      if (use !== undefined && limited) use.rpId ??= rpId;
    },
    userVerified: () => current()?.userVerified ?? false,
    userPresent: () => {
      const inUse = current();
      return inUse !== undefined && inUse.userPresent && now() - inUse.since <= LIMITS.userPresent;
    },
    spend: () => {
      if (use === undefined || !limited) return;
      use.userPresent = false;
      use.userVerified = false;
      use.permissions &= Permission.lbw;
    },
  };
}
