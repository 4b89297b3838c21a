import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { startRig, type Rig } from './graph-client.fixture';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const form = (changes: Record<string, string>) => ({
  grant_type: 'client_credentials',
  client_id: rig.entra.clientId,
  client_secret: rig.entra.clientSecret,
  scope: 'https://graph.microsoft.com/.default',
  ...changes,
});
const ask = async (changes: Record<string, string>, tenant = rig.entra.tenantId) => {
  const response = await rig.raw(`/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form(changes)).toString(),
  });
  return { status: response.status, body: (await response.json()) as { error?: string; error_codes?: number[] } };
};

test.each<[string, Record<string, string>, number, string, number]>([
  ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
  ['another app', { client_id: '00000000-0000-4000-8000-000000000000' }, 400, 'unauthorized_client', 700016],
  ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ['a single permission as scope', { scope: 'https://graph.microsoft.com/User.Read.All' }, 400, 'invalid_scope', 70011],
  ['no scope', { scope: '' }, 400, 'invalid_scope', 70011],
])('%s is refused', async (_what, changes, status, error, number) => {
  expect(await ask(changes)).toMatchObject({ status, body: { error, error_codes: [number] } });
});

test('another tenant is refused', async () => {
  expect(await ask({}, '00000000-0000-4000-8000-000000000000')).toMatchObject({
    status: 400,
    body: { error_codes: [90002] },
  });
});

test('the token says who, for what, and which permissions were granted', async () => {
  const { body } = await rig.token();
  expect(decodeJwt(String(body.access_token))).toMatchObject({
    aud: 'https://graph.microsoft.com',
    appid: rig.entra.clientId,
    tid: rig.entra.tenantId,
    idtyp: 'app',
    roles: expect.arrayContaining(['User.Read.All', 'UserAuthMethod-TAP.ReadWrite.All']) as unknown,
  });
});

const CHILD = `
const { ClientSecretCredential } = require('@azure/identity');
const { URL: url, TENANT: tenant, CLIENT: client, SECRET: secret } = process.env;
const credential = new ClientSecretCredential(tenant, client, secret, { authorityHost: url, disableInstanceDiscovery: true });
credential.getToken('https://graph.microsoft.com/.default').then(async ({ token }) => {
  const answer = await fetch(url + '/v1.0/users?$top=1', { headers: { authorization: 'Bearer ' + token } });
  console.log(answer.status, (await answer.json()).value.length);
}, (error) => { console.error(error); process.exit(1); });
`;

test('@azure/identity gets a token with nothing but the authority’s certificate', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entra-'));
  try {
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, rig.entra.caPem);
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', CHILD], {
      cwd: process.cwd(),
      timeout: 15_000,
      env: {
        PATH: process.env['PATH'],
        NODE_EXTRA_CA_CERTS: ca,
        URL: rig.entra.url,
        TENANT: rig.entra.tenantId,
        CLIENT: rig.entra.clientId,
        SECRET: rig.entra.clientSecret,
      },
    });
    expect(stdout.trim()).toBe('200 1');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 20_000);
