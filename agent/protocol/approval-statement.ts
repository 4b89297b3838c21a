import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';

/**
 * The `type` of the client data that an approver's key signs. A relying party of WebAuthn takes `webauthn.get` alone
 * (WebAuthn L3 §7.2, step 10), so such a signature never signs anybody in, whatever its challenge is.
 */
export const APPROVAL_TYPE = 'keyvouch.approval';

const Named = z.object({ id: z.string().max(64), name: z.string().max(256) }).strict();
const Account = Named.extend({ userPrincipalName: z.string().max(256) }).strict();

/**
 * What an approver puts their name to: everything that follows from the approval, so that whoever holds the signature
 * needs nobody's word for what was approved. Ids are Entra's; names are for people.
 */
export const ApprovalStatement = z
  .object({
    /** The service that asked, as workstations call it. */
    audience: z.string().max(2048),
    /** The job that asked for this signature. */
    job: z.string().startsWith('job-').max(64),
    /** Random: once the names are erased, the signature tells nothing of them. */
    salt: z.string().min(16).max(64),
    /** The ticket's id for people: `KV-7Q2M-9D`. */
    ticket: z.string().max(16),
    flow: z.enum(['onboarding', 'lost-key', 'locked-pin', 'spare-key', 'pass', 'return-key']),
    subject: Account,
    approver: Account,
    /** Who is away, and in whose place the approver decides. */
    insteadOf: Named.optional(),
    requester: Named,
    /** Who receives on the subject's behalf. */
    hander: Named.optional(),
    /** How the approver recognised the subject. */
    how: z.enum(['in-person', 'video', 'called-back']),
    /** Whether the subject must still give a code that the approver passes on. */
    vouch: z.boolean(),
    /** Passkeys that go from the subject's account, whatever else happens. */
    removes: z.array(Named).max(64),
    /** The workstations at which it may be used; empty: any that the recipient confirms. */
    workstations: z.array(Named).max(64),
    /** Seconds since 1970: when it was asked for, and until when anything may rest on it. */
    iat: z.number().int(),
    exp: z.number().int(),
  })
  .strict();
export type ApprovalStatement = z.infer<typeof ApprovalStatement>;

/** The statement in its one form, RFC 8785. */
function canonical(statement: ApprovalStatement): string {
  return canonicalize(statement) ?? '';
}

/**
 * The client data over which an approver's key signs: made by the agent, and made again by whoever verifies, so that
 * every byte of it is known. The challenge is the SHA-256 of the statement in its RFC 8785 form, base64url; the origin
 * is the service, which is no site that a passkey of Entra signs in to.
 */
export function approvalClientData(statement: ApprovalStatement): Uint8Array {
  const challenge = createHash('sha256').update(canonical(statement)).digest('base64url');
  return Uint8Array.from(Buffer.from(JSON.stringify({ type: APPROVAL_TYPE, challenge, origin: statement.audience })));
}
