/** Crockford's base 32: no letter that is easily taken for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PUBLIC_LENGTH = 4;
const SECRET_LENGTH = 8;

/** A pairing code: `K7Q2-M9DX-4TRH`. The first group finds it (20 bits), the other two are secret (40 bits). */
export interface PairingCodeParts {
  publicPart: string;
  secretPart: string;
}

/** @param random 12 uniformly random bytes */
export function pairingCodeFrom(random: Uint8Array): PairingCodeParts {
  if (random.length < PUBLIC_LENGTH + SECRET_LENGTH) throw new RangeError('a pairing code takes 12 random bytes');
  const letters = Array.from(random, (byte) => ALPHABET.charAt(byte & 31)).join('');
  return {
    publicPart: letters.slice(0, PUBLIC_LENGTH),
    secretPart: letters.slice(PUBLIC_LENGTH, PUBLIC_LENGTH + SECRET_LENGTH),
  };
}

export function formatPairingCode({ publicPart, secretPart }: PairingCodeParts): string {
  return `${publicPart}-${secretPart.slice(0, 4)}-${secretPart.slice(4)}`;
}

/** Reads a code as people type it: any case, with or without dashes, O for 0, I or L for 1. Undefined: it is none. */
export function parsePairingCode(text: string): PairingCodeParts | undefined {
  const letters = text.trim().toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const known = Array.from(letters).every((letter) => ALPHABET.includes(letter));
  if (!known || letters.length !== PUBLIC_LENGTH + SECRET_LENGTH) return undefined;
  return { publicPart: letters.slice(0, PUBLIC_LENGTH), secretPart: letters.slice(PUBLIC_LENGTH) };
}
