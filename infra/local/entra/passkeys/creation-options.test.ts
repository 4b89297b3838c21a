import { people } from '..';
import { at, startRig, type Rig } from '../graph-client.fixture';

const keysOf = (who: { id: string }): string => `/v1.0/users/${who.id}/authentication/fido2Methods`;
let rig: Rig;
let now = 0;
beforeAll(async () => {
  now = Date.now();
  rig = await startRig({ clock: () => now });
});
afterAll(() => rig.close());

describe('creation options', () => {
  test('are those of the service', async () => {
    const { body } = await rig.get(`${keysOf(people.ada)}/creationOptions`);
    expect(body.publicKey).toMatchObject({
      rp: { id: 'login.microsoft.com', name: 'Microsoft' },
      user: { name: people.ada.upn, displayName: 'Ada Lindqvist' },
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
      excludeCredentials: [],
      authenticatorSelection: { requireResidentKey: true, userVerification: 'required' },
      attestation: 'direct',
      timeout: 60000,
    });
    const handle = Buffer.from(String(at(body, 'publicKey', 'user', 'id')), 'base64url');
    expect([handle.length, handle.toString('latin1', 0, 3)]).toEqual([51, 'OF:']);
    expect(Date.parse(String(body.challengeTimeoutDateTime)) - now).toBe(300_000);
  });

  test('the challenge is a JWE of about 8 kB, different each time', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => rig.get(`${keysOf(people.ada)}/creationOptions`)));
    const challenge = String(at(one!.body, 'publicKey', 'challenge'));
    expect(challenge.length).toBeGreaterThan(7000);
    const header = Buffer.from(challenge, 'base64url').toString('latin1').split('.')[0] ?? '';
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'RSA-OAEP-256', enc: 'A256GCM' });
    expect(at(two!.body, 'publicKey', 'challenge')).not.toBe(challenge);
  });

  test('beta’s function form lives longer', async () => {
    const { body } = await rig.get(
      `${keysOf(people.ada).replace('v1.0', 'beta')}/creationOptions(challengeTimeoutInMinutes=60)`,
    );
    expect(Date.parse(String(body.challengeTimeoutDateTime)) - now).toBe(3600_000);
  });
});
