import type { Verdict } from './verdict';

/** What keys of CTAP 2.2 and 2.3 add. The judges of Debian 12 end with CTAP 2.1: only our own tests look at these. */
const SINCE_CTAP_2_2 = [
  'read-only token that outlives a power cut (pcmr)',
  'encIdentifier and encCredStoreState',
  'PIN complexity policy and its URL',
  'maximum PIN length',
  'long touch for reset, transports for reset',
  'attestation formats preference',
  'third-party payment',
  'vendor configuration commands',
];

/** Rows that say so, one for each. */
export const unjudged: readonly Verdict[] = SINCE_CTAP_2_2.map((operation) => ({
  judge: 'libfido2 1.12, python-fido2 0.9.1, ykman 4.0.9',
  operation,
  profile: 'any',
  outcome: 'unknown',
  why: 'newer than the judge',
}));
