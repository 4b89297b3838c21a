import { type Fault } from '../agent/protocol/fault';
import { serviceUrl } from '../agent/service/service-url';
import { makeMaker } from '../infra/local/entra/software-authenticator.fixture';
import { readSettings, SETTING_NAMES } from './settings';

const GUID = '7a0e1e0c-0000-4000-8000-00000000000A';
const AZURE = {
  KEYVOUCH_TENANT_ID: GUID,
  KEYVOUCH_APP_ID: GUID,
  KEYVOUCH_PUBLIC_URL: 'https://keyvouch.example/',
  KEYVOUCH_TABLES_URL: 'https://account.table.core.windows.net',
  KEYVOUCH_KEY_VAULT_URL: 'https://vault.example',
  KEYVOUCH_HELPDESK_GROUP: GUID,
};
const SANDBOX = JSON.stringify({
  openIdMetadata: 'http://127.0.0.1:1/openid',
  tokenIssuer: 'https://api.botframework.com',
  botLoginUrl: 'http://127.0.0.1:1/login',
  botOAuthScope: 'https://api.botframework.com',
  botPassword: 'CANARY-bot-password',
  loginUrl: 'https://127.0.0.1:2',
  graphUrl: 'https://127.0.0.1:2',
  clientId: 'client',
  clientSecret: 'CANARY-client-secret',
  tablesConnection: 'CANARY-connection',
  keyFile: '/tmp/keys.json',
});
const { KEYVOUCH_TABLES_URL: _tables, KEYVOUCH_KEY_VAULT_URL: _vault, ...LOCAL } = AZURE;

function fault(env: Record<string, string | undefined>): Fault {
  try {
    readSettings(env);
  } catch (error) {
    return error as Fault;
  }
  throw new Error('these settings were taken');
}

test('the least that is needed, and what the rest is then', () => {
  const settings = readSettings(AZURE);
  expect(settings).toMatchObject({
    publicUrl: 'https://keyvouch.example',
    appType: 'UserAssignedMSI',
    unattested: 'refuse',
    passMinutes: 60,
    language: 'en',
    emergencyAccounts: [],
    samePerson: { linkedAccounts: [] },
    attestationRoots: [],
  });
  expect(settings.sandbox).toBeUndefined();
  expect(settings.mailbox).toBeUndefined();
  expect(settings.freezeBlocksSignIn).toBe(false);
  expect(settings.rules.onboarding).toMatchObject({
    needed: 1,
    vouch: true,
    circles: [[{ kind: 'manager' }], [{ kind: 'managers-manager' }]],
  });
});

