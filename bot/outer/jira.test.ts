import { Secret } from '../../agent/protocol/secret';
import { type Jira, type JiraOptions, startJira } from '../../infra/local/outer/jira';
import { type JiraSettings, OuterSettings } from '../outer-settings';
import { createJira } from './jira';
import { type TicketSystem } from './ticket-system';
import { DRAFT, ID, type MishapCase, MISHAPS, outerCaller } from './ticket-system.fixture';

const TOKEN = 'an-api-token';

const { call, close, now, wait } = outerCaller();
afterAll(() => close());

let there: Jira;
async function scene(more: Partial<JiraSettings> = {}, options: Partial<JiraOptions> = {}) {
  const user = 'keyvouch@contoso.example';
  there = await startJira({
    ...{ user, token: TOKEN, project: 'IT', issueTypes: ['Task', 'Service Request'], now: () => now().getTime() },
    ...options,
  });
  const system = { kind: 'jira', url: there.url, user, project: 'IT', ...more };
  const settings = OuterSettings.parse({ system })?.system as JiraSettings;
  return createJira({ settings, call, secret: () => Promise.resolve(new Secret(TOKEN)) });
}
afterEach(() => there.close());

test('an issue is made with a label that finds it again, and the settings’ own fields', async () => {
  const system = await scene({ fields: { priority: { name: 'High' }, labels: ['keys'], summary: 'overwritten' } });
  const made = await system.create(DRAFT);
  const [issue] = there.issues;
  expect(issue?.fields).toMatchObject({
    summary: 'First key: Ada (KV-7Q2M-9D)',
    issuetype: { name: 'Task' },
    priority: { name: 'High' },
    labels: ['keyvouch', 'keyvouch-01jngz0000000000000000k7q2', 'keys'],
  });
  expect(made).toEqual({ ref: issue?.id, number: 'IT-1', url: `${there.url}/browse/IT-1` });
  expect(await system.find(ID)).toEqual(made);
});

test('the search follows behind: an issue is not found at once', async () => {
  const system = await scene({}, { indexLagMs: 20_000 });
  const made = await system.create(DRAFT);
  expect(await system.find(ID)).toBeUndefined();
  wait(20_000);
  expect(await system.find(ID)).toEqual(made);
});

test('a note is a comment in the Atlassian Document Format, and is known again', async () => {
  const system = await scene();
  const { ref } = await system.create(DRAFT);
  await system.note(ref, 'Approved. [KV-7Q2M-9D #2]');
  expect(there.issues[0]?.comments).toEqual(['Approved. [KV-7Q2M-9D #2]']);
  expect(await system.hasNote(ref, '[KV-7Q2M-9D #2]')).toBe(true);
  expect(await system.hasNote(ref, '[KV-7Q2M-9D #3]')).toBe(false);
});

test('an issue is brought to Done by whatever transition leads there, and once', async () => {
  const system = await scene();
  const { ref } = await system.create(DRAFT);
  await system.close(ref, 'Done.');
  expect(there.issues[0]?.status).toEqual({ name: 'Done', category: 'done' });
  await system.close(ref, 'Done.');
  expect(there.asked.filter(({ path, method }) => path.endsWith('/transitions') && method === 'POST')).toHaveLength(1);
});

test('a transition that the settings name and the workflow has not is said', async () => {
  const system = await scene({ transition: 'Resolve this' });
  const { ref } = await system.create(DRAFT);
  await expect(system.close(ref, 'Done.')).rejects.toMatchObject({
    code: 'outer-refused',
    facts: { fields: 'transition' },
  });
});

test.each<[string, (one: TicketSystem) => Promise<unknown>, Parameters<typeof scene>, object]>([
  ['a wrong token', (one) => one.find(ID), [{}, { token: 'another' }], { code: 'outer-sign-in', retry: false }],
  [
    'a wrong type',
    (one) => one.create(DRAFT),
    [{ issueType: 'Bug' }],
    { code: 'outer-refused', facts: { fields: 'issuetype' } },
  ],
  [
    'a field that is wanted',
    (one) => one.create(DRAFT),
    [{}, { required: ['customfield_10010'] }],
    { code: 'outer-refused', facts: { status: 400, fields: 'customfield_10010' } },
  ],
  ['an issue that is gone', (one) => one.note('99', 'x'), [], { code: 'outer-gone', retry: false }],
])('%s is told apart', async (_, act, given, fault) => {
  const system = await scene(...given);
  await expect(act(system)).rejects.toMatchObject(fault);
});

test.each<MishapCase>([
  ...MISHAPS,
  ['an answer of another shape', { status: 200, body: { issues: [{ id: 'x' }] } }, { code: 'outer-odd-reply' }],
])('%s', async (_, mishap, fault) => {
  const system = await scene();
  there.mishap(mishap);
  await expect(system.find(ID)).rejects.toMatchObject(fault);
});
