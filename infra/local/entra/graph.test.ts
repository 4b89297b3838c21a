import { get } from 'node:https';
import { mailbox, people } from '.';
import { at, startRig, type Answer, type Rig } from './graph-client.fixture';

const ada = `/v1.0/users/${people.ada.id}`;
let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());
afterEach(() => {
  rig.entra.switches.set({ pageSize: null, clockOffsetMs: 0 });
});

const refusal = ({ status, body }: Answer): string => `${status} ${body.error?.code ?? ''}`;

describe('the envelope', () => {
  test('replies carry request ids, and echo the caller’s own', async () => {
    const answer = await rig.get(ada, { 'client-request-id': 'mine' });
    expect(answer.headers).toMatchObject({
      'client-request-id': 'mine',
      'strict-transport-security': expect.any(String) as unknown,
    });
    expect(answer.headers['request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.body['@odata.context']).toBe(`${rig.entra.url}/v1.0/$metadata#users/$entity`);
  });

  test('errors carry code, message, date and ids', async () => {
    const { status, body, headers } = await rig.get('/v1.0/users/nobody@northwind-harbour.example');
    expect(status).toBe(404);
    expect(body.error).toMatchObject({
      code: 'Request_ResourceNotFound',
      message: expect.stringContaining("Resource 'nobody@northwind-harbour.example' does not exist") as unknown,
      innerError: {
        'request-id': headers['request-id'],
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}$/) as unknown,
      },
    });
  });
});

describe('what is refused before anything is done', () => {
  test.each<[string, string, string, string]>([
    ['an unknown path', 'GET', '/v1.0/nothing', '400 BadRequest'],
    ['an unknown version', 'GET', '/v2.0/users', '400 BadRequest'],
    ['a beta path in v1.0', 'GET', '/v1.0/roleManagement/directory/transitiveRoleAssignments', '400 BadRequest'],
    ['a verb that the directory does not take', 'DELETE', ada, '405 Request_BadRequest'],
    ['a verb that the methods do not take', 'PATCH', `${ada}/authentication/fido2Methods/x`, '405 methodNotAllowed'],
    ['an unknown option', 'GET', `${ada}?$fancy=1`, '400 BadRequest'],
    ['an option that this path does not take', 'GET', `${ada}?$top=1`, '400 BadRequest'],
    ['an option given twice', 'GET', `/v1.0/users?$top=1&$top=2`, '400 BadRequest'],
    ['an unknown property', 'GET', `${ada}?$select=id,shoeSize`, '400 BadRequest'],
    ['a query that is not well-formed', 'GET', `/v1.0/users?$filter=%E0%A4%A`, '400 BadRequest'],
    ['a page that is too long', 'GET', '/v1.0/users?$top=1000', '400 Request_UnsupportedQuery'],
    ['a page of nothing', 'GET', '/v1.0/users?$top=0', '400 Request_UnsupportedQuery'],
    ['a made-up page token', 'GET', '/v1.0/users?$skiptoken=abc', '400 Request_UnsupportedQuery'],
    ['a filter with a mistake', 'GET', '/v1.0/users?$filter=displayName eq', '400 BadRequest'],
    [
      'a filter on a property that has none',
      'GET',
      "/v1.0/users?$filter=preferredLanguage eq 'de'",
      '400 Request_UnsupportedQuery',
    ],
    [
      'an operator of the advanced index',
      'GET',
      "/v1.0/users?$filter=displayName ne 'a'",
      '400 Request_UnsupportedQuery',
    ],
    ['a search without the header', 'GET', '/v1.0/users?$search="displayName:ada"', '400 Request_UnsupportedQuery'],
    ['a value of another type', 'GET', "/v1.0/users?$filter=accountEnabled eq 'true'", '400 BadRequest'],
    [
      'the removed query form of creationOptions',
      'GET',
      `${ada}/authentication/fido2Methods/creationOptions?challengeTimeoutInMinutes=5`,
      '405 methodNotAllowed',
    ],
    [
      'the function form in v1.0',
      'GET',
      `${ada}/authentication/fido2Methods/creationOptions(challengeTimeoutInMinutes=5)`,
      '404 resourceNotFound',
    ],
    [
      'a timeout that is too short',
      'GET',
      `${ada.replace('v1.0', 'beta')}/authentication/fido2Methods/creationOptions(challengeTimeoutInMinutes=4)`,
      '400 badRequest',
    ],
    [
      'transitiveRoleAssignments without the header',
      'GET',
      `/beta/roleManagement/directory/transitiveRoleAssignments?$filter=principalId eq '${people.ada.id}'`,
      '404 Request_ResourceNotFound',
    ],
    [
      'a cast without the advanced index',
      'GET',
      `${ada}/transitiveMemberOf/microsoft.graph.group`,
      '400 Request_UnsupportedQuery',
    ],
    [
      'PIM for Groups without a filter',
      'GET',
      '/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
      '400 Request_BadRequest',
    ],
  ])('%s', async (_what, method, path, expected) => {
    expect(refusal(await rig.call(method, path))).toBe(expected);
  });

  test('a body that is not JSON, and one without a content type', async () => {
    const { access_token: bearer } = (await rig.token()).body;
    const headers = { authorization: `Bearer ${String(bearer)}` };
    const path = `${ada}/checkMemberGroups`;
    const bad = await rig.raw(path, {
      method: 'POST',
      body: '{',
      headers: { ...headers, 'content-type': 'application/json' },
    });
    const untyped = await rig.raw(path, { method: 'POST', body: '{}', headers });
    expect([bad.status, untyped.status]).toEqual([400, 400]);
    await Promise.all([bad.text(), untyped.text()]);
  });

  test('a host name that is not the loopback’s', async () => {
    const status = await new Promise((resolve, reject) => {
      const options = {
        ca: rig.entra.caPem,
        servername: 'localhost',
        headers: { host: 'evil.example' },
        agent: false,
      } as const;
      get(`${rig.entra.url}/_standin/people`, options, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      }).on('error', reject);
    });
    expect(status).toBe(421);
  });
});

