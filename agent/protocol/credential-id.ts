/** Longer than any key makes them (CTAP 2.1 §6.4, maxCredentialIdLength; WebAuthn §4). */
const MAX_ID_BYTES = 1023;

/** How many characters a padding of 0, 1 or 2 `=` leaves in the last group of four. */
const LEFT_BY_DIGIT: Readonly<Record<string, number>> = { '0': 0, '1': 3, '2': 2 };

/** base64url without padding (RFC 4648 §5). */
export function encodeBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

/**
 * Decodes a credential id as Entra writes it. Three ways are in use: base64url, standard base64 with `=`, and base64url
 * with one digit behind it that counts the `=` taken off (.NET's UrlTokenEncode). An id that ends in `1` can be read
 * both ways: then both readings are given, and who excludes or searches uses both.
 *
 * @returns all plausible readings, the most plausible first; none when it is not base64 at all
 */
export function decodeCredentialId(id: string): Uint8Array[] {
  const text = id.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
  if (!/^[\w-]+$/.test(text)) return [];
  const digit = text.slice(-1);
  const stem = text.slice(0, -1);
  const readings: Uint8Array[] = [];
  // A string that shows standard base64 has its padding where it belongs, not in a digit.
  if (!/[=+/]/.test(id) && stem.length > 0 && LEFT_BY_DIGIT[digit] === stem.length % 4 && isCanonical(stem)) {
    readings.push(decode(stem));
  }
  if (isCanonical(text)) readings.push(decode(text));
  // Someone's encoder left stray bits behind: still better read than dropped.
  if (readings.length === 0 && text.length % 4 !== 1) readings.push(decode(text));
  return readings.filter((bytes) => bytes.length <= MAX_ID_BYTES);
}

function decode(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64url'));
}

/** Whether an encoder would have written exactly this: no impossible length, no stray bits in the last character. */
function isCanonical(text: string): boolean {
  return text.length % 4 !== 1 && Buffer.from(text, 'base64url').toString('base64url') === text;
}
