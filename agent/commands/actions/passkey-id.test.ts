import { type Passkey } from '../../operations/passkeys';
import { encodeBase64Url } from '../../protocol/credential-id';
import { Fault } from '../../protocol/fault';
import { findPasskey, shortIds } from './passkey-id';

const passkey = (hex: string): Passkey => ({
  rpId: 'example.org',
  credentialId: Uint8Array.from(Buffer.from(hex, 'hex')),
  user: { id: Uint8Array.of(1), name: undefined, displayName: undefined },
  credProtect: undefined,
});

const KEY = ['aabbccddeeff0011', 'aabbccddeeff0022', 'ff00112233445566', '3f3e3d'].map(passkey);

it('short ids are as long as they must be to be told apart, and eight digits at least', () => {
  expect(shortIds(KEY)).toEqual(['aabbccddeeff001', 'aabbccddeeff002', 'ff001122', '3f3e3d']);
  expect(shortIds([])).toEqual([]);
});

it.each<[string, string, number | string]>([
  ['its beginning', 'ff00', 2],
  ['its beginning in capitals', 'FF0011', 2],
  ['all of it in hexadecimal', 'aabbccddeeff0022', 1],
  ['all of it in base64url', encodeBase64Url(KEY[0]!.credentialId), 0],
  ['a short one as a whole', '3f3e3d', 3],
  ['a beginning that two have', 'aabbcc', 'passkey-ambiguous'],
  ['fewer than four digits', 'ff0', 'passkey-unknown'],
  ['what no passkey has', '12345678', 'passkey-unknown'],
  ['nothing', '', 'passkey-unknown'],
])('a passkey is found by %s', (_, given, expected) => {
  const found = (() => {
    try {
      return KEY.indexOf(findPasskey(KEY, given));
    } catch (error) {
      return error instanceof Fault ? error.code : String(error);
    }
  })();
  expect(found).toBe(expected);
});
