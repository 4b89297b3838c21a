import { Fault } from '../protocol/fault';
import { type Pairing } from '../service/pairing-file';
import { clockCheck } from './clock';
import { dataCheck } from './data-access';
import { elevationCheck, reachOf } from './elevation';
import { type Finding } from './finding';
import { inputAccessCheck } from './input-access';
import { type Holder, lockHolders, otherProgramCheck } from './other-program';
import { proxyCheck, routeTo } from './proxy';
import { type Answer, pairingCheck, serviceCheck } from './service-checks';
import { sessionCheck } from './session';

/** Whatever stops says what to do. */
function expectFinding(finding: Finding, state: Finding['state'], words: RegExp): void {
  expect([finding.state, `${finding.say} ${finding.todo ?? ''}`]).toEqual([state, expect.stringMatching(words)]);
  if (state === 'stop') expect(finding.todo).toBeTruthy();
}

it.each<[string, NodeJS.ProcessEnv, boolean, Finding['state'], RegExp]>([
  ['the machine itself', {}, false, 'ok', /at the machine itself/],
  ['Remote Desktop', { SESSIONNAME: 'RDP-Tcp#3' }, true, 'stop', /Remote Desktop/],
  ['SSH', { SSH_CONNECTION: 'a b c d' }, false, 'stop', /SSH.*--allow-remote/],
  ['SSH that is allowed', { SSH_CONNECTION: 'a b c d' }, true, 'ok', /machine itself/],
])('session: %s', (_, env, allowed, state, words) => expectFinding(sessionCheck(env, allowed), state, words));

it.each<[string, Parameters<typeof dataCheck>[1], number | undefined, Finding['state'], RegExp]>([
  ['Windows', undefined, undefined, 'not-checked', /not checked/],
  ['nothing yet', undefined, 1000, 'ok', /Nothing is kept/],
  ['closed', [entry('', 0o700), entry('pairing.json', 0o600)], 1000, 'ok', /Only you/],
  ['a folder others may list', [entry('', 0o755), entry('pairing.json', 0o600)], 1000, 'attention', /chmod go=/],
  ['a key others may read', [entry('', 0o700), entry('key-x.json', 0o640)], 1000, 'stop', /key-x\.json.*chmod -R/],
  ["another user's file", [entry('', 0o700), entry('pairing.json', 0o600, 0)], 1000, 'stop', /another user/],
])('data directory: %s', (_, entries, user, state, words) => {
  expectFinding(dataCheck('/home/ada/.local/state/keyvouch', entries, user), state, words);
});

function entry(name: string, mode: number, owner = 1000) {
  return { name, mode, owner };
}

it.each<[string | undefined, Finding['state'], RegExp]>([
  [undefined, 'not-checked', /not checked/],
  ['a while ago', 'not-checked', /not checked/],
  ['Sun, 01 Mar 2026 12:00:10 GMT', 'ok', /agrees/],
  ['Sun, 01 Mar 2026 11:59:15 GMT', 'attention', /45 seconds ahead/],
  ['Sun, 01 Mar 2026 12:01:01 GMT', 'stop', /61 seconds behind/],
  ['Sun, 01 Mar 2026 10:00:00 GMT', 'stop', /2 hours ahead.*automatic time/],
])('clock against %s: %s', (date, state, words) => {
  expectFinding(clockCheck(date, new Date('2026-03-01T12:00:00Z')), state, words);
});

