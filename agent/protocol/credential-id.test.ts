import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { decodeCredentialId, encodeBase64Url } from './credential-id';

const tokenEncode = (bytes: Uint8Array) => `${encodeBase64Url(bytes)}${(3 - (bytes.length % 3)) % 3}`;
const has = (readings: Uint8Array[], id: Uint8Array) => readings.some((each) => Buffer.compare(each, id) === 0);

describe('a credential id', () => {
  // Ids as Microsoft Graph was seen to write them.
  it.each([
    ['standard base64 with padding', 'TZ2KrDEawbrIGQsnheGZ/BG9Nfnb7blSGwQYMGyJIhM=', 32],
    ['standard base64 of 16 bytes', 'GshyINLMaOOwqt1LNUi0gQ==', 16],
    ['a method id with its digit', '_jpuR-TGZtk6aQCLF3BQjA2', 16],
    ['plain base64url', '_jpuR-TGZtk6aQCLF3BQjA', 16],
  ])('as %s is read', (_, id, length) => {
    expect(decodeCredentialId(id).map((each) => each.length)).toEqual([length]);
  });

  const id = fc.uint8Array({ minLength: 16, maxLength: 128 });
  it.each([
    ['base64url', encodeBase64Url],
    ['standard base64', (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')],
    ['base64url and a digit', tokenEncode],
  ])('written as %s is always among the readings', (_, write) => {
    fc.assert(
      fc.property(id, (bytes) => has(decodeCredentialId(write(bytes)), bytes)),
      { numRuns: 2000 },
    );
  });

  it('with a digit is read so first', () => {
    for (let length = 16; length < 80; length++) {
      const bytes = Uint8Array.from(randomBytes(length));
      expect(decodeCredentialId(tokenEncode(bytes))[0]).toEqual(bytes);
    }
  });

  it.each(['', '=', 'not base64!', '0', 'ä'])('that is none ("%s") has no reading', (text) => {
    expect(decodeCredentialId(text)).toEqual([]);
  });

  it('has at most two readings, and none that a key could not make', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const readings = decodeCredentialId(text);
        expect(readings.length).toBeLessThanOrEqual(2);
        expect(readings.every((each) => each.length > 0 && each.length <= 1023)).toBe(true);
      }),
    );
  });
});
