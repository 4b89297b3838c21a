import { z } from 'zod';
import { ApprovalStatement } from './approval-statement';

const base64url = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'is not base64url')
    .max(most);

/** The public key of an approver's passkey as a JWK: P-256 (ES256) or RSA (RS256), what Entra registers. */
export const ApprovalKey = z.discriminatedUnion('kty', [
  z
    .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: base64url(43).length(43), y: base64url(43).length(43) })
    .strict(),
  z.object({ kty: z.literal('RSA'), n: base64url(1024), e: base64url(8) }).strict(),
]);
export type ApprovalKey = z.infer<typeof ApprovalKey>;

/** What a key gives of an assertion (WebAuthn L3 §5.2.2), without the client data, which the statement determines. */
export const ApprovalAssertion = z
  .object({ credentialId: base64url(1400), authenticatorData: base64url(4096), signature: base64url(2048) })
  .strict();
export type ApprovalAssertion = z.infer<typeof ApprovalAssertion>;

/**
 * A statement, an approver's signature over it, and the public key under which it holds: all that it takes to check
 * the approval. Whose key that is stands outside: the service knows it from the attested registration, an agent pins
 * it when it sees it first. See verify-approval.ts.
 */
export const SignedApproval = ApprovalAssertion.extend({
  statement: ApprovalStatement,
  publicKey: ApprovalKey,
}).strict();
export type SignedApproval = z.infer<typeof SignedApproval>;

/** More than any rule asks for. */
export const MOST_APPROVALS = 5;
