import { createHash } from 'node:crypto';
import { cborMap } from './cbor';
import { pinProtocol } from './pin-protocol';
import { paddedPin } from './pin-text';
import { Secret } from '../protocol/secret';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');

// The key pair, the peer and the values of protocol one are those of python-fido2's own tests; those of protocol two were
// computed from the same pair with Python's cryptography package (HKDF, AES-CBC, HMAC).
const PRIVATE = bytes('7452e599fee739d8a653f6a507343d12d382249108a651402520b72f24fe7684');
const OWN_X = '44d78d7989b97e62ea993496c9ef6e8fd58b8b00715f9a89153ddd9c4657e47f';
const OWN_Y = 'ec802ee7d22bd4e100f12e48537eb4e7e96ed3a47a0a3bd5f5eeab65001664f9';
const PEER = cborMap([
  [1, 2],
  [3, -25],
  [-1, 1],
  [-2, bytes('0501d5bc78da9252560a26cb08fcc60cbe0b6d3b8e1d1fcee514fac0af675168')],
  [-3, bytes('d551b3ed46f665731f95b4532939c25d91db7eb844bd96d4abd4083785f8df47')],
]);

const TWO = {
  cipher: '000102030405060708090a0b0c0d0e0f25d38170e84a14410d23a37ca10d175b112c2c1663fd172f26fff2f6f2910121',
  mac: '4134893dd140a7c905123934e409da12cc71e78947410b2496beefb879937b4a',
  tokenMac: 'f04b6be55a21628c2d5359d90119fa1bbd45b9c0266c82a18bf6c5b6218ee1e1',
};

const pinHash = (pin: string) => createHash('sha256').update(pin).digest().subarray(0, 16);
const secretOf = (version: 1 | 2) => pinProtocol(version)!.encapsulate(PEER, PRIVATE);

describe.each([1, 2] as const)('PIN/UV auth protocol %i', (version) => {
  it('sends its public key as a COSE key for key agreement', () => {
    const { keyAgreement } = secretOf(version);
    expect([...keyAgreement.keys()]).toEqual([1, 3, -1, -2, -3]);
    expect(hex(keyAgreement.get(-2) as Uint8Array)).toBe(OWN_X);
    expect(hex(keyAgreement.get(-3) as Uint8Array)).toBe(OWN_Y);
    expect([keyAgreement.get(1), keyAgreement.get(3), keyAgreement.get(-1)]).toEqual([2, -25, 1]);
  });

  it('makes a new key pair each time', () => {
    const [a, b] = [1, 2].map(() => pinProtocol(version)!.encapsulate(PEER).keyAgreement.get(-2));
    expect(a).not.toEqual(b);
  });

  it.each([
    ['no map', 'text'],
    ['no coordinates', cborMap([[1, 2]])],
    [
      'a short coordinate',
      cborMap([
        [-2, new Uint8Array(31)],
        [-3, new Uint8Array(32)],
      ]),
    ],
    [
      'a point off the curve',
      cborMap([
        [-2, new Uint8Array(32).fill(1)],
        [-3, new Uint8Array(32).fill(2)],
      ]),
    ],
    [
      'the point of nowhere',
      cborMap([
        [-2, new Uint8Array(32)],
        [-3, new Uint8Array(32)],
      ]),
    ],
  ])('refuses %s as the key of the other side', (_, peer) => {
    expect(() => pinProtocol(version)!.encapsulate(peer)).toThrow(/^key-malformed/);
  });

  it.each([0, 1, 15, 17, 33])('refuses %i encrypted bytes', (length) => {
    const decrypt = () => secretOf(version).decrypt(new Uint8Array(length));
    expect(decrypt).toThrow(/^key-malformed/);
  });

  it('is of no use after wipe', () => {
    const secret = secretOf(version);
    const before = hex(secret.authenticate(new Uint8Array(4)));
    secret.wipe();
    expect(hex(secret.authenticate(new Uint8Array(4)))).not.toBe(before);
  });
});

describe('protocol one', () => {
  it('encrypts a PIN hash and decrypts a token as published', () => {
    expect(hex(secretOf(1).encrypt(pinHash('1234')))).toBe('afe8327ce416da8ee3d057589c2ce1a9');
    expect(hex(secretOf(1).decrypt(bytes('7a9f98e31b77be90f9c64d12e9635040')))).toBe(
      'aff12c6dcfbf9df52f7a09211e8865cd',
    );
  });

  it('encrypts and signs a new PIN as published', () => {
    const secret = secretOf(1);
    const newPinEnc = secret.encrypt(paddedPin(new Secret('1234')));
    expect(hex(newPinEnc)).toBe(
      '0222fc42c6dd76a274a7057858b9b29d98e8a722ec2dc6668476168c5320473c' +
        'ec9907b4cd76ce7943c96ba5683943211d84471e64d9c51e54763488cd66526a',
    );
    expect(hex(secret.authenticate(newPinEnc))).toBe('7b40c084ccc5794194189ab57836475f');
  });

  it('signs a change of PIN as published', () => {
    const secret = secretOf(1);
    const message = Buffer.concat([secret.encrypt(paddedPin(new Secret('4321'))), secret.encrypt(pinHash('1234'))]);
    expect(hex(secret.authenticate(message))).toBe('fb97e92f3724d7c85e001d7f93e6490a');
  });

  it('takes tokens of 16 and 32 bytes', () => {
    const fits = (n: number) => pinProtocol(1)!.tokenFits(new Uint8Array(n));
    expect([16, 32, 48].map(fits)).toEqual([true, true, false]);
  });
});

describe('protocol two', () => {
  it('decrypts, signs, and signs with a token as computed elsewhere', () => {
    expect(hex(secretOf(2).decrypt(bytes(TWO.cipher)))).toBe(hex(Uint8Array.from({ length: 32 }, (_, i) => i)));
    expect(hex(secretOf(2).authenticate(Buffer.from('keyvouch')))).toBe(TWO.mac);
    const token = Uint8Array.from({ length: 32 }, (_, i) => i);
    expect(hex(pinProtocol(2)!.authenticate(token, Buffer.from('keyvouch')))).toBe(TWO.tokenMac);
  });

  it('puts a fresh IV in front', () => {
    const secret = secretOf(2);
    const [a, b] = [secret.encrypt(new Uint8Array(32)), secret.encrypt(new Uint8Array(32))];
    expect(a).toHaveLength(48);
    expect(hex(a)).not.toBe(hex(b));
    expect([...secret.decrypt(a)]).toEqual([...new Uint8Array(32)]);
  });

  it('takes tokens of 32 bytes alone', () => {
    const fits = (n: number) => pinProtocol(2)!.tokenFits(new Uint8Array(n));
    expect([16, 32, 48].map(fits)).toEqual([false, true, false]);
  });
});

it('does not know other protocols', () => {
  expect([0, 3, '1', undefined].map(pinProtocol)).toEqual([undefined, undefined, undefined, undefined]);
});
