import { Secret } from '../../agent/protocol/secret';
import { type ServiceNow, startServiceNow } from '../../infra/local/outer/service-now';
import { OuterSettings, type ServiceNowSettings } from '../outer-settings';
import { createServiceNow } from './service-now';
import { type TicketSystem } from './ticket-system';
import { DRAFT, ID, type MishapCase, MISHAPS, outerCaller } from './ticket-system.fixture';

const PASSWORD = 'correct horse battery';

const { call, close, now, wait } = outerCaller();
afterAll(() => close());

let there: ServiceNow;
async function scene(
  more: Partial<ServiceNowSettings> = {},
  options: { mandatory?: string[]; password?: string } = {},
) {
  const { mandatory = [], password = PASSWORD } = options;
  there = await startServiceNow({ user: 'keyvouch', password: PASSWORD, mandatory, tokenSeconds: 1800 });
  const system = { kind: 'servicenow', url: there.url, user: 'keyvouch', ...more };
  const settings = OuterSettings.parse({ system })?.system as ServiceNowSettings;
  return createServiceNow({ settings, call, secret: () => Promise.resolve(new Secret(password)), now });
}
afterEach(() => there.close());

const tokensAsked = () => there.asked.filter(({ path }) => path === '/oauth_token.do').length;

test('a record is made with what finds it again, and the settings’ own fields', async () => {
  const system = await scene({ fields: { assignment_group: 'Service Desk', short_description: 'overwritten' } });
  const made = await system.create(DRAFT);
  const [row] = there.rows();
  expect(row).toMatchObject({
    short_description: 'First key: Ada (KV-7Q2M-9D)',
    description: DRAFT.text,
    correlation_id: ID,
    correlation_display: 'Keyvouch',
    assignment_group: 'Service Desk',
  });
  const target = encodeURIComponent(`incident.do?sys_id=${made.ref}`);
  expect(made).toEqual({ ref: row?.['sys_id'], number: row?.['number'], url: `${there.url}/nav_to.do?uri=${target}` });
  expect(await system.find(ID)).toEqual(made);
  expect(await system.find('01JNGZ0000000000000000XXXX')).toBeUndefined();
});

test('a note is a work note, and is known again', async () => {
  const system = await scene();
  const { ref } = await system.create(DRAFT);
  expect(await system.hasNote(ref, '[KV-7Q2M-9D #2]')).toBe(false);
  await system.note(ref, 'Approved. [KV-7Q2M-9D #2]');
  await system.note(ref, 'Done. [KV-7Q2M-9D #3]');
  expect(there.notes(ref)).toEqual(['Approved. [KV-7Q2M-9D #2]', 'Done. [KV-7Q2M-9D #3]']);
  expect(await system.hasNote(ref, '[KV-7Q2M-9D #2]')).toBe(true);
  expect(await system.hasNote(ref, '[KV-7Q2M-9D #4]')).toBe(false);
});

test('an incident is resolved with what its data policy wants, and once', async () => {
  const system = await scene();
  const { ref } = await system.create(DRAFT);
  await system.close(ref, 'Done.');
  expect(there.rows()[0]).toMatchObject({ state: '6', close_code: 'Solution provided', close_notes: 'Done.' });
  const before = there.asked.filter(({ method }) => method === 'PATCH').length;
  await system.close(ref, 'Done.');
  expect(there.asked.filter(({ method }) => method === 'PATCH')).toHaveLength(before);
});

test('OAuth: one token does for many calls, until shortly before its end, or until it is taken back', async () => {
  const system = await scene({ auth: 'oauth' });
  await system.create(DRAFT);
  await system.find(ID);
  expect(tokensAsked()).toBe(1);
  there.revokeTokens();
  await system.find(ID);
  expect(tokensAsked()).toBe(2);
  wait(1_760_000);
  await system.find(ID);
  expect(tokensAsked()).toBe(3);
});

test.each<[string, (one: TicketSystem) => Promise<unknown>, Parameters<typeof scene>, object]>([
  ['a wrong password', (one) => one.find(ID), [{}, { password: 'wrong' }], { code: 'outer-sign-in', retry: false }],
  [
    'a wrong client secret',
    (one) => one.find(ID),
    [{ auth: 'oauth' }, { password: 'wrong' }],
    { code: 'outer-sign-in' },
  ],
  [
    'a field that is mandatory',
    (one) => one.create(DRAFT),
    [{}, { mandatory: ['category'] }],
    { code: 'outer-refused' },
  ],
  ['a record that is gone', (one) => one.note('0'.repeat(32), 'x'), [], { code: 'outer-gone', retry: false }],
])('%s is told apart', async (_, act, given, fault) => {
  const system = await scene(...given);
  await expect(act(system)).rejects.toMatchObject(fault);
});

test.each<MishapCase>([
  ...MISHAPS,
  [
    'a page of a sleeping instance',
    { status: 200, body: '<html>Instance Hibernating page</html>' },
    { code: 'outer-odd-reply' },
  ],
  ['an answer of another shape', { status: 200, body: { result: [{ sys_id: '../x' }] } }, { code: 'outer-odd-reply' }],
])('%s', async (_, mishap, fault) => {
  const system = await scene();
  there.mishap(mishap);
  await expect(system.find(ID)).rejects.toMatchObject(fault);
});
