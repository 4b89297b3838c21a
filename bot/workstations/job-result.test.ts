import { STATEMENT } from '../../agent/protocol/approval.fixture';
import { type Fault } from '../../agent/protocol/fault';
import { ACTS, Job } from '../../agent/protocol/job';
import { ResultRequest } from '../../agent/protocol/messages';
import { OUTCOME_OF } from '../../agent/protocol/result';
import { digestOf } from './digest';
import { readResult } from './job-result';

const JWS = 'a.signed.job';
const jobDigest = digestOf(JWS);
const aaguid = '00000000-1111-2222-3333-444444444444';
const [ONE, TWO, OTHER] = ['AAAA', 'BBBB==', 'CCCC'];

const CLAIMS = {
  iss: 'https://keyvouch.example',
  aud: 'ws-1',
  jti: 'job-1',
  iat: 1,
  exp: 2,
  ticket: 'KV-7Q2M-9D',
  subject: { id: 'ada', name: 'Ada', userPrincipalName: 'ada@contoso.com' },
  requestedBy: 'Ada',
  approvedBy: ['Bob'],
  rpId: 'login.microsoft.com',
  decision: '',
};

const JOBS = {
  register: { act: 'register' },
  inspect: { act: 'inspect', credentialIds: [ONE, TWO] },
  'set-pin': { act: 'set-pin' },
  reset: { act: 'reset', credentialIds: [ONE, TWO], expected: { aaguid, answered: [ONE] } },
  'remove-passkey': { act: 'remove-passkey', credentialId: ONE },
  fingerprints: { act: 'fingerprints', most: 2 },
  config: { act: 'config', settings: { alwaysUv: true, minimumPin: 6, forcePinChange: true } },
  approve: { act: 'approve', credentialIds: [ONE], statement: STATEMENT },
} as const;
const jobOf = (act: keyof typeof JOBS, change: Record<string, unknown> = {}) =>
  Job.parse({ ...CLAIMS, ...JOBS[act], ...change });

const REPORT = {
  aaguid,
  firmware: '5.7',
  versions: ['FIDO_2_1'],
  pin: { set: true, retriesLeft: 8, blocked: 'no', changeForced: false, minimumLength: 4 },
  fingerprints: 'no-reader',
  roomLeft: 20,
  alwaysUv: false,
  answered: [TWO],
};
const NOW = { alwaysUv: true, minimumPin: 6, forcePinChange: true };
const RESULTS = {
  register: { credentialId: 'A', clientDataJSON: 'A', attestationObject: 'A', transports: ['usb'] },
  inspect: { report: REPORT },
  'set-pin': { how: 'set', aaguid },
  reset: { erased: true, aaguid, matched: [ONE], matchedBy: 'silent' },
  'remove-passkey': { passkey: 'removed', aaguid },
  fingerprints: { added: 2, aaguid },
  config: { now: NOW, aaguid },
  approve: { credentialId: ONE, authenticatorData: 'A', signature: 'A' },
} as const;
const resultOf = (act: keyof typeof JOBS, change: Record<string, unknown> = {}) =>
  ResultRequest.parse({ outcome: OUTCOME_OF[act], jobDigest, ...RESULTS[act], ...change });

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'taken';
  } catch (error) {
    return (error as Fault).code;
  }
}

describe('a result', () => {
  it.each(ACTS)('of %s is read for its job', (act) => {
    const { jobDigest: _, ...rest } = resultOf(act);
    expect(readResult(jobOf(act), JWS, resultOf(act))).toEqual({ act, ...rest });
  });

  it.each(ACTS)('that says that %s failed is read for its job', (act) => {
    const failed = { outcome: 'failed', code: 'key-gone', orphan: false } as const;
    expect(readResult(jobOf(act), JWS, { ...failed, jobDigest })).toEqual({ act, ...failed });
  });

  const crossed = ACTS.flatMap((act) => ACTS.filter((other) => other !== act).map((other) => [act, other] as const));
  it.each(crossed)('for %s is not taken from a job to %s', (act, other) => {
    expect(codeOf(() => readResult(jobOf(other), JWS, resultOf(act)))).toBe('result-odd');
  });

  it.each(ACTS)('of %s is refused for another job of the same act', (act) => {
    expect(codeOf(() => readResult(jobOf(act), 'another.signed.job', resultOf(act)))).toBe('job-unknown');
  });

  it.each<[string, keyof typeof JOBS, Record<string, unknown>, Record<string, unknown>]>([
    ['names a passkey that was not asked about', 'inspect', {}, { report: { ...REPORT, answered: [OTHER] } }],
    ['signed with a passkey that was not asked', 'approve', {}, { credentialId: OTHER }],
    ['erased one that was not asked about', 'reset', {}, { matched: [ONE, OTHER] }],
    ['knew the key by no passkey at all', 'reset', {}, { matched: [] }],
    ['enrolled more than was asked', 'fingerprints', { most: 1 }, {}],
    ['left the key asking for nobody', 'config', {}, { now: { ...NOW, alwaysUv: false } }],
    ['left the PIN short', 'config', {}, { now: { ...NOW, minimumPin: 5 } }],
    ['left the PIN as it was', 'config', {}, { now: { ...NOW, forcePinChange: false } }],
  ])('that %s is refused', (_, act, job, result) => {
    expect(codeOf(() => readResult(jobOf(act, job), JWS, resultOf(act, result)))).toBe('result-odd');
  });

  it('of a reset by the word of the person names no passkey, or the one it had before', () => {
    for (const matched of [[], [ONE]]) {
      const result = resultOf('reset', { matched, matchedBy: 'person', erased: 'unknown' });
      expect(codeOf(() => readResult(jobOf('reset'), JWS, result))).toBe('taken');
    }
  });

  it.each<[string, keyof typeof JOBS, Record<string, unknown>]>([
    ['a site of somebody else', 'inspect', { report: { ...REPORT, sites: ['bank.example'] } }],
    ['a PIN', 'set-pin', { pin: '4711' }],
    ['a signature', 'inspect', { report: { ...REPORT, signature: 'AAAA' } }],
    ['no model', 'reset', { aaguid: 'YubiKey' }],
    ['an endless list', 'reset', { matched: Array(65).fill(ONE) }],
  ])('with %s in it is none', (_, act, change) => {
    expect(() => resultOf(act, change)).toThrow();
  });
});
