import { type JWK } from 'jose';

/** What is signed for: put into each signature's header, so that one kind can never pass for another. */
export type Purpose =
  | 'keyvouch-decision+jwt'
  | 'keyvouch-containment+jwt'
  | 'keyvouch-freeze+jwt'
  | 'keyvouch-thaw+jwt'
  | 'keyvouch-job+jwt'
  | 'keyvouch-key+jwt'
  | 'keyvouch-anchor+jwt';

/**
 * The service's keys. They are not in storage: Key Vault in Azure, a file in the sandbox. Whoever can write the tables
 * can therefore neither sign a decision or a job, nor seal a row, nor work out a vouch code.
 */
export interface Keys {
  /** Signs claims as a compact JWS (ES256) whose header names the key (`kid`) and the purpose (`typ`). */
  sign(purpose: Purpose, claims: Record<string, unknown>): Promise<string>;
  /** @returns the claims. @throws Fault `signature-bad` where the signature does not hold or was made for something else. */
  verify(purpose: Purpose, jws: string): Promise<Record<string, unknown>>;
  /** The public keys that sign now or signed before, the current one first. */
  publicKeys(): Promise<readonly JWK[]>;
  /** For each key but the first ever: a `keyvouch-key+jwt` in which the key before it names it. */
  endorsements(): Promise<readonly string[]>;
  /** HMAC-SHA-256 of a label under a key of its own for each purpose. 32 bytes. */
  derive(purpose: 'seal' | 'vouch-code' | 'job-number' | 'pairing-code' | 'not-me', label: string): Buffer;
}

/** A number of so many digits that only this service can work out from a label; written nowhere. */
export function digitsOf(keys: Keys, purpose: 'vouch-code' | 'job-number', label: string, digits: number): string {
  const number = keys.derive(purpose, label).readBigUInt64BE() % 10n ** BigInt(digits);
  return number.toString().padStart(digits, '0');
}