test.each<[string, Record<string, string | undefined>]>([
  ['KEYVOUCH_TENANT_ID', { KEYVOUCH_TENANT_ID: undefined }],
  ['KEYVOUCH_MAILBOX', { KEYVOUCH_MAILBOX: 'not an address' }],
  ['KEYVOUCH_FREEZE_BLOCKS_SIGN_IN', { KEYVOUCH_FREEZE_BLOCKS_SIGN_IN: 'perhaps' }],
  ['KEYVOUCH_TENANT_ID', { KEYVOUCH_TENANT_ID: 'CANARY' }],
  ['KEYVOUCH_APP_ID', { KEYVOUCH_APP_ID: '' }],
  ['KEYVOUCH_APP_TYPE', { KEYVOUCH_APP_TYPE: 'CANARY' }],
  ['KEYVOUCH_PUBLIC_URL', { KEYVOUCH_PUBLIC_URL: 'CANARY' }],
  ['KEYVOUCH_PUBLIC_URL', { KEYVOUCH_PUBLIC_URL: 'http://CANARY.example' }],
  ['KEYVOUCH_PUBLIC_URL', { KEYVOUCH_PUBLIC_URL: 'https://keyvouch.example/?code=CANARY' }],
  ['KEYVOUCH_PUBLIC_URL', { KEYVOUCH_PUBLIC_URL: 'https://user:CANARY@keyvouch.example' }],
  ['KEYVOUCH_HELPDESK_GROUP', { KEYVOUCH_HELPDESK_GROUP: 'CANARY' }],
  ['KEYVOUCH_TABLES_URL', { KEYVOUCH_TABLES_URL: undefined }],
  ['KEYVOUCH_KEY_VAULT_URL', { KEYVOUCH_KEY_VAULT_URL: undefined }],
  ['KEYVOUCH_RULES', { KEYVOUCH_RULES: '{CANARY' }],
  ['KEYVOUCH_RULES', { KEYVOUCH_RULES: '{"onboarding":{"needed":0}}' }],
  ['KEYVOUCH_RULES', { KEYVOUCH_RULES: '{"onboarding":{"circles":[]}}' }],
  ['KEYVOUCH_RULES', { KEYVOUCH_RULES: '{"onboarding":{"circles":[[{"kind":"CANARY"}]]}}' }],
  ['KEYVOUCH_RULES', { KEYVOUCH_RULES: '{"onboarding":{"circles":[[{"kind":"group","group":"CANARY"}]]}}' }],
  ['KEYVOUCH_RULES', { KEYVOUCH_RULES: '{"onboarding":{"expireAfter":-1}}' }],
  ['KEYVOUCH_RULES', { KEYVOUCH_RULES: '{"onbording":{}}' }],
  ['KEYVOUCH_RULES', { KEYVOUCH_RULES: '{"onboarding":{"vouches":false}}' }],
  ['KEYVOUCH_RULES', { KEYVOUCH_RULES: '{"onboarding":{"CANARY":1}}' }],
  ['KEYVOUCH_PIM', { KEYVOUCH_PIM: 'CANARY' }],
  ['KEYVOUCH_OUTER', { KEYVOUCH_OUTER: '{"hand":true,"language":"CANARY"}' }],
  ['KEYVOUCH_OUTER', { KEYVOUCH_OUTER: '{"system":{"kind":"CANARY"}}' }],
  ['KEYVOUCH_EMERGENCY_ACCOUNTS', { KEYVOUCH_EMERGENCY_ACCOUNTS: 'one@CANARY.example; two@CANARY.example' }],
  ['KEYVOUCH_EMERGENCY_ACCOUNTS', { KEYVOUCH_EMERGENCY_ACCOUNTS: '["one@CANARY.example"]' }],
  ['KEYVOUCH_ATTESTATION_ROOTS', { KEYVOUCH_ATTESTATION_ROOTS: 'CANARY' }],
  ['KEYVOUCH_ATTESTATION_ROOTS', { KEYVOUCH_ATTESTATION_ROOTS: '!' }],
  [
    'KEYVOUCH_ATTESTATION_ROOTS',
    { KEYVOUCH_ATTESTATION_ROOTS: '-----BEGIN CERTIFICATE-----\nCANARY\n-----END CERTIFICATE-----' },
  ],
  ['KEYVOUCH_LINKED_ACCOUNTS', { KEYVOUCH_LINKED_ACCOUNTS: '[["CANARY"]]' }],
  ['KEYVOUCH_LINKED_ACCOUNTS', { KEYVOUCH_LINKED_ACCOUNTS: '[["CANARY","CANARY"]]' }],
  ['KEYVOUCH_ADMIN_PATTERN', { KEYVOUCH_ADMIN_PATTERN: '(CANARY' }],
  ['KEYVOUCH_ADMIN_PATTERN', { KEYVOUCH_ADMIN_PATTERN: '^CANARY-' }],
  ['KEYVOUCH_ADMIN_PATTERN', { KEYVOUCH_ADMIN_PATTERN: '^(CANARY|a)-(.+)$' }],
  ['KEYVOUCH_UNATTESTED', { KEYVOUCH_UNATTESTED: 'CANARY' }],
  ['KEYVOUCH_PASS_MINUTES', { KEYVOUCH_PASS_MINUTES: '5' }],
  ['KEYVOUCH_PASS_MINUTES', { KEYVOUCH_PASS_MINUTES: 'CANARY' }],
  ['KEYVOUCH_LANGUAGE', { KEYVOUCH_LANGUAGE: 'CANARY' }],
  ['KEYVOUCH_SANDBOX', { KEYVOUCH_SANDBOX: '{"unsigned":true}' }],
  ['KEYVOUCH_SANDBOX', { KEYVOUCH_SANDBOX: 'CANARY' }],
])('%s is named where it is wrong, and its value never repeated: %j', (name, change) => {
  const { code, say } = fault({ ...AZURE, ...change });
  expect(code).toBe('settings-wrong');
  expect(say).toContain(name);
  expect(say).not.toMatch(/canary/i);
});

test('all that is wrong is said at once', () => {
  const { say } = fault({});
  for (const name of ['KEYVOUCH_TENANT_ID', 'KEYVOUCH_PUBLIC_URL', 'KEYVOUCH_HELPDESK_GROUP'])
    expect(say).toContain(name);
});

test.each(['WEBSITE_SITE_NAME', 'WEBSITE_INSTANCE_ID', 'WEBSITE_HOSTNAME', 'IDENTITY_ENDPOINT'])(
  'the sandbox is refused where %s says that this is Azure, and its secrets stay untold',
  (name) => {
    const { say } = fault({ ...LOCAL, KEYVOUCH_SANDBOX: SANDBOX, [name]: 'x' });
    expect(say).toContain('KEYVOUCH_SANDBOX');
    expect(say).toContain(name);
    expect(say).not.toContain('CANARY');
  },
);

