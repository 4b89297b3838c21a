import { z } from 'zod';

export { ResultRequest } from './result';

/** Bodies above this many bytes are refused before they are parsed. */
export const BODY_AT_MOST = 64 * 1024;

const Base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/, 'is not base64url');
const Name = z.string().trim().min(1).max(64);

/** The public half of a workstation's key. */
export const WorkstationJwk = z
  .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Base64Url.length(43), y: Base64Url.length(43) })
  .strict();
export type WorkstationJwk = z.infer<typeof WorkstationJwk>;

/** A service turns its key rarely; more keys than this are somebody's attempt. */
export const SERVICE_KEYS_AT_MOST = 16;

/** The service's public keys, the current one first, and the statements by which each older one names the next. */
export const ServiceKeys = z.object({
  keys: z.array(z.object({ kid: z.string(), kty: z.string(), crv: z.string(), x: z.string(), y: z.string() })).min(1),
  endorsements: z.array(z.string()),
});
export type ServiceKeys = z.infer<typeof ServiceKeys>;

/** POST workstations/pair */
export const PairRequest = z
  .object({
    publicPart: z.string().length(4),
    secretPart: z.string().length(8),
    jwk: WorkstationJwk,
    name: Name,
    platform: z.string().max(64),
    agentVersion: z.string().max(32),
    /** A JWS by the new key (see request-proof.ts, PAIR_PROOF_TYPE) whose `bh` is the digest of this body without it. */
    proof: z.string().max(2048),
  })
  .strict();
export type PairRequest = z.infer<typeof PairRequest>;

export const PairReply = z.object({
  workstation: z.string(),
  /** Whom the code belongs to, for the person at the workstation to see. */
  person: z.string(),
  kind: z.enum(['own', 'desk']),
  serviceKeys: ServiceKeys,
});
export type PairReply = z.infer<typeof PairReply>;

/** POST workstations/{workstation}/key: the workstation's present key, which signs the request, names the next one. */
export const KeyRequest = z
  .object({
    jwk: WorkstationJwk,
    /** A JWS by the new key (see request-proof.ts, ROTATE_PROOF_TYPE) whose `bh` is the digest of rotation-text.ts. */
    proof: z.string().max(2048),
  })
  .strict();
export type KeyRequest = z.infer<typeof KeyRequest>;

/** The key that is taken in place of the present one from the first request on that it signs. */
export const KeyReply = z.object({ thumbprint: z.string() });
export type KeyReply = z.infer<typeof KeyReply>;

/** GET workstations/{workstation}/jobs */
export const JobsReply = z.object({
  state: z.enum(['pairing', 'active', 'removed']),
  /** Signed jobs that wait (see job.ts). */
  jobs: z.array(z.string()),
  /** When to ask again, in seconds: soon while something is open, rarely otherwise. */
  askAgainIn: z.number().positive(),
  serviceKeys: ServiceKeys,
});
export type JobsReply = z.infer<typeof JobsReply>;

/** POST workstations/{workstation}/jobs/{job}/start: the number that the chat shows, typed by the person. One try. */
export const StartRequest = z.object({ number: z.string().regex(/^\d{2}$/, 'has two digits') }).strict();
export type StartRequest = z.infer<typeof StartRequest>;

/**
 * AAGUIDs that the tenant's policy lets in, or keeps out; one rule that is satisfied is enough, and without rules any
 * model may come. Checked before anything is written to the key.
 */
const Models = z.array(z.object({ enforcement: z.enum(['allow', 'block']), aaguids: z.array(z.string()) }));
export type Models = z.infer<typeof Models>;

/** GET workstations/{workstation}/models: for the person whose own workstation it is. A shared desk hears it with each job. */
export const ModelsReply = z.object({ models: Models.optional() });
export type ModelsReply = z.infer<typeof ModelsReply>;

/** What a job takes that must be fresh: the act again, so that a reply cannot be taken for that of another job. */
export const StartReply = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('register'),
    /** `PublicKeyCredentialCreationOptionsJSON`, as Entra gives it for this registration. */
    options: z.record(z.unknown()),
    challengeUntil: z.string(),
    models: Models,
  }),
  // Looking at a key, erasing it and taking something off are open to every model.
  z.object({ act: z.literal('inspect') }),
  z.object({ act: z.literal('set-pin'), models: Models }),
  z.object({ act: z.literal('reset') }),
  z.object({ act: z.literal('remove-passkey') }),
  z.object({ act: z.literal('fingerprints'), models: Models }),
  z.object({ act: z.literal('config'), models: Models }),
  z.object({ act: z.literal('approve') }),
]);
export type StartReply = z.infer<typeof StartReply>;
export type StartReplyOf<A extends StartReply['act']> = Extract<StartReply, { act: A }>;

/** GET workstations/{workstation}/jobs/{job}, and the reply to a result. */
export const JobStateReply = z.object({
  /** `done`: a job of another act than register has its result. */
  state: z.enum(['offered', 'started', 'made', 'registered', 'done', 'failed']),
  code: z.string().optional(),
  /** The key holds a credential that Entra does not know: the agent removes it. */
  removeCredential: z.boolean(),
});
export type JobStateReply = z.infer<typeof JobStateReply>;

/** Every refusal of the workstation API. */
export const ErrorReply = z.object({ error: z.object({ code: z.string(), say: z.string(), todo: z.string() }) });
export type ErrorReply = z.infer<typeof ErrorReply>;
