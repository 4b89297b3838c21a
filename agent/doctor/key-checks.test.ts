import { type KeyReport } from '../operations/inspect';
import { Fault } from '../protocol/fault';
import { type Models } from '../protocol/messages';
import { type CheckId, type Finding } from './finding';
import { keyChecks } from './key-checks';

type Change = { [K in keyof KeyReport]?: Partial<KeyReport[K]> };

const AAGUID = 'b6d0c3a4-0000-4000-8000-000000000001';
const good = {
  device: { path: 'tcp:127.0.0.1:1', product: 'Key', manufacturer: 'Maker', usbId: null },
  aaguid: AAGUID,
  versions: ['FIDO_2_0', 'FIDO_2_1'],
  firmware: 5,
  pin: {
    supported: true,
    set: true,
    minimumLength: 4,
    maximumLength: 63,
    mustChange: false,
    complexity: null,
    retriesLeft: 8,
    replugNeeded: false,
    blocked: false,
    protocols: [2, 1],
  },
  fingerprint: { supported: false, enrolled: false, retriesLeft: null },
  passkeys: { supported: true, roomLeft: 20, manageable: true, perRequest: 8 },
  extensions: ['credProtect', 'hmac-secret'],
  algorithms: [-7, -8],
} as unknown as KeyReport;

function changed(change: Change): KeyReport {
  const members = Object.entries(change).map(([name, part]) => {
    const before: unknown = good[name as keyof KeyReport];
    return [name, Array.isArray(part) || typeof part !== 'object' ? part : { ...(before as object), ...part }];
  });
  return { ...good, ...Object.fromEntries(members) } as KeyReport;
}

function findings(report: KeyReport, rules?: Models): Finding[] {
  return keyChecks({ path: 'tcp:127.0.0.1:1', report }, rules);
}

it('a good key has nothing in its way, and each finding says which key it is about', () => {
  const found = findings(good, [{ enforcement: 'allow', aaguids: [AAGUID.toUpperCase()] }]);
  expect(found.map(({ check, state }) => [check, state])).toEqual([
    ['key', 'ok'],
    ['pin', 'ok'],
    ['capabilities', 'ok'],
    ['room', 'ok'],
    ['model', 'ok'],
  ]);
  expect(new Set(found.map(({ device }) => device))).toEqual(new Set(['tcp:127.0.0.1:1']));
});

it.each<[string, Change, CheckId, Finding['state'], RegExp]>([
  ['no PIN yet', { pin: { set: false, retriesLeft: null } }, 'pin', 'attention', /pin set/],
  ['no PIN possible', { pin: { supported: false } }, 'pin', 'stop', /another model/],
  ['a fingerprint alone', { pin: { supported: false }, fingerprint: { supported: true } }, 'pin', 'ok', /fingerprint/],
  ['locked for ever', { pin: { retriesLeft: 0, blocked: true } }, 'pin', 'stop', /for ever.*reset/],
  ['locked until replug', { pin: { retriesLeft: 5, replugNeeded: true } }, 'pin', 'stop', /Unplug/],
  ['a PIN to be changed', { pin: { mustChange: true } }, 'pin', 'stop', /pin change/],
  ['one try left', { pin: { retriesLeft: 1 } }, 'pin', 'attention', /1 try left/],
  ['three tries left', { pin: { retriesLeft: 3 } }, 'pin', 'ok', /3 tries/],
  ['tries that are not told', { pin: { retriesLeft: null } }, 'pin', 'not-checked', /not checked/],
  ['no passkeys', { passkeys: { supported: false } }, 'capabilities', 'stop', /newer key/],
  ['no ES256', { algorithms: [-8] as never }, 'capabilities', 'stop', /ES256/],
  ['algorithms that are not told', { algorithms: [] as never }, 'capabilities', 'ok', /can do/],
  ['no hmac-secret', { extensions: [] as never }, 'capabilities', 'attention', /Windows/],
  [
    'an old firmware',
    { versions: ['FIDO_2_0'] as never, passkeys: { manageable: false } },
    'capabilities',
    'attention',
    /CTAP 2\.1/,
  ],
  ['an old firmware that can list', { versions: ['FIDO_2_1_PRE'] as never }, 'capabilities', 'ok', /can do/],
  ['a full memory', { passkeys: { roomLeft: 0 } }, 'room', 'stop', /passkeys delete/],
  ['a memory that is not told', { passkeys: { roomLeft: null } }, 'room', 'not-checked', /not checked/],
  ['no rules', {}, 'model', 'not-checked', /not checked/],
])('%s', (_, change, check, state, words) => {
  const found = findings(changed(change)).find((finding) => finding.check === check);
  expect([found?.state, `${found?.say ?? ''} ${found?.todo ?? ''}`]).toEqual([state, expect.stringMatching(words)]);
});

it('a model that the tenant keeps out stops', () => {
  const model = findings(good, [{ enforcement: 'block', aaguids: [AAGUID] }]).find(({ check }) => check === 'model');
  expect([model?.state, model?.say]).toEqual(['stop', expect.stringContaining('does not allow')]);
});

it('a key that cannot be asked stops with the reason, and nothing else is claimed of it', () => {
  const fault = new Fault({ code: 'key-u2f-only', say: 'Only U2F.', todo: 'Use a FIDO2 key.' });
  expect(keyChecks({ path: 'x', fault }, undefined)).toEqual([
    { check: 'key', state: 'stop', say: 'Only U2F.', todo: 'Use a FIDO2 key.', device: 'x' },
  ]);
});
