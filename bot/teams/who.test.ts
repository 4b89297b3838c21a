import { settingsFor, TENANT, WHO } from '../service/testing/world';
import { speakerOf } from './who';

const settings = settingsFor();
const OTHER = '7a0e1e0c-0000-4000-8000-000000000002';

const GOOD = {
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  from: { id: '29:ada', name: 'Ada', aadObjectId: WHO.ada },
  recipient: { id: '28:bot', name: 'Keyvouch' },
  conversation: { id: 'a:1', tenantId: TENANT, conversationType: 'personal' },
  channelData: { tenant: { id: TENANT } },
  locale: 'de-DE',
};

type Activity = Parameters<typeof speakerOf>[0];
const of = (change: object) => speakerOf({ ...GOOD, ...change } as Activity, settings);

test('a person of this tenant in a chat of their own', () => {
  expect(of({})).toEqual({
    person: WHO.ada,
    teamsUserId: '29:ada',
    tenantId: TENANT,
    conversationId: 'a:1',
    serviceUrl: GOOD.serviceUrl,
    botId: '28:bot',
    locale: 'de-DE',
    personal: true,
  });
});

test.each<[string, object, string]>([
  ['no object id', { from: { id: '29:ada', name: 'Ada' } }, 'odd-activity'],
  ['an object id that is none', { from: { id: '29:ada', aadObjectId: 'ada' } }, 'odd-activity'],
  ['no sender', { from: undefined }, 'odd-activity'],
  ['no conversation', { conversation: undefined }, 'odd-activity'],
  ['no service URL', { serviceUrl: undefined }, 'odd-activity'],
  ['the emulator', { channelId: 'emulator' }, 'odd-activity'],
  ['another channel', { channelId: 'webchat' }, 'odd-activity'],
  ['Teams in Copilot clothes', { channelId: 'MSTEAMS' }, 'odd-activity'],
  [
    'another tenant',
    { conversation: { ...GOOD.conversation, tenantId: OTHER }, channelData: { tenant: { id: OTHER } } },
    'other-tenant',
  ],
  ['another tenant in the channel’s data alone', { channelData: { tenant: { id: OTHER } } }, 'other-tenant'],
  [
    'another tenant in the conversation alone',
    { conversation: { ...GOOD.conversation, tenantId: OTHER } },
    'other-tenant',
  ],
  ['no tenant at all', { conversation: { id: 'a:1' }, channelData: {} }, 'other-tenant'],
  ['an empty tenant', { conversation: { id: 'a:1', tenantId: '' }, channelData: undefined }, 'other-tenant'],
])('%s: nobody', (_, change, why) => {
  expect(of(change)).toBe(why);
});

test.each<[string, object, boolean]>([
  ['a personal chat', {}, true],
  ['a group chat', { conversation: { ...GOOD.conversation, conversationType: 'groupChat' } }, false],
  ['a channel', { conversation: { ...GOOD.conversation, conversationType: 'channel' } }, false],
  ['a group that says only that', { conversation: { id: 'a:1', tenantId: TENANT, isGroup: true } }, false],
])('%s: personal or not', (_, change, personal) => {
  expect(of(change)).toMatchObject({ personal });
});

test('the object id and the tenant are the same in any case', () => {
  const from = { id: '29:ada', aadObjectId: WHO.ada.toUpperCase() };
  const shouting = { from, channelData: { tenant: { id: TENANT.toUpperCase() } } };
  expect(of(shouting)).toMatchObject({ person: WHO.ada, tenantId: TENANT });
});
