import { z } from 'zod';
import { Aaguid, type Act, CredentialId, MOST_CREDENTIALS } from './job';
import { ApprovalAssertion } from './signed-approval';

const Base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/, 'is not base64url');
const count = z.number().int().nonnegative();

/** What a workstation tells of a key that it looked at: its state and nothing of other sites. */
export const KeySummary = z
  .object({
    aaguid: Aaguid,
    /** As the key says it (CTAP 2.1 §6.4, firmwareVersion); null where it says none. */
    firmware: z.string().max(32).nullable(),
    /** FIDO_2_0, FIDO_2_1 … */
    versions: z.array(z.string().max(32)).max(16),
    pin: z
      .object({
        set: z.boolean(),
        /** Wrong tries left before the key locks for ever; null where there is no PIN. */
        retriesLeft: count.nullable(),
        blocked: z.enum(['no', 'until-replug', 'for-ever']),
        /** The key does nothing before its PIN was changed. */
        changeForced: z.boolean(),
        /** Code points. */
        minimumLength: count,
      })
      .strict(),
    fingerprints: z.enum(['none', 'enrolled', 'no-reader']),
    /** How many more passkeys it can hold; null where it does not say. */
    roomLeft: count.nullable(),
    alwaysUv: z.boolean(),
    /** Of the job's passkeys those that answered silently; null where the key answers no silent question. */
    answered: z.array(CredentialId).max(MOST_CREDENTIALS).nullable(),
  })
  .strict();
export type KeySummary = z.infer<typeof KeySummary>;

/** How a key is set now. */
const KeySettingsNow = z.object({ alwaysUv: z.boolean(), minimumPin: count, forcePinChange: z.boolean() }).strict();
export type KeySettingsNow = z.infer<typeof KeySettingsNow>;

/** SHA-256 of the job's JWS, base64url: which job this is the result of. */
const ofJob = z.object({ jobDigest: Base64Url.length(43) });

/** POST workstations/{workstation}/jobs/{job}/result. Each outcome belongs to one act; `failed` to any. */
export const ResultRequest = z.discriminatedUnion('outcome', [
  ofJob
    .extend({
      outcome: z.literal('made'),
      credentialId: Base64Url.max(1400),
      clientDataJSON: Base64Url.max(20_000),
      attestationObject: Base64Url.max(20_000),
      transports: z.array(z.string().max(16)).max(8),
    })
    .strict(),
  ofJob.extend({ outcome: z.literal('inspected'), report: KeySummary }).strict(),
  ofJob.extend({ outcome: z.literal('pin-set'), how: z.enum(['set', 'changed']), aaguid: Aaguid }).strict(),
  ofJob
    .extend({
      outcome: z.literal('erased'),
      /** `unknown`: the agent stopped, or the key went away, in the moment of erasing, and nobody could look afterwards. */
      erased: z.union([z.literal(true), z.literal('unknown')]),
      aaguid: Aaguid,
      /** The job's passkeys that were on the key before. */
      matched: z.array(CredentialId).max(MOST_CREDENTIALS),
      /** How the key was known to be the subject's: by those, or by the person's word alone. */
      matchedBy: z.enum(['silent', 'person']),
    })
    .strict(),
  /** `absent`: the passkey was not on the key that was there, so nothing was written. */
  ofJob.extend({ outcome: z.literal('removed'), passkey: z.enum(['removed', 'absent']), aaguid: Aaguid }).strict(),
  /** So many fingerprints were added, at least: the agent may have stopped in the middle of another. */
  ofJob.extend({ outcome: z.literal('enrolled'), added: count, aaguid: Aaguid }).strict(),
  ofJob.extend({ outcome: z.literal('configured'), now: KeySettingsNow, aaguid: Aaguid }).strict(),
  ofJob
    .merge(ApprovalAssertion)
    .extend({ outcome: z.literal('approved') })
    .strict(),
  ofJob
    .extend({
      outcome: z.literal('failed'),
      /** Code of the Fault: `key-pin-blocked`, `key-gone` … */
      code: z.string().regex(/^[a-z0-9-]{1,48}$/),
      /** Whether a credential may be left on the key. */
      orphan: z.boolean(),
    })
    .strict(),
]);
export type ResultRequest = z.infer<typeof ResultRequest>;
export type Outcome = ResultRequest['outcome'];

/** What a job of each act ends in when it does not fail. */
export const OUTCOME_OF = {
  register: 'made',
  inspect: 'inspected',
  'set-pin': 'pin-set',
  reset: 'erased',
  'remove-passkey': 'removed',
  fingerprints: 'enrolled',
  config: 'configured',
  approve: 'approved',
} as const satisfies Record<Act, Outcome>;

/** A good result of one act. */
export type ResultOf<A extends Act> = Extract<ResultRequest, { outcome: (typeof OUTCOME_OF)[A] }>;
