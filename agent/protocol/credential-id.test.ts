import fc from 'fast-check';
import { decodeCredentialId, encodeBase64Url } from './credential-id';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const digitForm = (bytes: Uint8Array): string => encodeBase64Url(bytes) + String((3 - (bytes.length % 3)) % 3);
const readings = (id: string): string[] => decodeCredentialId(id).map(hex);

describe('decodeCredentialId', () => {
  test.each([
    ['base64url and a digit, 16 bytes', '_jpuR-TGZtk6aQCLF3BQjA2', ['fe3a6e47e4c666d93a69008b1770508c']],
    ['base64 with padding', 'GshyINLMaOOwqt1LNUi0gQ==', ['1ac87220d2cc68e3b0aadd4b3548b481']],
    ['base64 with + and /', '+/8=', ['fbff']],
    ['plain base64url', '-_8', ['fbff']],
    ['a digit that counts no padding', 'AAEC0', ['000102']],
    ['a last 1 that can be both', 'AAE1', ['0001', '000135']],
    ['nothing', '', []],
    ['no id at all', 'not an id!', []],
  ])('%s: %s', (_name, id, expected) => {
    expect(readings(id)).toEqual(expected);
  });

  test('every id comes back from each of the three ways to write it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (bytes) => {
        const base64 = Buffer.from(bytes).toString('base64');
        for (const written of [encodeBase64Url(bytes), base64, digitForm(bytes)]) {
          expect(readings(written)).toContain(hex(bytes));
        }
        expect(readings(digitForm(bytes))[0]).toBe(hex(bytes));
      }),
    );
  });
});
