import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { ConnectorClient } from 'botframework-connector';
import { connectorHttp } from './connector-http';

/** One call by botframework's own client, and what came to the server. */
let server: Server | undefined;
const came: { url: string | undefined; authorization: string | undefined; body: string }[] = [];

async function send(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString('utf8');
      came.push({ url: request.url, authorization: request.headers.authorization, body });
      answer(response, request);
    })();
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const baseUri = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const signRequest = async <T extends { headers: { set(name: string, value: string): void } }>(request: T) => {
    request.headers.set('authorization', 'Bearer t');
    return request;
  };
  const client = new ConnectorClient({ signRequest }, { baseUri, httpClient: connectorHttp(300) });
  return client.conversations.sendToConversation('a:1', { type: 'message', text: 'Grüße' });
}

const json =
  (status: number, body: object, headers: object = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

afterEach(() => {
  came.length = 0;
  server?.closeAllConnections();
  server?.close();
});

test('an answer is read, and what was sent is whole and signed', async () => {
  expect((await send(json(201, { id: '7' }))).id).toBe('7');
  expect(came).toMatchObject([{ url: '/v3/conversations/a%3A1/activities', authorization: 'Bearer t' }]);
  expect(JSON.parse(came[0]?.body ?? '')).toMatchObject({ type: 'message', text: 'Grüße' });
});

test('a refusal that stays is thrown by the client with its status and code', async () => {
  const body = { error: { code: 'BotNotInConversationRoster', message: 'no' } };
  await expect(send(json(403, body))).rejects.toMatchObject({ statusCode: 403, code: 'BotNotInConversationRoster' });
});

test.each([
  ['a pause of an hour', 429, { 'retry-after': '3600' }, { retryAfterMs: 3_600_000 }],
  ['a pause by a library’s own header', 429, { 'retry-after-ms': '3600000' }, {}],
  ['a service that is down', 500, {}, {}],
  ['a gateway without an answer', 504, {}, {}],
  ['somebody who was faster', 412, {}, {}],
])('%s (%d) comes back at once, after one call', async (_, status, headers, more) => {
  const failed = { code: 'teams-unreachable', retry: true, facts: { status }, ...more };
  await expect(send(json(status, {}, headers))).rejects.toMatchObject(failed);
  expect(came).toHaveLength(1);
});

test.each<[string, (response: ServerResponse) => void]>([
  ['says nothing', () => undefined],
  ['stops in the middle', (response) => void response.writeHead(200, { 'content-length': '99' }).write('{')],
  ['breaks off', (response) => void response.destroy()],
  ['leads elsewhere', (response) => void response.writeHead(307, { location: '/elsewhere' }).end()],
])('a Teams that %s is unreachable, after one call', async (_, answer) => {
  await expect(send(answer)).rejects.toMatchObject({ code: 'teams-unreachable', retry: true, facts: { status: 0 } });
  expect(came).toHaveLength(1);
});
