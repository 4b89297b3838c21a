import { createAuthenticatorConfig } from './authenticator-config';
import { pinProtocol } from './pin-protocol';
import { createPinToken } from './pin-token';
import { scriptedCtap, scriptedToken } from './scripted-ctap.fixture';

const hex = (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value);

describe('the signature', () => {
  // Token and results as published for CTAP 2.1 (WebAuthn Works, CTAP 2.1 migration guide); protocol two.
  const bytes = Buffer.from('0125fecfd8bf3f679bd9ec221324baa74f3cade0314b4fba8029500a320612ad', 'hex');
  it.each([
    ['enableEnterpriseAttestation', 1, '4e724bc8af8776d0e92a3961c28bf9980b7b3962c610ba7abf07c74a0972b074'],
    ['toggleAlwaysUv', 2, '40d0d64f5030fa46d8e27c1bb358d5eb7b0da88fd4955b83ed19335bb35d886c'],
  ] as const)('of %s is the published one', async (name, subCommand, expected) => {
    const { ctap, requests } = scriptedCtap();
    const token = createPinToken(pinProtocol(2)!, Buffer.from(bytes));
    await createAuthenticatorConfig(ctap, token)[name]();
    const [request] = requests;
    expect(request?.command).toBe(0x0d);
    expect([...request!.parameters!].map(([key, value]) => [key, hex(value)])).toEqual([
      [1, subCommand],
      [3, 2],
      [4, expected],
    ]);
  });
});

const prefix = `${'ff'.repeat(32)}0d03`;

it.each([
  ['a length', { newMinPinLength: 8 }, 'a10108'],
  ['sites', { minPinLengthRpIds: ['a.b'] }, 'a1028163612e62'],
  ['a change of PIN', { forceChangePin: true }, 'a103f5'],
  ['all of it', { newMinPinLength: 8, minPinLengthRpIds: [], forceChangePin: true }, 'a301080280' + '03f5'],
])('setMinPINLength with %s signs just that', async (_, change, parameters) => {
  const { ctap } = scriptedCtap();
  const { token, signed } = scriptedToken();
  await createAuthenticatorConfig(ctap, token).setMinPinLength(change);
  expect(signed).toEqual([`${prefix}${parameters}`]);
});

it('a key without PIN and fingerprint is asked without a token', async () => {
  const { ctap, requests } = scriptedCtap();
  await createAuthenticatorConfig(ctap, undefined).toggleAlwaysUv();
  expect([...requests[0]!.parameters!.keys()]).toEqual([1]);
});
