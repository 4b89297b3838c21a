import { randomBytes } from 'node:crypto';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { findPerson } from '../directory';
import type { Person } from '../directory-schema';
import type { Passkey } from '../methods-schema';
import { ORIGIN, RP_ID } from '../passkeys/relying-party';
import { enforcedFido2, inScope } from '../policy/effective';
import { aaguidAllowed, passkeyRules } from '../policy/passkey-rules';
import type { Tenant } from '../tenant';
import { base64url, clientData } from './client-data';
import { failed, succeeded, type SignInResult } from './outcome';
import type { KeyAssertion, SecurityKey } from './security-key';

/** Asks the key for the account's own credentials first; where it has none of them, for whatever it would show. */
const assertionOf = async (key: SecurityKey, mine: readonly Passkey[], clientDataJSON: Buffer) => {
  const allow = mine.map((one) => Buffer.from(one.credentialId, 'base64url'));
  const own = allow.length > 0 ? await key.assert({ clientDataJSON, allow }) : undefined;
  return own ?? key.assert({ clientDataJSON, allow: [] });
};

/** The new counter of the key, or undefined where the signature, the flags or the counter do not hold. */
const verify = async (
  passkey: Passkey,
  assertion: KeyAssertion,
  challenge: string,
  clientDataJSON: Buffer,
): Promise<number | undefined> => {
  const id = base64url(assertion.credentialId);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientDataJSON),
          authenticatorData: base64url(assertion.authenticatorData),
          signature: base64url(assertion.signature),
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: ORIGIN,
      expectedRPID: RP_ID,
      requireUserVerification: true,
      credential: {
        id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
};

const policyAllows = (tenant: Tenant, person: Person, passkey: Passkey): boolean => {
  const policy = enforcedFido2(tenant);
  // Key restrictions count at every sign-in, attestation only once.
  return (
    inScope(tenant, person, policy) &&
    passkeyRules(tenant, person, policy).some((rule) => aaguidAllowed(rule.restrictions, passkey.aaGuid))
  );
};

/** A sign-in with a security key. Throws a Fault where the key itself fails: wrong PIN, no touch, unplugged. */
export const signInWithKey = async (tenant: Tenant, upn: string, key: SecurityKey): Promise<SignInResult> => {
  const person = findPerson(tenant.state.directory, upn);
  const attempt = { upn, person, method: 'Passkey (device-bound)', methodDetail: null } as const;
  if (!person) return failed(tenant, attempt, 'unknownUser');
  const live = (one: Passkey): boolean => one.userId === person.id && one.endedAt === null;
  const challenge = randomBytes(32).toString('base64url');
  const clientDataJSON = clientData('webauthn.get', challenge);
  const assertion = await assertionOf(key, tenant.state.methods.passkeys.filter(live), clientDataJSON);

  // The key may have taken its time: what counts is what is registered now.
  const id = assertion ? base64url(assertion.credentialId) : undefined;
  const passkey = tenant.state.methods.passkeys.find((one) => live(one) && one.credentialId === id);
  if (!assertion || !passkey) return failed(tenant, attempt, 'unknownPasskey');
  const known = { ...attempt, methodDetail: passkey.displayName };
  if (assertion.userHandle && base64url(assertion.userHandle) !== passkey.userHandle) {
    return failed(tenant, known, 'unknownPasskey');
  }
  // After the account was renamed the passkey must be registered again.
  if (passkey.userPrincipalName.toLowerCase() !== person.userPrincipalName.toLowerCase()) {
    return failed(tenant, known, 'unknownPasskey');
  }
  const counter = await verify(passkey, assertion, challenge, clientDataJSON);
  if (counter === undefined) return failed(tenant, known, 'badAssertion');
  if (!person.accountEnabled) return failed(tenant, known, 'disabled');
  if (!policyAllows(tenant, person, passkey)) return failed(tenant, known, 'passkeyBlocked');
  tenant.store.change('passkey-used', person.id, () => {
    passkey.counter = counter;
    passkey.lastUsedAt = tenant.clock.now();
  });
  return succeeded(tenant, known);
};