test.each([
  ['an Entra of another machine', { graphUrl: 'https://graph.microsoft.com' }],
  ['tables of another machine', { tablesConnection: 'TableEndpoint=http://10.0.0.8:10002/devstoreaccount1;' }],
  ['unsigned activities at a public address', { unsigned: true }],
])('the sandbox’s doors open on loopback alone: %s', (_, change) => {
  const sandbox = JSON.stringify({ ...(JSON.parse(SANDBOX) as object), ...change });
  expect(fault({ ...LOCAL, KEYVOUCH_SANDBOX: sandbox }).say).toContain('loopback');
});

test('the sandbox needs neither tables nor a vault of Azure, and is never unsigned by itself', () => {
  const settings = readSettings({ ...LOCAL, KEYVOUCH_SANDBOX: SANDBOX });
  expect(settings).toMatchObject({ tablesUrl: undefined, vault: undefined, sandbox: { unsigned: false } });
  expect(readSettings({ ...AZURE, KEYVOUCH_SANDBOX: '{}' }).sandbox).toBeUndefined();
});

test('object ids are compared as Entra writes them, however they were typed', () => {
  const rules = JSON.stringify({ onboarding: { circles: [[{ kind: 'group', group: GUID }]] } });
  const linked = JSON.stringify([[GUID, GUID.replace('A', 'B')]]);
  const settings = readSettings({ ...AZURE, KEYVOUCH_RULES: rules, KEYVOUCH_LINKED_ACCOUNTS: linked });
  expect(settings.helpdeskGroup).toBe(GUID.toLowerCase());
  expect(settings.rules.onboarding.circles).toEqual([[{ kind: 'group', group: GUID.toLowerCase() }]]);
  expect(settings.samePerson.linkedAccounts).toEqual([[GUID.toLowerCase(), GUID.replace('A', 'b').toLowerCase()]]);
});

test('emergency accounts are a list, in any case, with blanks', () => {
  const { emergencyAccounts } = readSettings({
    ...AZURE,
    KEYVOUCH_EMERGENCY_ACCOUNTS: ` ${GUID} ,, Break@Glass.example`,
  });
  expect(emergencyAccounts).toEqual([GUID.toLowerCase(), 'break@glass.example']);
});

test('attestation roots come as PEM or as PEM in base64', async () => {
  const { rootPem } = await makeMaker();
  const two = `${rootPem.trim()}\n# and another\n${rootPem.trim()}\n`;
  for (const text of [two, Buffer.from(two).toString('base64')])
    expect(readSettings({ ...AZURE, KEYVOUCH_ATTESTATION_ROOTS: text }).attestationRoots).toEqual([
      rootPem.trim(),
      rootPem.trim(),
    ]);
});

test.each(['https://Keyvouch.Example:443', 'https://keyvouch.example/app//', 'HTTPS://keyvouch.example:8443/'])(
  'the public address is what workstations make of it: %s',
  (KEYVOUCH_PUBLIC_URL) => {
    expect(readSettings({ ...AZURE, KEYVOUCH_PUBLIC_URL }).publicUrl).toBe(serviceUrl(KEYVOUCH_PUBLIC_URL));
  },
);

test('what deployments leave empty is not set', () => {
  const empty = { KEYVOUCH_ADMIN_PATTERN: '', KEYVOUCH_EMERGENCY_ACCOUNTS: '', KEYVOUCH_ATTESTATION_ROOTS: '' };
  expect(readSettings({ ...AZURE, ...empty })).toMatchObject({ emergencyAccounts: [], attestationRoots: [] });
  expect(readSettings({ ...AZURE, ...empty }).samePerson.adminAccountPattern).toBeUndefined();
});

test('every setting has its name in the list that the deployment is compared with', () => {
  expect(SETTING_NAMES).toEqual(expect.arrayContaining(Object.keys(AZURE)));
});

describe('approvals', () => {
  const read = (more: Record<string, string>) => readSettings({ ...AZURE, ...more });

  test('limits and the days of a new manager have defaults', () => {
    expect(read({})).toMatchObject({
      limits: { requesterADay: 5, subjectADay: 3, tenantAnHour: 60 },
      managerChanged: { days: 7 },
      rules: { pass: { strictSamePerson: false, blockMinutes: 7 * 24 * 60 } },
    });
  });

  test.each<[string, Record<string, string>]>([
    ['KEYVOUCH_LIMITS', { KEYVOUCH_LIMITS: '{"requesterADay":-1}' }],
    ['KEYVOUCH_LIMITS', { KEYVOUCH_LIMITS: '{"perDay":1}' }],
    ['KEYVOUCH_MANAGER_CHANGED', { KEYVOUCH_MANAGER_CHANGED: '{"days":90}' }],
    ['KEYVOUCH_MANAGER_CHANGED', { KEYVOUCH_MANAGER_CHANGED: '{"group":"somebody"}' }],
  ])('%s that is wrong is refused by its name', (name, more) => {
    expect(() => read(more)).toThrow(name);
  });
});
