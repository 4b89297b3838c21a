import { randomBytes } from 'node:crypto';
import { cborMap, type CborValue } from '../ctap/cbor';
import { type AuthenticatorInfo, parseInfo } from '../ctap/get-info';
import { Fault } from '../protocol/fault';
import { readCreationOptions } from './creation-options';
import { planExtensions, usableAlgorithms } from './creation-plan';
import { listParts } from './silent-question';

const RP = 'login.microsoft.com';
const options = (more: Record<string, unknown> = {}) =>
  readCreationOptions(
    {
      rp: { id: RP },
      user: { id: 'AAAA' },
      challenge: 'A'.repeat(43),
      pubKeyCredParams: [
        { type: 'public-key', alg: -257 },
        { type: 'future', alg: 1 },
        { type: 'public-key', alg: -7 },
      ],
      excludeCredentials: null,
      ...more,
    },
    RP,
  );

function keyWith(...members: [number, CborValue][]): { info: AuthenticatorInfo } {
  const info = parseInfo(
    cborMap([[1, ['FIDO_2_1']], [3, new Uint8Array(16)], [4, new Map([['rk', true]])], ...members]),
  );
  return { info };
}
const knowing = (...extensions: string[]) => keyWith([2, extensions]);

const attempt = (run: () => unknown) => {
  try {
    return run();
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
};

describe('extensions', () => {
  const protect = (policy: string, enforce: boolean) => ({
    extensions: { credentialProtectionPolicy: policy, enforceCredentialProtectionPolicy: enforce },
  });
  it.each([
    ['userVerificationOptional', true, true, { credProtect: 1 }],
    ['userVerificationOptionalWithCredentialIDList', true, true, { credProtect: 2 }],
    ['userVerificationRequired', false, true, { credProtect: 3 }],
    ['userVerificationOptional', true, false, {}],
    ['userVerificationRequired', false, false, {}],
    ['userVerificationRequired', true, false, 'key-option-missing'],
  ])('%s, enforced %s, on a key that knows credProtect: %s', (policy, enforce, known, expected) => {
    const key = known ? knowing('credProtect') : knowing();
    const plan = attempt(() => Object.fromEntries(planExtensions(key, options(protect(policy, enforce)))));
    expect(plan).toEqual(expected);
  });

  it.each([
    [true, ['hmac-secret'], { 'hmac-secret': true }],
    [true, [], {}],
    [false, ['hmac-secret'], {}],
  ])('hmacCreateSecret %s on a key that knows %j', (hmacCreateSecret, known, expected) => {
    const plan = planExtensions(knowing(...known), options({ extensions: { hmacCreateSecret } }));
    expect(Object.fromEntries(plan)).toEqual(expected);
  });

  it('a key that cannot store passkeys is refused', () => {
    const key = keyWith([4, new Map()]);
    expect(attempt(() => planExtensions(key, options()))).toBe('key-option-missing');
  });
});

describe('algorithms', () => {
  const algorithms = (...list: number[]) =>
    keyWith([
      0x0a,
      list.map(
        (alg) =>
          new Map<string, CborValue>([
            ['alg', alg],
            ['type', 'public-key'],
          ]),
      ),
    ]);
  it.each([
    ['a key that lists none decides itself', keyWith(), [-257, -7]],
    ['only what the key knows is asked for, in the order of the site', algorithms(-7, -257, -8), [-257, -7]],
    ['one in common is enough', algorithms(-7, -8), [-7]],
    ['none in common is refused', algorithms(-8), 'key-algorithm-unsupported'],
  ])('%s', (_, key, expected) => {
    expect(attempt(() => usableAlgorithms(key, options()))).toEqual(expected);
  });
});

describe('enterprise attestation', () => {
  it.each([
    ['enterprise', true],
    ['direct', false],
    [undefined, false],
  ])('%s', (attestation, expected) => {
    expect(options({ attestation }).enterpriseAttestation).toBe(expected);
  });
});

describe('a long list of ids', () => {
  const ids = (count: number, length: number) =>
    Array.from({ length: count }, () => Uint8Array.from(randomBytes(length)));
  it.each([
    ['one at a time where the key says nothing', keyWith(), 3, 48, [1, 1, 1]],
    ['as many as the key takes', keyWith([7, 8]), 20, 48, [8, 8, 4]],
    ['fewer where its messages are short', keyWith([7, 100], [5, 1024]), 20, 128, [5, 5, 5, 5]],
    ['more where they are long', keyWith([7, 100], [5, 4096]), 20, 128, [20]],
    ['none where all are longer than the key makes', keyWith([8, 64]), 5, 65, []],
    ['none that no message holds', keyWith(), 2, 1000, []],
  ])('is asked for %s', (_, key, count, length, expected) => {
    const parts = listParts(key, RP, ids(count, length));
    expect(parts.map((part) => part.length)).toEqual(expected);
  });
});
