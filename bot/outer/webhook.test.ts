import { Secret } from '../../agent/protocol/secret';
import { startReceiver } from '../../infra/local/outer/receiver';
import { createCaller } from './call';
import { sampleEvent } from './sample-event.fixture';
import { type SigningSecret } from './signature';
import { createWebhook } from './webhook';

const NOW = Date.parse('2026-03-02T08:00:05.000Z');
const now = () => new Date(NOW);
const OLD = 'the-secret-of-last-year-32-letters';
const NEW = 'the-secret-of-this-year-32-letters';
const KNOWN = { doubt: false, lookOnly: false };

async function scene(options: { has?: string; answer?: unknown; secrets?: readonly SigningSecret[] } = {}) {
  const { has = NEW, answer, secrets = [{ kid: 'new', secret: new Secret(NEW) }] } = options;
  const receiver = await startReceiver({ secrets: [has], now: () => NOW, answer: () => answer });
  const { call, close } = createCaller({ sandbox: true, now, callMs: 5000 });
  const settings = { url: `${receiver.url}/hook`, names: false, texts: false };
  const webhook = createWebhook({ settings, call, secrets: () => Promise.resolve(secrets), now });
  const end = async () => {
    await close();
    await receiver.close();
  };
  return { receiver, webhook, end };
}

test('an event arrives as it is, signed, with its type and its id in the headers too', async () => {
  const { receiver, webhook, end } = await scene();
  expect(await webhook.tell(sampleEvent(), KNOWN)).toEqual({});
  expect(receiver.delivered).toEqual([sampleEvent()]);
  expect(receiver.asked[0]).toMatchObject({
    path: '/hook',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'keyvouch-event': 'ticket.opened',
      'keyvouch-event-id': sampleEvent().id,
    },
  });
  await end();
});

test('while secrets change, a receiver with the old one believes it as well', async () => {
  const secrets = [
    { kid: 'new', secret: new Secret(NEW) },
    { kid: 'old', secret: new Secret(OLD) },
  ];
  const { receiver, webhook, end } = await scene({ has: OLD, secrets });
  await webhook.tell(sampleEvent(), KNOWN);
  expect(receiver.delivered).toHaveLength(1);
  await end();
});

test('a receiver with another secret refuses, and that is the account’s business', async () => {
  const { webhook, end } = await scene({ has: OLD });
  await expect(webhook.tell(sampleEvent(), KNOWN)).rejects.toMatchObject({ code: 'outer-sign-in', retry: false });
  await end();
});

test.each([
  ['a number', { number: 'IT-7' }, { number: { number: 'IT-7' } }],
  [
    'a number and a link',
    { number: 'IT-7', url: 'https://it.example/7' },
    { number: { number: 'IT-7', url: 'https://it.example/7' } },
  ],
  ['a number and an odd link', { number: 'IT-7', url: 'http://it.example/7' }, { number: { number: 'IT-7' } }],
  ['a number that is none', { number: '<img>' }, {}],
  ['a number that is too long', { number: '1'.repeat(41) }, {}],
  ['something else', [1, 2], {}],
  ['a text', 'OK', {}],
])('%s in the answer: %j', async (_, answer, told) => {
  const { webhook, end } = await scene({ answer });
  expect(await webhook.tell(sampleEvent(), KNOWN)).toEqual(told);
  await end();
});

test('a long answer to an event that was taken changes nothing', async () => {
  const { webhook, end } = await scene({ answer: { number: 'IT-7', more: 'x'.repeat(70_000) } });
  expect(await webhook.tell(sampleEvent(), KNOWN)).toEqual({});
  await end();
});
