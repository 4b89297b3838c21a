import { z } from 'zod';
import { ApprovalStatement } from './approval-statement';
import { MOST_APPROVALS, SignedApproval } from './signed-approval';

/** The relying party of every Entra passkey. A job can name no other. */
export const ENTRA_RP_ID = 'login.microsoft.com';
export const JOB_TYPE = 'keyvouch-job+jwt';
/** A statement by which an older service key names a newer one. */
export const KEY_TYPE = 'keyvouch-key+jwt';

/** Entra lists no more passkeys of one person than this by far; a longer list is somebody's attempt. */
export const MOST_CREDENTIALS = 64;
/** Characters of all ids of one job together, so that a job and its result stay small. */
const MOST_ID_CHARACTERS = 16 * 1024;

const Person = z.object({ id: z.string(), name: z.string(), userPrincipalName: z.string() });

/** A credential id as Entra spells it; credential-id.ts reads all its spellings. */
export const CredentialId = z.string().regex(/^[A-Za-z0-9_\-+/]{1,1400}={0,2}$/, 'is no credential id');

/** A model of keys, as WebAuthn spells it. */
export const Aaguid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'is no AAGUID');

const CredentialIds = z
  .array(CredentialId)
  .max(MOST_CREDENTIALS)
  .refine((ids) => ids.join('').length <= MOST_ID_CHARACTERS, 'are too long together');

/** A key as it was looked at before its erasing was approved. */
const LookedAt = z.object({ aaguid: Aaguid, answered: CredentialIds }).strict();
export type LookedAt = z.infer<typeof LookedAt>;

/** What of a key's settings a job may ask for: only what makes it stricter. */
const KeySettings = z
  .object({
    /** The key verifies its person at each use. */
    alwaysUv: z.literal(true).optional(),
    /** Code points. It can only grow. */
    minimumPin: z.number().int().min(4).max(63).optional(),
    /** The PIN must be changed before the key does anything else. */
    forcePinChange: z.literal(true).optional(),
  })
  .strict()
  .refine((settings) => Object.keys(settings).length > 0, 'ask for nothing');
export type KeySettings = z.infer<typeof KeySettings>;

const Claims = z.object({
  iss: z.string(),
  /** The workstation's id. */
  aud: z.string(),
  jti: z.string().startsWith('job-'),
  iat: z.number().int(),
  exp: z.number().int(),
  ticket: z.string(),
  subject: Person,
  requestedBy: z.string(),
  approvedBy: z.array(z.string()),
  rpId: z.literal(ENTRA_RP_ID),
  /** The service's signature over the approval itself. */
  decision: z.string(),
  /** The rule asks for approvals that the approvers have signed with their own keys: without them the job is refused. */
  stepUp: z.literal(true).optional(),
  approvals: z.array(SignedApproval).max(MOST_APPROVALS).optional(),
});

/**
 * What the service signs for one workstation. The workstation composes its own words from it. There is no member that
 * could carry a challenge: a job to register fetches its creation options when it starts, and none can ask for a sign-in.
 */
export const Job = z.discriminatedUnion('act', [
  /** Make a passkey for the subject. */
  Claims.extend({ act: z.literal('register') }).strict(),
  /** Look at the key without writing: how it is, and which of these passkeys of the subject it holds. */
  Claims.extend({ act: z.literal('inspect'), credentialIds: CredentialIds }).strict(),
  /** Set the first PIN, or have it changed. */
  Claims.extend({ act: z.literal('set-pin') }).strict(),
  /**
   * Erase the key; the subject's passkeys are for telling before which of them it takes along. `expected`: its model, and
   * those of the passkeys for which it answered when it was looked at, none where it hides them (credProtect 3). A key
   * of another model, or that does not answer for just them, is another key, and not erased.
   */
  Claims.extend({ act: z.literal('reset'), credentialIds: CredentialIds, expected: LookedAt }).strict(),
  /** Take one passkey of the subject off the key. */
  Claims.extend({ act: z.literal('remove-passkey'), credentialId: CredentialId }).strict(),
  /** Enrol fingerprints, so many at most. */
  Claims.extend({ act: z.literal('fingerprints'), most: z.number().int().min(1).max(10) }).strict(),
  /** Make the key's settings stricter. */
  Claims.extend({ act: z.literal('config'), settings: KeySettings }).strict(),
  /**
   * Have an approver sign their approval with their own key. It has no decision yet: it is what one is made of. The
   * subject is the statement's, the passkeys are the approver's.
   */
  Claims.omit({ stepUp: true, approvals: true })
    .extend({
      act: z.literal('approve'),
      decision: z.literal(''),
      statement: ApprovalStatement,
      credentialIds: CredentialIds,
    })
    .strict(),
]);
export type Job = z.infer<typeof Job>;

export type Act = Job['act'];
export const ACTS = [
  'register',
  'inspect',
  'set-pin',
  'reset',
  'remove-passkey',
  'fingerprints',
  'config',
  'approve',
] as const;

/** The claims of a job of one act. */
export type JobOf<A extends Act> = Extract<Job, { act: A }>;
