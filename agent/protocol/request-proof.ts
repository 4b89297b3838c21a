import { z } from 'zod';

/** The header that carries a workstation's signature over one request. */
export const PROOF_HEADER = 'keyvouch-proof';
export const PROOF_TYPE = 'keyvouch-request+jwt';
/** The same, made by a key that is only just being paired, over its pairing. */
export const PAIR_PROOF_TYPE = 'keyvouch-pair+jwt';
/** The same, made by a key that is to take the place of the workstation's present one. */
export const ROTATE_PROOF_TYPE = 'keyvouch-rotate+jwt';
/** How long a proof may live, and by how much the two clocks may differ. Seconds. */
export const PROOF_SECONDS = 60;
export const CLOCK_SKEW_SECONDS = 60;

/**
 * What a proof says (a compact JWS, ES256, `kid` = the workstation key's RFC 7638 thumbprint): this method, this
 * address, this body, now, once. Shaped like DPoP (RFC 9449) with the body's digest besides.
 */
export const ProofClaims = z.object({
  /** The service's public URL. */
  aud: z.string(),
  htm: z.enum(['GET', 'POST']),
  /** The full URL, as the service is configured to be reached, without query. */
  htu: z.string(),
  /** Seconds since 1970. */
  iat: z.number().int(),
  exp: z.number().int(),
  jti: z.string().min(16).max(64),
  /** SHA-256 of the raw body (of nothing, where there is none), base64url. */
  bh: z.string().length(43),
});
export type ProofClaims = z.infer<typeof ProofClaims>;
