import { startJira } from './jira';
import { type Served } from './serve';
import { startServiceNow } from './service-now';

let there: Served;
afterEach(() => there.close());

const send = async (path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> => {
  const reply = await fetch(`${there.url}${path}`, init);
  const text = await reply.text();
  return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) };
};
const post = (value: unknown, headers: Record<string, string>): RequestInit => ({
  ...{ method: 'POST', body: JSON.stringify(value), headers },
});
const basic = { authorization: `Basic ${Buffer.from('keyvouch:s').toString('base64')}` };

test('ServiceNow: a token holds for as long as it said, and a title that is too long is cut off', async () => {
  let now = 0;
  there = await startServiceNow({ user: 'keyvouch', password: 's', tokenSeconds: 60, now: () => now });
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'keyvouch', client_secret: 's' });
  const given = await send('/oauth_token.do', { method: 'POST', body: form });
  const bearer = { authorization: `Bearer ${(given.body as { access_token: string }).access_token}` };
  const made = await send('/api/now/table/incident', post({ short_description: 'x'.repeat(161) }, bearer));
  expect(made).toMatchObject({ status: 201, body: { result: { short_description: 'x'.repeat(160) } } });
  now = 60_000;
  expect(await send('/api/now/table/incident', { headers: bearer })).toMatchObject({ status: 401 });
});

test('Jira: comments come oldest first, but where the newest are asked for, and so many as are asked for', async () => {
  there = await startJira({ user: 'keyvouch', token: 's', project: 'IT', issueTypes: ['Task'] });
  const adf = (text: string) => ({ type: 'doc', version: 1, content: [{ type: 'text', text }] });
  const about = { project: { key: 'IT' }, issuetype: { name: 'Task' } };
  await send('/rest/api/3/issue', post({ fields: { ...about, summary: 'S', description: adf('d') } }, basic));
  const comments = '/rest/api/3/issue/IT-1/comment';
  for (const text of ['one', 'two']) await send(comments, post({ body: adf(text) }, basic));
  const listed = async (query: string) => JSON.stringify((await send(`${comments}${query}`, { headers: basic })).body);
  expect(await listed('')).toMatch(/one.*two/);
  expect(await listed('?orderBy=-created')).toMatch(/two.*one/);
  expect(await listed('?orderBy=-created&maxResults=1')).not.toContain('one');
  expect(await send('/rest/api/3/search/jql', { headers: basic })).toMatchObject({ status: 405 });
});
