import { createHash } from 'node:crypto';
import { SettingsService, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import { writeAudit } from '../audit';
import type { Person } from '../directory-schema';
import { badRequest, odataBadRequest } from '../graph-error';
import type { Passkey } from '../methods-schema';
import { aaguidAllowed, passkeyRules } from '../policy/passkey-rules';
import type { Fido2Policy } from '../policy-schema';
import type { Tenant } from '../tenant';
import { leadsToTrust, readAttestation, thumbprints, type Attestation } from './attestation';
import { judgeChallenge } from './challenge';
import { requireRegistrable } from './creation-options';
import { ALGORITHMS, ORIGIN, RP_ID, userHandleOf } from './relying-party';

const binary = z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be base64url without padding');
const odataType = z.string().optional();

/** The body of `POST …/fido2Methods`: closed, as OData refuses a property that the type does not have. */
const requestSchema = z
  .object({
    '@odata.type': odataType,
    displayName: z.string().max(30, 'must be at most 30 characters').nullish(),
    publicKeyCredential: z
      .object({
        '@odata.type': odataType,
        id: binary,
        response: z.object({ '@odata.type': odataType, clientDataJSON: binary, attestationObject: binary }).strict(),
        clientExtensionResults: z.record(z.unknown()).nullish(),
      })
      .strict(),
  })
  .strict();
type Request = z.output<typeof requestSchema>;

const parse = (body: unknown): Request => {
  const entity = z
    .object({ publicKeyCredential: z.object({}).passthrough() })
    .passthrough()
    .safeParse(body);
  if (!entity.success) throw odataBadRequest('The request is missing a fido2AuthenticationMethod entity');
  const parsed = requestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    throw odataBadRequest(
      `The property '${issue.keys[0] ?? ''}' does not exist on type 'microsoft.graph.${issue.path.length === 0 ? 'fido2AuthenticationMethod' : 'webauthnPublicKeyCredential'}'. Make sure to only use property names that are defined by the type.`,
    );
  }
  throw badRequest(`Invalid value for '${issue?.path.join('.') ?? ''}': it ${issue?.message ?? 'is not valid'}.`);
};

/** Challenge, type, origin: what the client says it did. Returns the challenge. */
const checkClientData = async (tenant: Tenant, person: Person, request: Request): Promise<string> => {
  let clientData: ReturnType<typeof decodeClientDataJSON>;
  try {
    clientData = decodeClientDataJSON(request.publicKeyCredential.response.clientDataJSON);
  } catch {
    throw badRequest('The clientDataJSON is not valid.');
  }
  const verdict = await judgeChallenge(tenant, clientData.challenge, person.id);
  if (verdict === 'expired') throw badRequest('The challenge has expired.');
  if (verdict !== 'good') throw badRequest('The challenge is not one that was issued for this user.');
  if (clientData.type !== 'webauthn.create') throw badRequest('The type in clientDataJSON must be webauthn.create.');
  if (clientData.origin !== ORIGIN) throw badRequest(`The origin in clientDataJSON is not ${ORIGIN}.`);
  return clientData.challenge;
};

/** What the key signed for: relying party, presence, verification, the id. */
const checkAuthenticatorData = (attestation: Attestation, request: Request): void => {
  if (!attestation.rpIdHash.equals(createHash('sha256').update(RP_ID).digest())) {
    throw badRequest('The rpIdHash in authData does not match the relying party.');
  }
  if (!attestation.userPresent || !attestation.userVerified) {
    throw badRequest('User presence and user verification are required.');
  }
  if (attestation.credentialId !== request.publicKeyCredential.id) {
    throw badRequest('The credential id does not match the one in authData.');
  }
};

/**
 * The signature itself, by the library that also does the product's own checks: format, algorithm, statement.
 * @param roots of a trusted attestation; an untrusted one leads to none, and the policy judges it
 */
