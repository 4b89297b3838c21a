import { createHash, randomBytes } from 'node:crypto';
import { type AuthData, parseAuthData } from '../ctap/auth-data';
import { cborMap } from '../ctap/cbor';
import { type Assertion, getAssertions } from '../ctap/get-assertion';
import { PERMISSION, type PinToken } from '../ctap/pin-token';
import { keyMalformed } from '../hid/faults';
import { type Secret } from '../protocol/secret';
import { assertionClientData } from './client-data';
import { type Key } from './key';
import { type Dialogue } from './set-pin';
import { askSilently, listParts, type SilentQuestion } from './silent-question';
import { withTouch } from './touch';
import { isUnprotected, withToken } from './user-verification';

/** What is asked of the key. There is no member for a challenge: it is always made here. */
export interface AssertionRequest extends Dialogue {
  rpId: string;
  /** Ids of the passkeys that may answer; none means all of the site that are stored on the key. */
  allow?: readonly Uint8Array[];
  /** Whether the person is verified, or only touches. Default: verified, where a PIN or fingerprint is set up. */
  verify?: boolean;
  /** Whether to ask for what was stored with the passkey; the answer then carries an extension. Default: no. */
  credBlob?: boolean;
  /** A PIN that was typed a moment ago. */
  pin?: Secret | undefined;
}

/** A signature over a challenge of our own: shows that the passkey works, and signs nobody in anywhere. */
export interface OwnAssertion {
  /** Undefined only where an old key leaves it out and was asked for more than one. */
  credentialId: Uint8Array | undefined;
  /** As the key gives it: with discoverable passkeys, mostly. */
  userId: Uint8Array | undefined;
  authData: Uint8Array;
  signature: Uint8Array;
  clientDataJSON: Uint8Array;
  /** base64url, as in clientDataJSON. */
  challenge: string;
  userVerified: boolean;
  signCount: number;
  /** What was stored with the passkey when it was made (credBlob, CTAP 2.1 §12.2). */
  credBlob: Uint8Array | undefined;
}

const CHALLENGE_BYTES = 32;

/**
 * Has the key sign a random challenge, with a touch and, where the key has one set up, PIN or fingerprint.
 *
 * @returns one signature a passkey, the newest first; more than one only where `allow` names none
 * @throws Fault `key-no-passkey`, `key-no-touch`, `key-malformed` for an answer that is not about this request, and all
 *   of the PIN
 */
export async function assertion(key: Key, request: AssertionRequest): Promise<OwnAssertion[]> {
  const { rpId, prompts, signal, pin, verify = true } = request;
  const ask = (token?: PinToken) => signed(key, request, token);
  if (isUnprotected(key) || !(verify || key.info.options['alwaysUv'] === true)) return ask();
  const permission = { permissions: PERMISSION.getAssertion, rpId };
  return withToken(key, permission, { prompts, signal, pin }, ({ token }) => ask(token));
}

/**
 * Which of these credentials answer silently, i.e. are on this key: asked without a touch and without the PIN, in lists
 * no longer than the key takes. Passkeys that answer only to a verified person (credProtect 3) are found with a `token`.
 *
 * @returns those that are there, in the order given; 'unknown' where the key does not answer such questions
 */
export async function passkeyOnKey(key: Key, question: SilentQuestion): Promise<Uint8Array[] | 'unknown'> {
  const found = new Set<Uint8Array>();
  for (const part of listParts(key, question.rpId, question.credentialIds)) {
    // One answer names one credential: what is left is asked for again.
    for (let left = part; left.length > 0;) {
      const one = await askSilently(key, { ...question, credentialIds: left });
      if (one === 'unknown') return 'unknown';
      if (one === undefined) break;
      found.add(one);
      left = left.filter((id) => id !== one);
    }
  }
  return question.credentialIds.filter((id) => found.has(id));
}

async function signed(key: Key, request: AssertionRequest, token: PinToken | undefined): Promise<OwnAssertion[]> {
  const { rpId, allow = [], prompts, signal } = request;
  const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
  const clientData = assertionClientData(challenge, rpId);
  const question = {
    rpId,
    clientDataHash: clientData.hash,
    allowList: allow,
    userPresence: true,
    ...(token && { token }),
    ...(request.credBlob === true &&
      key.info.extensions.includes('credBlob') && { extensions: cborMap([['credBlob', true]]) }),
  };
  const answers = await withTouch(prompts, 'Touch the key to use the passkey.', (onKeepalive) =>
    getAssertions(key.ctap, question, { signal, onKeepalive }),
  );
  return answers.map((answer) => {
    const authData = parseAuthData(answer.authData);
    checkAnswer(authData, answer, request, token !== undefined);
    const credBlob = authData.extensions.get('credBlob');
    return {
      credentialId: answer.credentialId,
      userId: answer.userId,
      authData: answer.authData,
      signature: answer.signature,
      clientDataJSON: clientData.json,
      challenge,
      userVerified: authData.userVerified,
      signCount: authData.signCount,
      credBlob: credBlob instanceof Uint8Array && credBlob.length > 0 ? credBlob : undefined,
    };
  });
}

function checkAnswer(
  authData: AuthData,
  { credentialId }: Assertion,
  { rpId, allow = [] }: AssertionRequest,
  verified: boolean,
): void {
  const expected = createHash('sha256').update(rpId).digest();
  if (Buffer.compare(authData.rpIdHash, expected) !== 0) throw keyMalformed('the signature is for another site');
  if (!authData.userPresent) throw keyMalformed('the signature was made without a touch');
  if (verified && !authData.userVerified) throw keyMalformed('the signature was made without its person');
  const asked = credentialId === undefined || allow.length === 0;
  if (!asked && !allow.some((id) => Buffer.compare(id, credentialId) === 0)) {
    throw keyMalformed('the signature is of a passkey that was not asked for');
  }
}
