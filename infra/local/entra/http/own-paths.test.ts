import { groups, people, roles } from '..';
import { startRig, type Rig } from '../graph-client.fixture';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

const own = async (
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await rig.raw(`/_standin/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test('switches are read and set', async () => {
  expect((await own('POST', 'switches', { listDelayMs: 5 })).body.listDelayMs).toBe(5);
  expect((await own('GET', 'switches')).body).toMatchObject({ listDelayMs: 5, idEncoding: 'token-digit' });
  expect((await own('POST', 'switches', { listDelayMs: 'soon' })).status).toBe(400);
  expect((await own('POST', 'switches', { policyMode: 'older' })).body).toMatchObject({
    listDelayMs: 5,
    policyMode: 'older',
  });
});

test('a fault from another process', async () => {
  await own('POST', 'faults', { path: '^/v1.0/', then: { act: 'refuse', status: 500 } });
  expect((await rig.get(`/v1.0/users/${people.ada.id}`)).status).toBe(500);
  expect((await rig.get(`/v1.0/users/${people.ada.id}`)).status).toBe(200);
});

test('people are made, changed and removed', async () => {
  const id = 'a0000000-0000-4000-8000-000000000099';
  const made = await own('POST', 'users', {
    user: id,
    set: { userPrincipalName: 'new@northwind-harbour.example', displayName: 'New', managerId: people.mara.id },
    addToGroups: [groups.newcomers],
    addRoles: [roles.reportsReader.id],
    addMethods: [{ kind: 'phone', detail: '+31 6 5550 0199' }],
  });
  expect(made.body).toMatchObject({
    displayName: 'New',
    groupIds: [groups.newcomers, groups.keyUsers],
    otherMethods: [{ kind: 'phone' }],
  });
  expect((await own('POST', 'users', { user: id, set: { accountEnabled: false } })).body.accountEnabled).toBe(false);
  expect((await own('POST', 'users', { user: id, set: { shoeSize: 44 } })).status).toBe(400);
  await own('POST', 'users', { user: id, delete: true });
  expect((await own('GET', `view/${id}`)).status).toBe(404);
  expect((await rig.get(`/v1.0/users/${id}`)).status).toBe(404);
});

test('sign in with a pass, view, effects', async () => {
  const { body } = await rig.post(`/v1.0/users/${people.ada.id}/authentication/temporaryAccessPassMethods`, {});
  const signedIn = await own('POST', 'signin/pass', { upn: people.ada.upn, pass: body.temporaryAccessPass });
  expect(signedIn.body).toMatchObject({ ok: true, session: expect.any(String) as unknown });
  const view = await own('GET', `view/${encodeURIComponent(people.ada.upn)}`);
  expect(view.body).toMatchObject({
    passes: [{ alive: true }],
    signIns: [{ method: 'Temporary Access Pass', errorCode: 0 }],
  });
  expect((await own('GET', 'effects')).body.effects).toHaveLength(1);
  await own('POST', 'users', { user: people.ada.upn, forget: true });
  const later = await own('GET', `view/${encodeURIComponent(people.ada.upn)}`);
  expect(later.body).toMatchObject({ passes: [{ alive: true }], signIns: [] });
});

test('a policy is changed without a token', async () => {
  expect((await own('POST', 'policy', { temporaryAccessPass: { state: 'disabled' } })).status).toBe(200);
  const answer = await rig.post(`/v1.0/users/${people.ada.id}/authentication/temporaryAccessPassMethods`, {});
  expect(answer.body.error?.message).toContain('Converged UserCredentialPolicy');
  expect((await own('POST', 'policy', { temporaryAccessPass: { defaultLength: 3 } })).status).toBe(400);
});

test('a key that is not there is said, not thrown', async () => {
  const answer = await own('POST', 'signin/key', { upn: people.ada.upn, device: 'tcp:127.0.0.1:1', pin: '4711' });
  expect(answer).toMatchObject({ status: 409, body: { error: 'key-gone' } });
});

test('a form of another origin cannot be posted', async () => {
  const response = await rig.raw('/_standin/switches', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{}',
  });
  expect(response.status).toBe(400);
  await response.text();
});

test('an unknown path', async () => {
  expect((await own('GET', 'nothing')).status).toBe(404);
});

test('changes are streamed', async () => {
  const response = await rig.raw('/_standin/events');
  const reader = response.body!.getReader();
  await reader.read();
  rig.entra.edit({ user: people.ada.id, set: { department: 'Sea' } });
  const { value } = (await reader.read()) as { value?: Uint8Array };
  expect(Buffer.from(value ?? []).toString()).toContain(`"kind":"user","at":`);
  await reader.cancel();
});
