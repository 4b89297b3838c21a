import { settingsFor } from './service/testing/world';

const outer = (value: unknown, more: Record<string, string> = {}) =>
  settingsFor({ KEYVOUCH_OUTER: JSON.stringify(value), ...more }).outer;

const JIRA = { kind: 'jira', url: 'https://contoso.atlassian.net', user: 'keyvouch@contoso.com', project: 'IT' };
const NOW = { kind: 'servicenow', url: 'https://contoso.service-now.com', user: 'keyvouch' };

test('nothing said: there is no other ticket system', () => {
  expect(settingsFor().outer).toBeUndefined();
  expect(outer({})).toBeUndefined();
});

test('what is left out has defaults: names for the ticket system, none for webhooks, what people wrote for neither', () => {
  expect(outer({ webhook: { url: 'https://hooks.contoso.com/keyvouch' }, system: JIRA })).toEqual({
    hand: false,
    webhook: { url: 'https://hooks.contoso.com/keyvouch', names: false, texts: false },
    system: { ...JIRA, issueType: 'Task', fields: {}, names: true, texts: false },
  });
  expect(outer({ system: NOW })?.system).toMatchObject({
    ...{ auth: 'basic', table: 'incident', names: true },
    close: { state: '6', close_code: 'Solution provided' },
  });
  expect(outer({ hand: true })).toEqual({ hand: true });
});

test.each<[string, unknown]>([
  ['http', { webhook: { url: 'http://hooks.contoso.com/' } }],
  ['an address inside a network', { webhook: { url: 'https://10.0.0.4/' } }],
  ['a password in the address', { system: { ...NOW, url: 'https://user:hunter2@contoso.service-now.com' } }],
  ['a field that is none', { webhook: { url: 'https://hooks.contoso.com/', secret: 'hunter2' } }],
  ['an unknown system', { system: { ...NOW, kind: 'remedy' } }],
  ['a table that is a path', { system: { ...NOW, table: '../sys_user' } }],
  ['a project that is JQL', { system: { ...JIRA, project: 'IT" OR project = "HR' } }],
])('%s is refused, and nothing of it repeated', (_, value) => {
  expect(() => outer(value)).toThrow('settings-wrong');
  try {
    outer(value);
  } catch (error) {
    expect(String(error)).not.toMatch(/hunter2|10\.0\.0\.4/);
  }
});
