import { type Act, Job } from '../protocol/job';
import { jobWords } from './job-words';

const CLAIMS = {
  iss: 'https://keyvouch.example',
  aud: 'ws-1',
  jti: 'job-1',
  iat: 1,
  exp: 2,
  ticket: 'KV-7Q2M-9D',
  subject: { id: 'ada', name: 'Ada Lovelace', userPrincipalName: 'ada@contoso.com' },
  requestedBy: 'Ada Lovelace',
  approvedBy: ['Grace Hopper', 'Alan Turing'],
  rpId: 'login.microsoft.com',
  decision: '',
};

const wordsOf = (change: Record<string, unknown>, kind: 'own' | 'desk' = 'own') =>
  jobWords(Job.parse({ ...CLAIMS, ...change }), kind);

/** A key to be erased, as it was looked at. */
const looked = (...answered: string[]) => ({
  ...{ credentialIds: [], expected: { aaguid: 'cb69481e-8ff7-4039-93ec-0a2729a154a8', answered } },
});

it.each<[Act, Record<string, unknown>, RegExp]>([
  ['register', {}, /Register a new passkey for Ada Lovelace \(ada@contoso\.com\)/],
  ['inspect', { credentialIds: [] }, /Look at a security key of Ada.*Nothing is written/s],
  ['set-pin', {}, /Set the PIN of a security key of Ada.*never leaves this workstation/s],
  ['reset', looked(), /Erase a security key of Ada.*of every site.*gone for ever/s],
  [
    'reset',
    looked('ABCDEFGHIJKLMNOP=='),
    /Erase a.*Only the key that holds the passkey for login\.microsoft\.com whose id ends in IJKLMNOP is erased: any other/s,
  ],
  ['reset', looked('AAAA', 'BBBB'), /the passkeys for \S+ whose ids end in AAAA and BBBB is/],
  ['remove-passkey', { credentialId: 'ABCDEFGHIJKLMNOP==' }, /one passkey of Ada.*ends in IJKLMNOP\..*stays/s],
  ['fingerprints', { most: 1 }, /Enrol one fingerprint on/],
  ['fingerprints', { most: 3 }, /Enrol up to 3 fingerprints on/],
  [
    'config',
    { settings: { alwaysUv: true, minimumPin: 8, forcePinChange: true } },
    /stricter:.*every use.*at least 8 characters.*must be changed/s,
  ],
  ['config', { settings: { minimumPin: 8 } }, /stricter:\n {2}- its PIN has at least 8 characters\nSome of it/],
])('%s is said in words of our own, with who asked and who approved', (act, change, expected) => {
  const words = wordsOf({ act, ...change }).join('\n');
  expect(words).toMatch(expected);
  expect(words).toContain('Asked by Ada Lovelace, approved by Grace Hopper and Alan Turing, request KV-7Q2M-9D.');
});

it('an erasing by a person’s word names no passkey', () => {
  const words = wordsOf({ act: 'reset', ...looked(), credentialIds: ['ABCDEFGHIJKLMNOP=='] }).join('\n');
  expect(words).toMatch(
    /Only the key that was looked at is erased.*a key that shows one, or is of another model, is refused/,
  );
  expect(words).not.toContain('IJKLMNOP');
});

it('a desk is told whose key it is, and nobody else is', () => {
  const line = /^This is a desk workstation: .*Ada Lovelace \(ada@contoso\.com\)\.$/;
  expect(wordsOf({ act: 'set-pin' }, 'desk').at(-1)).toMatch(line);
  expect(wordsOf({ act: 'set-pin' }, 'own').some((words) => line.test(words))).toBe(false);
});

it('names of people reach the terminal without control characters', () => {
  const subject = { ...CLAIMS.subject, name: 'Ada\u001b[2J\nErased\u202e' };
  const words = wordsOf({ act: 'inspect', credentialIds: [], subject, requestedBy: 'x\ny', approvedBy: [] });
  expect(words.join('')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  expect(words.join('\n')).toContain('which needs no approval');
});
