import { refusal, scripted } from './scripted-fetch.fixture';

const user = (id: string, more: object = {}) => ({
  '@odata.type': '#microsoft.graph.user',
  id,
  displayName: id,
  userPrincipalName: `${id}@contoso.com`,
  accountEnabled: true,
  ...more,
});
const notFound = refusal(404, 'Request_ResourceNotFound', "Resource 'x' does not exist");

test('someone unknown: find gives nothing, get a Fault', async () => {
  await expect(scripted([notFound]).entra.people.find('x@contoso.com')).resolves.toBeUndefined();
  await expect(scripted([notFound]).entra.people.get('x')).rejects.toMatchObject({ code: 'person-unknown' });
});

test('a directory that cannot be read is not "unknown"', async () => {
  const denied = refusal(403, 'Authorization_RequestDenied', '');
  await expect(scripted([denied]).entra.people.find('x')).rejects.toMatchObject({ code: 'graph-denied' });
});

test('the manager: a user, none, or something that is no user', async () => {
  const contact = { '@odata.type': '#microsoft.graph.orgContact', id: 'c' };
  const managers = [{ status: 200, body: user('m') }, notFound, { status: 200, body: contact }];
  const ids = managers.map(async (answer) => (await scripted([answer]).entra.people.manager('u'))?.id);
  expect(await Promise.all(ids)).toEqual(['m', undefined, undefined]);
});

test('a search quotes what people type, and asks for nothing when they type nothing', async () => {
  const script = scripted([{ status: 200, body: { value: [user('a'), user('b'), user('c')] } }]);
  expect(await script.entra.people.search(" O'Neil & Co ", 2)).toHaveLength(2);
  expect(await script.entra.people.search('   ', 2)).toEqual([]);
  expect(script.asked).toHaveLength(1);
  const url = new URL(script.asked[0]?.url ?? '');
  expect(url.searchParams.get('$filter')).toBe(
    "startswith(displayName,'O''Neil & Co') or startswith(mail,'O''Neil & Co') or startswith(userPrincipalName,'O''Neil & Co')",
  );
  expect(url.searchParams.get('$top')).toBe('2');
  expect(url.searchParams.get('$select')).toContain('accountEnabled');
});

test('members: users alone, each once', async () => {
  const group = { '@odata.type': '#microsoft.graph.group', id: 'g2' };
  const script = scripted([{ status: 200, body: { value: [user('a'), group, user('a'), user('b')] } }]);
  expect((await script.entra.people.members('g')).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('a member that cannot be read is not left out in silence', async () => {
  const script = scripted([{ status: 200, body: { value: [user('a', { proxyAddresses: 7 })] } }]);
  await expect(script.entra.people.members('g')).rejects.toMatchObject({ code: 'graph-odd-reply' });
});

test('membership is asked 20 groups at a time, each once, whatever the case of the ids', async () => {
  const groups = Array.from({ length: 41 }, (_, i) => `Group-${i}`);
  const script = scripted(({ body }) => {
    const { groupIds } = body as { groupIds: string[] };
    return { status: 200, body: { value: groupIds.filter((id) => id.endsWith('0')).map((id) => id.toLowerCase()) } };
  });
  const member = await script.entra.people.isMember('u', [...groups, 'Group-0']);
  expect(member).toEqual(['Group-0', 'Group-10', 'Group-20', 'Group-30', 'Group-40']);
  expect(script.asked.map(({ body }) => (body as { groupIds: string[] }).groupIds.length)).toEqual([20, 20, 1]);
  await expect(script.entra.people.isMember('u', [])).resolves.toEqual([]);
});
