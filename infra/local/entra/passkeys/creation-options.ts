import type { Person } from '../directory-schema';
import { isoTime } from '../clock';
import { badRequest } from '../graph-error';
import { enforcedFido2, inScope } from '../policy/effective';
import type { Fido2Policy } from '../policy-schema';
import type { Tenant } from '../tenant';
import { makeChallenge } from './challenge';
import { encodeId } from './id-encoding';
import { ALGORITHMS, RP_ID, userHandleOf } from './relying-party';

/** Refuses what no registration for this user can pass: guests, method off or out of scope, self-service off. */
export const requireRegistrable = (tenant: Tenant, person: Person): Fido2Policy => {
  const policy = enforcedFido2(tenant);
  if (person.userPrincipalName.includes('#EXT#')) {
    throw badRequest('A passkey cannot be registered for an external guest user in the resource tenant.');
  }
  if (!inScope(tenant, person, policy)) {
    throw badRequest(
      'Converged UserCredentialPolicy does not allow creating or updating this authentication method. AuthMethodType [Fido2].',
    );
  }
  if (!policy.isSelfServiceRegistrationAllowed) {
    throw badRequest('Passkey registration requires that self-service set up is allowed in the policy.');
  }
  return policy;
};

/**
 * Options for registering a passkey for somebody (webauthnCredentialCreationOptions).
 * @param timeoutMinutes how long the challenge lives: 5 in v1.0
 */
export const creationOptions = async (tenant: Tenant, person: Person, timeoutMinutes: number): Promise<object> => {
  requireRegistrable(tenant, person);
  const expiresAt = tenant.clock.now() + timeoutMinutes * 60_000;
  const { idEncoding } = tenant.switches.get();
  const registered = tenant.state.methods.passkeys.filter((one) => one.userId === person.id && one.endedAt === null);
  return {
    challengeTimeoutDateTime: isoTime(expiresAt),
    publicKey: {
      rp: { id: RP_ID, name: 'Microsoft' },
      user: {
        id: userHandleOf(tenant, person.id),
        name: person.userPrincipalName,
        displayName: person.displayName,
      },
      challenge: await makeChallenge(tenant, person.id, expiresAt),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      timeout: 60_000,
      excludeCredentials: registered.map((one) => ({
        type: 'public-key',
        id: encodeId(one.credentialId, idEncoding),
        transports: ['usb', 'nfc'],
      })),
      authenticatorSelection: {
        authenticatorAttachment: 'cross-platform',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'direct',
      extensions: {
        hmacCreateSecret: true,
        enforceCredentialProtectionPolicy: true,
        credentialProtectionPolicy: 'userVerificationOptional',
      },
    },
  };
};