describe('tokens', () => {
  test.each([
    ['none', undefined],
    ['not a bearer', 'Basic abc'],
    ['not a token', 'Bearer abc'],
    [
      'unsigned',
      `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`,
    ],
  ])('%s: 401', async (_what, authorization) => {
    const response = await rig.raw(ada, { headers: authorization === undefined ? {} : { authorization } });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    expect(await response.json()).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } });
  });

  test('a token ends', async () => {
    const { access_token: bearer, expires_in: seconds } = (await rig.token()).body;
    const headers = { authorization: `Bearer ${String(bearer)}` };
    const before = await rig.raw(ada, { headers });
    rig.entra.switches.set({ clockOffsetMs: (Number(seconds) + 1) * 1000 });
    const after = await rig.raw(ada, { headers });
    expect([before.status, after.status]).toEqual([200, 401]);
    await Promise.all([before.text(), after.text()]);
  });
});

describe('paging', () => {
  test('absolute opaque links lead through everybody once', async () => {
    const everybody = [...Object.values(people), mailbox];
    const first = await rig.get('/v1.0/users?$select=id&$top=5&$count=true');
    expect(first.body['@odata.count']).toBe(everybody.length);
    const ids: string[] = [];
    let next: string | undefined = `${rig.entra.url}/v1.0/users?$select=id&$top=5`;
    for (let page = 0; page < 10 && next !== undefined; page++) {
      expect(next.startsWith(`${rig.entra.url}/v1.0/users?`)).toBe(true);
      const { body }: Answer = await rig.get(next.slice(rig.entra.url.length));
      ids.push(...(body.value as { id: string }[]).map((row) => row.id));
      next = body['@odata.nextLink'] as string | undefined;
    }
    expect(ids).toEqual(everybody.map((who) => who.id));
  });

  test('a token belongs to its query', async () => {
    const { body } = await rig.get('/v1.0/users?$select=id&$top=5');
    const token = String(body['@odata.nextLink']).split('$skiptoken=')[1];
    expect(refusal(await rig.get(`/v1.0/users?$select=displayName&$top=5&$skiptoken=${token}`))).toBe(
      '400 Request_UnsupportedQuery',
    );
  });

  test('the service may give shorter pages than asked for', async () => {
    rig.entra.switches.set({ pageSize: 2 });
    const { body } = await rig.get('/v1.0/users?$top=5');
    expect(body.value).toHaveLength(2);
    expect(body['@odata.nextLink']).toBeDefined();
  });
});

describe('$batch', () => {
  const item = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more });
  const good = `/users/${people.ada.id}`;

  test('each item has its own status, in no promised order; a failed dependency is 424', async () => {
    const { status, body } = await rig.post('/v1.0/$batch', {
      requests: [
        item('1', good),
        item('2', '/users/nobody'),
        item('3', good, { dependsOn: ['2'] }),
        item('4', `/v1.0${good}`),
        { id: '5', method: 'POST', url: `${good}/checkMemberGroups`, body: { groupIds: [] } },
        item('6', good, { dependsOn: ['1'] }),
      ],
    });
    expect(status).toBe(200);
    const responses = body.responses as { id: string; status: number; body: { id?: string } }[];
    expect(Object.fromEntries(responses.map((one) => [one.id, one.status]))).toEqual({
      '1': 200,
      '2': 404,
      '3': 424,
      '4': 400,
      '5': 400,
      '6': 200,
    });
    expect(responses.map((one) => one.id)).not.toEqual(['1', '2', '3', '4', '5', '6']);
  });

  test.each([
    ['21 requests', Array.from({ length: 21 }, (_, at) => item(String(at), good))],
    ['the same id twice, in another case', [item('a', good), item('A', good)]],
    ['an absolute url', [item('1', `https://graph.microsoft.com/v1.0${good}`)]],
    ['a dependency on nobody', [item('1', good, { dependsOn: ['9'] })]],
    ['a circle', [item('1', good, { dependsOn: ['2'] }), item('2', good, { dependsOn: ['1'] })]],
    ['nothing', []],
    ['an unknown member', [item('1', good, { extra: true })]],
  ])('%s: 400', async (_what, requests) => {
    expect((await rig.post('/v1.0/$batch', { requests })).status).toBe(400);
  });

  test('permissions hold inside too', async () => {
    const { body } = await rig.post('/v1.0/$batch', { requests: [item('1', '/identityProtection/riskyUsers')] });
    expect(at(body, 'responses', 0, 'status')).toBe(403);
  });
});
