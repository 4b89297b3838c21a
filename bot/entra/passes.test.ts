import { refusal, scripted } from './scripted-fetch.fixture';

const made = {
  id: 'p1',
  temporaryAccessPass: '+drkzqAD',
  createdDateTime: '2026-11-21T12:00:00.765173Z',
  startDateTime: '2026-11-21T13:00:00Z',
  lifetimeInMinutes: 90,
  isUsableOnce: false,
  methodUsabilityReason: 'NotYetValid',
};

test('a new pass: a secret, and until when it is good', async () => {
  const script = scripted([{ status: 201, body: made }]);
  const startDateTime = new Date('2026-11-21T13:00:00Z');
  const pass = await script.entra.passes.create('u1', { lifetimeInMinutes: 90, isUsableOnce: false, startDateTime });
  expect(pass.pass.reveal()).toBe('+drkzqAD');
  expect(pass.validUntil).toEqual(new Date('2026-11-21T14:30:00Z'));
  expect(script.asked[0]?.body).toEqual({
    lifetimeInMinutes: 90,
    isUsableOnce: false,
    startDateTime: '2026-11-21T13:00:00.000Z',
  });
});

test.each([
  [
    'Invalid LifetimeInMinutes specified. The valid range between 60 and 480.',
    'pass-lifetime',
    { minimum: 60, maximum: 480 },
  ],
  [
    'Converged UserCredentialPolicy does not allow creating or updating this authentication method. AuthMethodType [TemporaryAccessPass].',
    'pass-policy-off',
    {},
  ],
  ['Temporary Access Pass cannot be added to an external guest user.', 'pass-guest', {}],
  ['The policy allows only one-time passes: isUsableOnce cannot be false.', 'pass-once-only', {}],
  ['Something that nobody has seen yet', 'graph-refused', {}],
])('%s', async (message, code, facts) => {
  const script = scripted([refusal(400, 'badRequest', message)]);
  await expect(script.entra.passes.create('u1', {})).rejects.toMatchObject({ code, retry: false, facts });
  expect(script.asked).toHaveLength(1);
});

test('a pass for nobody, and for a caller who may not', async () => {
  const create = (status: number, code: string) => scripted([refusal(status, code, '')]).entra.passes.create('u1', {});
  await expect(create(404, 'Request_ResourceNotFound')).rejects.toMatchObject({ code: 'person-unknown' });
  await expect(create(403, 'accessDenied')).rejects.toMatchObject({ code: 'graph-denied' });
  await expect(create(405, 'methodNotAllowed')).rejects.toMatchObject({ code: 'graph-not-supported' });
});

test('deleting: gone is as good as deleted, also after a lost reply', async () => {
  const gone = refusal(404, 'notFound', '');
  await expect(scripted([{ status: 204 }]).entra.passes.delete('u1', 'p1')).resolves.toBe('deleted');
  await expect(scripted([gone]).entra.passes.delete('u1', 'p1')).resolves.toBe('gone');
  await expect(scripted([refusal(504, '', ''), gone]).entra.passes.delete('u1', 'p1')).resolves.toBe('gone');
});

test('the list never has a text', async () => {
  const listed = { ...made, temporaryAccessPass: 'leaked?' };
  const [pass] = await scripted([{ status: 200, body: { value: [listed] } }]).entra.passes.list('u1');
  expect(pass).toMatchObject({ id: 'p1', lifetimeInMinutes: 90, reason: 'NotYetValid' });
  expect(JSON.stringify(pass)).not.toContain('leaked?');
});
