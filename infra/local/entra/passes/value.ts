import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { Secret } from '../../../../agent/protocol/secret';

// As Entra's own: letters, digits and signs, without those that are easily taken for others.
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789!#$%&*+=?@^';

/** A new value of the length that the policy asks for (8 to 48). */
export const makePassValue = (length: number): Secret =>
  new Secret(Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join(''));

const digest = (value: string, salt: string): Buffer => createHash('sha256').update(salt).update(value).digest();

/** What is kept instead of the value. */
export const hashPass = (value: Secret): { salt: string; hash: string } => {
  const salt = randomBytes(16).toString('base64url');
  return { salt, hash: digest(value.reveal(), salt).toString('base64url') };
};

export const isPassValue = (typed: string, kept: { salt: string; hash: string }): boolean =>
  timingSafeEqual(digest(typed, kept.salt), Buffer.from(kept.hash, 'base64url'));
