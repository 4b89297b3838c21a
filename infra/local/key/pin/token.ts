import { randomBytes } from 'node:crypto';

import type { PinUvAuthProtocol } from './protocol';

/** The permission bits of a pinUvAuthToken (CTAP 2.1 §6.5.5.7). */
export const Permission = { mc: 0x01, ga: 0x02, cm: 0x04, be: 0x08, lbw: 0x10, acfg: 0x20 } as const;

/** CTAP 2.1 §6.5.2.1, for USB: unused for 30 s it dies, and 10 min is the end. */
const LIMITS = { initialUsage: 30_000, maxUsage: 600_000 } as const;

/**
 * The one pinUvAuthToken of a key: its bytes, its permissions, and how long it may be used.
 * All times are milliseconds of the given clock.
 */
export interface Token {
  /** New bytes; whatever the old ones allowed is over. */
  reset(): Buffer;
  begin(permissions: number, rpId: string | undefined): void;
  /** Whether the parameter was made with the token in use. Using it counts as usage. */
  verify(protocol: PinUvAuthProtocol, message: Buffer, parameter: Buffer): boolean;
  has(permission: number): boolean;
  /** True if the token is bound to no RP id or to this one. */
  allowsRp(rpId: string): boolean;
  boundRp(): string | undefined;
  bindRp(rpId: string): void;
  userVerified(): boolean;
  /** After a registration or an assertion the token is worth nothing but lbw (§6.5.2.1). */
  spend(): void;
}

interface Use {
  readonly since: number;
  used: boolean;
  permissions: number;
  rpId: string | undefined;
  userVerified: boolean;
}

export function createToken(now: () => number): Token {
  let value = randomBytes(32);
  let use: Use | undefined;

  const current = (): Use | undefined => {
    if (use !== undefined) {
      const age = now() - use.since;
      if (age > LIMITS.maxUsage || (!use.used && age > LIMITS.initialUsage)) use = undefined;
    }
    return use;
  };

  return {
    reset: () => {
      value = randomBytes(32);
      use = undefined;
      return value;
    },
    begin: (permissions, rpId) => {
      use = { since: now(), used: false, permissions, rpId, userVerified: true };
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
      if (use !== undefined) use.rpId ??= rpId;
    },
    userVerified: () => current()?.userVerified ?? false,
    spend: () => {
      if (use === undefined) return;
      use.userVerified = false;
      use.permissions &= Permission.lbw;
    },
  };
}