const checkStatement = async (
  request: Request,
  challenge: string,
  roots: readonly string[],
): Promise<{ publicKey: string; counter: number }> => {
  const { id, response } = request.publicKeyCredential;
  // The library keeps one list for the whole process: whoever else is in it may have left the roots of other keys.
  SettingsService.setRootCertificates({ identifier: 'packed', certificates: [...roots] });
  try {
    const verified = await verifyRegistrationResponse({
      response: { id, rawId: id, response, type: 'public-key', clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: ORIGIN,
      expectedRPID: RP_ID,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...ALGORITHMS],
    });
    if (verified.verified) {
      const { publicKey, counter } = verified.registrationInfo.credential;
      return { publicKey: Buffer.from(publicKey).toString('base64url'), counter };
    }
  } catch (error) {
    throw badRequest(`The attestation could not be verified: ${error instanceof Error ? error.message : 'unknown'}.`);
  }
  throw badRequest('The attestation could not be verified.');
};

const checkPolicy = (tenant: Tenant, person: Person, policy: Fido2Policy, aaGuid: string, attested: boolean): void => {
  const rules = passkeyRules(tenant, person, policy).filter((rule) => rule.types.includes('deviceBound'));
  const afterAttestation = rules.filter((rule) => !rule.attestation || attested);
  if (afterAttestation.length === 0) {
    throw badRequest('The policy enforces attestation, and the attestation of this passkey is not trusted.');
  }
  if (!afterAttestation.some((rule) => aaguidAllowed(rule.restrictions, aaGuid))) {
    throw badRequest(`The policy's key restrictions do not allow the AAGUID ${aaGuid}.`);
  }
};

const requireNew = (tenant: Tenant, credentialId: string): void => {
  if (tenant.state.methods.passkeys.some((one) => one.credentialId === credentialId && one.endedAt === null)) {
    throw badRequest('This passkey is already registered.');
  }
};

/**
 * Registers a passkey for somebody. Checks in this order: policy, scope, self-service; body; challenge; type and origin;
 * relying party; presence and verification; id; already registered; attestation; AAGUID.
 * @param by who is written in the audit log: the app through Graph, or the user at Security info
 */
export const registerPasskey = async (
  tenant: Tenant,
  person: Person,
  body: unknown,
  by: 'app' | 'user',
): Promise<Passkey> => {
  const policy = requireRegistrable(tenant, person);
  const request = parse(body);
  const challenge = await checkClientData(tenant, person, request);
  const attestation = readAttestation(request.publicKeyCredential.response.attestationObject);
  checkAuthenticatorData(attestation, request);
  const credentialId = request.publicKeyCredential.id;
  requireNew(tenant, credentialId);
  if (attestation.format !== 'packed' && attestation.format !== 'none') {
    throw badRequest(`The attestation format '${attestation.format}' is not supported; use packed or none.`);
  }
  const attested = await leadsToTrust(attestation, tenant.trustedRoots);
  const { publicKey, counter } = await checkStatement(request, challenge, attested ? tenant.trustedRoots : []);
  checkPolicy(tenant, person, policy, attestation.aaGuid, attested);
  // Two requests with the same credential may have been checked side by side.
  requireNew(tenant, credentialId);

  const now = tenant.clock.now();
  const passkey: Passkey = {
    credentialId,
    userId: person.id,
    userHandle: userHandleOf(tenant, person.id),
    userPrincipalName: person.userPrincipalName,
    publicKey,
    counter,
    displayName: request.displayName ?? null,
    aaGuid: attestation.aaGuid,
    model: tenant.models.get(attestation.aaGuid) ?? null,
    attestationCertificates: thumbprints(attestation),
    attestationLevel: attested ? 'attested' : 'notAttested',
    passkeyType: 'deviceBound',
    createdAt: now,
    endedAt: null,
    lastUsedAt: null,
  };
  tenant.store.change('passkey-registered', person.id, (state) => {
    state.methods.passkeys.push(passkey);
    writeAudit(state, now, {
      activityDisplayName: 'Add Passkey (device-bound) security key',
      category: 'UserManagement',
      operationType: 'Add',
      target: person,
      initiatedBy: by,
      additionalDetails: [{ key: 'AAGuid', value: passkey.aaGuid }],
    });
  });
  return passkey;
};