describe('proxy', () => {
  const https = 'https://keyvouch.example.com';
  it.each<[string, NodeJS.ProcessEnv, string]>([
    [https, {}, 'directly: no proxy is named'],
    ['http://127.0.0.1:7071', { HTTP_PROXY: 'http://p:1' }, 'directly: the service is on this machine'],
    [https, { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128 (HTTPS_PROXY)'],
    [https, { HTTP_PROXY: 'http://q:80', https_proxy: '' }, 'http://q (HTTP_PROXY)'],
    [https, { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, 'http://a:1 (https_proxy)'],
    [https, { HTTPS_PROXY: 'http://ada:hunter2@p:3128' }, 'http://p:3128 (HTTPS_PROXY)'],
    [https, { HTTPS_PROXY: ':::' }, 'cannot be read'],
    [https, { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.example.com' }, 'NO_PROXY names the service'],
    [https, { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'other, keyvouch.example.com:443' }, 'NO_PROXY names the service'],
    [https, { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'keyvouch.example.com:8443' }, 'through the proxy'],
    [https, { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'vouch.example.com' }, 'through the proxy'],
    [https, { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, 'NO_PROXY names the service'],
  ])('to %s with %j', (service, env, words) => {
    const { say, state } = proxyCheck(routeTo(service, env));
    expect([state, say]).toEqual(['ok', expect.stringContaining(words)]);
    expect(say).not.toContain('hunter2');
  });

  it('of a service nobody has named is not checked', () => {
    expect(proxyCheck(undefined).state).toBe('not-checked');
  });
});

const answer = (more: Partial<Answer> = {}): Answer => ({
  date: undefined,
  state: undefined,
  models: undefined,
  fault: undefined,
  issuer: undefined,
  ...more,
});
const fault = (code: string, more: { status?: number; cause?: unknown } = {}) =>
  new Fault({
    code,
    say: `${code}.`,
    todo: 'Mend it.',
    ...(more.status !== undefined && { facts: { status: more.status } }),
    ...(more.cause !== undefined && { cause: more.cause }),
  });
const refusedBy = (status: number) =>
  fault('service-unreachable', { cause: new Error('x', { cause: new Error(`Proxy response (${status}) !== 200`) }) });

it.each<[string, NodeJS.ProcessEnv, Answer | undefined, Finding['state'], RegExp]>([
  ['not known', {}, undefined, 'not-checked', /--service/],
  ['well', {}, answer(), 'ok', /answers/],
  ['that refuses this workstation', {}, answer({ fault: fault('clock-off', { status: 401 }) }), 'ok', /answers/],
  ['that is ill', {}, answer({ fault: fault('service-unavailable', { status: 503 }) }), 'stop', /unavailable/],
  ['out of reach', {}, answer({ fault: fault('service-unreachable') }), 'stop', /Mend it/],
  [
    'behind a proxy that wants a sign-in',
    { HTTPS_PROXY: 'http://p:1' },
    answer({ fault: refusedBy(407) }),
    'stop',
    /proxy http:\/\/p:1.*407.*sign-in/,
  ],
  [
    'behind a proxy that lets nobody through',
    { HTTPS_PROXY: 'http://p:1' },
    answer({ fault: refusedBy(403) }),
    'stop',
    /403.*let keyvouch\.example through/,
  ],
  [
    'behind something that reads along',
    {},
    answer({ fault: fault('service-tls'), issuer: 'Contoso Inspection' }),
    'stop',
    /"Contoso Inspection"/,
  ],
  ['with a certificate of nobody', {}, answer({ fault: fault('service-tls') }), 'stop', /service-tls/],
])('service: one %s', (_, env, given, state, words) => {
  const url = given && 'https://keyvouch.example';
  expectFinding(serviceCheck(url, url && routeTo(url, env), given), state, words);
});

it.each<[string, Pairing['state'] | undefined, Answer | undefined, Finding['state'], RegExp]>([
  ['none', undefined, undefined, 'stop', /not paired.*keyvouch-agent pair/],
  ['not confirmed', 'pairing', answer({ state: 'pairing' }), 'stop', /words/],
  ['confirmed a moment ago', 'pairing', answer({ state: 'active' }), 'ok', /Paired as "desk 7" for Ada/],
  ['known', 'active', answer({ state: 'active' }), 'ok', /Paired/],
  ['removed in the chat', 'active', answer({ state: 'removed' }), 'stop', /removed/],
  ['refused', 'active', answer({ fault: fault('workstation-not-paired', { status: 401 }) }), 'stop', /removed/],
  ['not asked about', 'active', answer({ fault: fault('service-unreachable') }), 'not-checked', /not checked/],
])('pairing: %s', (_, state, given, expected, words) => {
  const pairing = state && ({ state, name: 'desk 7', person: 'Ada' } as Pairing);
  expectFinding(pairingCheck(pairing, given), expected, words);
});

it.each<[string, string | undefined, boolean, Finding['state'], RegExp]>([
  ['elevated', 'Mandatory Label\\High Mandatory Level  Label  S-1-16-12288', false, 'ok', /elevated/],
  ['SYSTEM', 'Verbindliche Beschriftung  S-1-16-16384', false, 'ok', /elevated/],
  [
    'a normal user',
    'Medium Mandatory Level  Label  S-1-16-8192',
    false,
    'attention',
    /dialog of Windows.*broker --for/,
  ],
  ['a normal user with a broker', 'Label  S-1-16-8192', true, 'ok', /broker opens/],
  ['unknown', undefined, false, 'not-checked', /not checked/],
])('elevation: %s', (_, groups, brokered, state, words) => {
  expectFinding(elevationCheck(reachOf(groups), brokered), state, words);
});

it.each<[Parameters<typeof inputAccessCheck>[0], Finding['state'], RegExp]>([
  [['opened', 'denied'], 'stop', /Input Monitoring/],
  [['opened', 'other'], 'ok', /lets this program/],
  [['other'], 'not-checked', /key plugged in/],
  [[], 'not-checked', /key plugged in/],
])('input access after %j', (opened, state, words) => expectFinding(inputAccessCheck(opened), state, words));

describe('another program', () => {
  it.each<[Holder[], Holder[], Finding['state'], RegExp]>([
    [[], [], 'ok', /No other program/],
    [[{ pid: 812, name: 'fido2-assert' }], [], 'stop', /fido2-assert \(process 812\) has locked/],
    [[{ pid: 0, name: undefined }], [], 'stop', /another user/],
    [
      [],
      [
        { pid: 9, name: 'chrome' },
        { pid: 10, name: undefined },
      ],
      'attention',
      /chrome.*Another program \(process 10\)/,
    ],
  ])('locked by %j, open in %j', (lockedBy, openIn, state, words) => {
    expectFinding(otherProgramCheck({ path: '/dev/hidraw0' }, lockedBy, openIn), state, words);
  });

  it('is found in /proc/locks by the file that it locks', () => {
    const locks = [
      '1: FLOCK  ADVISORY  WRITE 812 00:05:312 0 EOF',
      '2: POSIX  ADVISORY  WRITE 813 00:05:312 0 EOF',
      '3: FLOCK  ADVISORY  WRITE 814 00:05:313 0 EOF',
      '3: -> FLOCK  ADVISORY  WRITE 815 00:05:312 0 EOF',
      '4: FLOCK  ADVISORY  READ -1 00:05:312 0 EOF',
      '',
    ].join('\n');
    expect(lockHolders(locks, '00:05:312')).toEqual([812, 0]);
  });
});
