import { type Explanation } from './client/call';
import { type Problem } from './client/problem';
import { explainUnknownPerson } from './people';

/**
 * What Graph's refusals around passkeys mean. As with passes the codes do not differ and the text is looked at, from the
 * most telling word to the least; a text that nobody knows is `passkey-refused`.
 */
const MEANINGS: readonly (readonly [RegExp, Explanation])[] = [
  [
    /self-?service/i,
    {
      code: 'self-service-off',
      say: 'Entra registers no passkey while "Allow self-service set up" is off, not even for an administrator.',
      todo: 'An administrator switches it on in the Passkey (FIDO2) method.',
    },
  ],
  [
    /UserCredentialPolicy|(fido2|passkey).*(disabled|not enabled|not allowed|out of scope)/i,
    {
      code: 'passkey-policy-off',
      say: 'The tenant does not allow passkeys for this person.',
      todo: 'An administrator switches the method on for one of their groups; a change takes some minutes to be seen.',
    },
  ],
  [
    /already (been )?(registered|exists?|in use|added)|duplicate/i,
    {
      code: 'passkey-already-registered',
      say: 'This passkey is registered already.',
      todo: 'Nothing: look at the list of passkeys.',
    },
  ],
  [
    /challenge.*(expired|timed? ?out|too old|no longer)|expired.*challenge/i,
    {
      code: 'passkey-challenge-expired',
      say: 'The registration took longer than the five minutes that Entra allows.',
      todo: 'Start it again; the key is asked once more.',
      retry: true,
    },
  ],
  [
    /aa-?guid|key restriction|authenticator model/i,
    {
      code: 'passkey-model-not-allowed',
      say: "The tenant's policy does not accept this model of key.",
      todo: 'Use a model from the allow list, or ask an administrator to add this one.',
    },
  ],
  [
    /(enforces?|requires?) attestation|attestation.*(required|enforced|not trusted)/i,
    {
      code: 'passkey-attestation-required',
      say: 'The tenant wants proof of what model the key is, and did not accept the proof of this key.',
      todo: 'Use a model whose maker is in the FIDO metadata, or ask an administrator.',
    },
  ],
  [
    /guest|external user|B2B/i,
    {
      code: 'passkey-guest',
      say: 'A guest cannot register a passkey here.',
      todo: 'The account registers it in its home organisation.',
    },
  ],
];

const REFUSED: Explanation = {
  code: 'passkey-refused',
  say: 'Microsoft Entra did not accept the passkey.',
  todo: 'Start the registration again; if it stays so, tell an administrator, with the request id.',
};

/** The meaning of a refusal of creation options or of a registration. */
export function explainPasskeyRefusal(problem: Problem): Explanation | undefined {
  const { status, message } = problem;
  if (status === 404) return explainUnknownPerson(problem);
  const known = MEANINGS.find(([pattern]) => pattern.test(message))?.[1];
  // A 403 whose text says nothing of a policy is about rights: graph-denied.
  if (status === 400 || status === 409 || status === 403) return known ?? (status === 403 ? undefined : REFUSED);
  if (status === 405) {
    return {
      code: 'graph-not-supported',
      say: 'Microsoft Entra does not take this request for this account.',
      todo: 'Tell an administrator, with the request id.',
    };
  }
  return undefined;
}
