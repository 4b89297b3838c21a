const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';

/** Sixteen bits as a pronounceable word of five letters (proquint, Wilkerson 2009): `lusab`. */
function wordOf(bits: number): string {
  const consonant = (shift: number) => CONSONANTS.charAt((bits >> shift) & 15);
  const vowel = (shift: number) => VOWELS.charAt((bits >> shift) & 3);
  return consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0);
}

/**
 * Three words of a key's fingerprint, 48 bits, the same in every language: shown at the workstation and in the chat,
 * for a person to compare.
 * @param thumbprint RFC 7638, SHA-256, base64url
 */
export function fingerprintWords(thumbprint: string): string[] {
  const bytes = Buffer.from(thumbprint, 'base64url');
  if (bytes.length < 6) throw new RangeError('a thumbprint has 32 bytes');
  return [0, 2, 4].map((at) => wordOf(bytes.readUInt16BE(at)));
}
