import { createHash, X509Certificate } from 'node:crypto';
import { SettingsService, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { Fault } from '../../agent/protocol/fault';
import { ENTRA_RP_ID } from '../../agent/protocol/job';
import { badRequest } from './refusals';

/** What a workstation brings back from the key. All base64url. */
export interface Made {
  credentialId: string;
  clientDataJSON: string;
  attestationObject: string;
}

export interface Verified {
  aaguid: string;
  /** Whether the attestation leads to a trusted root. */
  attested: boolean;
}

function untrusted(cause?: unknown): Fault {
  return new Fault({
    code: 'key-not-attested',
    say: 'This key could not prove that it is a genuine model: its attestation leads to no maker that is trusted here.',
    todo: 'Use a key that your organisation hands out, or ask the helpdesk which models are allowed.',
    cause,
  });
}

function challengeOf(clientDataJSON: string): string {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
    if (
      typeof parsed === 'object' &&
      parsed !== null &&
      'challenge' in parsed &&
      typeof parsed.challenge === 'string'
    ) {
      return parsed.challenge;
    }
  } catch (error) {
    throw badRequest('registration-bad', 'What the key made is not readable.', error);
  }
  throw badRequest('registration-bad', 'What the key made has no challenge.');
}

export function hashOfChallenge(challenge: string): string {
  return createHash('sha256').update(challenge).digest('base64url');
}

/**
 * Verifies what a key has made, before Entra hears of it: the challenge that Entra gave for this job, the origin
 * `https://` + rp.id, the rpIdHash, user present and verified, the algorithm, and the attestation up to a trusted
 * root. The AAGUID is the one that the certificate confirms (WebAuthn L3 §8.2, packed).
 * @param roots PEM certificates
 */
export async function verifyRegistration(
  made: Made,
  expected: { challengeHash: string; roots: readonly string[]; unattested: 'refuse' | 'allow' },
): Promise<Verified> {
  const challenge = challengeOf(made.clientDataJSON);
  if (hashOfChallenge(challenge) !== expected.challengeHash) {
    throw badRequest('registration-bad', 'What the key made belongs to another registration.');
  }
  const roots = [...expected.roots];
  SettingsService.setRootCertificates({ identifier: 'packed', certificates: roots });
  const verified = await verifyRegistrationResponse({
    response: {
      id: made.credentialId,
      rawId: made.credentialId,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: made.clientDataJSON, attestationObject: made.attestationObject },
    },
    expectedChallenge: challenge,
    expectedOrigin: `https://${ENTRA_RP_ID}`,
    expectedRPID: ENTRA_RP_ID,
    requireUserPresence: true,
    requireUserVerification: true,
    supportedAlgorithmIDs: [-7, -257],
  }).catch((error: unknown) => {
    const aboutTrust = error instanceof Error && /certificate|root|chain|path|trust/i.test(error.message);
    throw aboutTrust ? untrusted(error) : badRequest('registration-bad', 'What the key made does not verify.', error);
  });
  if (!verified.verified) throw badRequest('registration-bad', 'What the key made does not verify.');
  const { fmt, aaguid, credential } = verified.registrationInfo;
  // What is put into Entra must be what the key has signed; the library leaves the id beside it unread.
  if (credential.id !== made.credentialId) {
    throw badRequest('registration-bad', 'What the key made is another passkey than was said.');
  }
  const attested = fmt === 'packed' && roots.length > 0 && hasCertifiedModel(made.attestationObject);
  if (!attested && expected.unattested === 'refuse') throw untrusted();
  return { aaguid, attested };
}

/** id-fido-gen-ce-aaguid, 1.3.6.1.4.1.45724.1.1.4, in DER: the certificate says for which model it was made. */
const AAGUID_EXTENSION_DER = Buffer.from('060b2b0601040182e51c010104', 'hex');

/** Whether a certificate confirms the AAGUID (that it leads to a root and says the same one was verified before). */
function hasCertifiedModel(attestationObject: string): boolean {
  const statement = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url'))).get('attStmt');
  const leaf = statement.get('x5c')?.[0];
  if (!leaf) return false;
  try {
    // Node tells no unknown extensions; the DER of the object identifier is unmistakable.
    return Buffer.from(new X509Certificate(Buffer.from(leaf)).raw).includes(AAGUID_EXTENSION_DER);
  } catch {
    // Another reader of certificates let it pass; one that not all can read certifies nothing.
    return false;
  }
}
