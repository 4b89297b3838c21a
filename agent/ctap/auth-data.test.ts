import fc from 'fast-check';
import { Fault } from '../protocol/fault';
import { parseAuthData } from './auth-data';
import { cborMap, encodeCbor } from './cbor';

const RP_HASH = new Uint8Array(32).fill(0x11);
const AAGUID = Uint8Array.from(Buffer.from('b6d0c3a45e1f4c279a8b6b65796b6579', 'hex'));
const ID = Uint8Array.from({ length: 48 }, (_, i) => i);
const KEY = cborMap([
  [1, 2],
  [3, -7],
]);

const authData = (flags: number, ...parts: Uint8Array[]) =>
  Uint8Array.from(Buffer.concat([RP_HASH, Buffer.of(flags, 0, 0, 1, 0), ...parts]));
const credential = [AAGUID, Uint8Array.of(0, 48), ID, encodeCbor(KEY)];
const extensions = encodeCbor(cborMap([['credProtect', 1]]));

describe('authenticator data', () => {
  it('of a registration has the credential and the extensions', () => {
    expect(parseAuthData(authData(0xc5, ...credential, extensions))).toEqual({
      rpIdHash: RP_HASH,
      userPresent: true,
      userVerified: true,
      signCount: 256,
      credential: { aaguid: 'b6d0c3a4-5e1f-4c27-9a8b-6b65796b6579', credentialId: ID, publicKey: KEY },
      extensions: cborMap([['credProtect', 1]]),
    });
  });

  it.each([
    [0x00, false, false],
    [0x01, true, false],
    [0x05, true, true],
  ])('with flags 0x%x', (flags, userPresent, userVerified) => {
    expect(parseAuthData(authData(flags))).toMatchObject({ userPresent, userVerified, extensions: new Map() });
  });

  it.each([
    ['too short', new Uint8Array(36)],
    ['with bytes behind it', authData(0x01, Uint8Array.of(0))],
    ['without the credential it claims', authData(0x41)],
    ['with an empty credential id', authData(0x41, AAGUID, Uint8Array.of(0, 0), encodeCbor(KEY))],
    ['with an id longer than itself', authData(0x41, AAGUID, Uint8Array.of(0xff, 0xff), ID)],
    ['without the extensions it claims', authData(0xc1, ...credential)],
    ['with extensions that are no map', authData(0x81, Uint8Array.of(0x01))],
  ])('%s is malformed', (_, bytes) => {
    expect(() => parseAuthData(bytes)).toThrow(/^key-malformed/);
  });

  it('of any bytes is read or refused', () => {
    const any = fc.tuple(fc.uint8Array({ minLength: 33, maxLength: 40 }), fc.uint8Array({ maxLength: 200 }));
    fc.assert(
      fc.property(any, ([head, tail]) => {
        try {
          parseAuthData(Uint8Array.from([...head, ...tail]));
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
