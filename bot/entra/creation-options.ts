import { z } from 'zod';
import { decodeCredentialId, encodeBase64Url } from '../../agent/protocol/credential-id';

const Descriptor = z.object({
  type: z.string().nullish(),
  id: z.string(),
  transports: z.array(z.string()).nullish(),
});

/** `webauthnCredentialCreationOptions` (v1.0). Unknown members pass; `@odata.*` members do not reach the key. */
export const CreationOptionsReply = z
  .object({
    challengeTimeoutDateTime: z.string().datetime({ offset: true }),
    publicKey: z.object({
      rp: z.object({ id: z.string().min(1), name: z.string().catch('Microsoft') }),
      user: z.object({
        id: z.string().min(1),
        name: z.string().catch(''),
        displayName: z.string().catch(''),
      }),
      challenge: z.string().min(1),
      pubKeyCredParams: z.array(z.object({ type: z.string(), alg: z.number().int() })).min(1),
      timeout: z.number().nullish(),
      excludeCredentials: z.array(Descriptor).nullish(),
      authenticatorSelection: z
        .object({
          authenticatorAttachment: z.string().nullish(),
          requireResidentKey: z.boolean().nullish(),
          userVerification: z.string().nullish(),
        })
        .nullish(),
      attestation: z.string().nullish(),
      extensions: z.record(z.string(), z.unknown()).nullish(),
    }),
  })
  .transform(optionsOf);

/** What a key is to register with, in WebAuthn's JSON form (PublicKeyCredentialCreationOptionsJSON, WebAuthn L3 §5.1.8). */
export interface CreationOptions {
  publicKey: {
    rp: { id: string; name: string };
    /** `id` base64url, as received. */
    user: { id: string; name: string; displayName: string };
    /** Base64url, the very text that clientDataJSON must repeat. About 8 kB. */
    challenge: string;
    pubKeyCredParams: { type: 'public-key'; alg: number }[];
    timeout: number;
    /** Ids in plain base64url; an id that can be read two ways is here twice. */
    excludeCredentials: { type: 'public-key'; id: string; transports: string[] }[];
    authenticatorSelection: {
      authenticatorAttachment?: string;
      requireResidentKey: boolean;
      userVerification: string;
    };
    attestation: string;
    extensions: Record<string, unknown>;
  };
  /** After this Entra does not take the registration any more: five minutes after asking. */
  expiresAt: Date;
}

interface Reply {
  challengeTimeoutDateTime: string;
  publicKey: {
    rp: { id: string; name: string };
    user: { id: string; name: string; displayName: string };
    challenge: string;
    pubKeyCredParams: { type: string; alg: number }[];
    timeout?: number | null | undefined;
    excludeCredentials?: z.output<typeof Descriptor>[] | null | undefined;
    authenticatorSelection?:
      | {
          authenticatorAttachment?: string | null | undefined;
          requireResidentKey?: boolean | null | undefined;
          userVerification?: string | null | undefined;
        }
      | null
      | undefined;
    attestation?: string | null | undefined;
    extensions?: Record<string, unknown> | null | undefined;
  };
}

function optionsOf({ challengeTimeoutDateTime, publicKey }: Reply): CreationOptions {
  const selection = publicKey.authenticatorSelection;
  const attachment = selection?.authenticatorAttachment;
  return {
    expiresAt: new Date(challengeTimeoutDateTime),
    publicKey: {
      rp: publicKey.rp,
      user: publicKey.user,
      challenge: publicKey.challenge,
      pubKeyCredParams: publicKey.pubKeyCredParams.map(({ alg }) => ({ type: 'public-key', alg })),
      timeout: publicKey.timeout ?? 60_000,
      excludeCredentials: (publicKey.excludeCredentials ?? []).flatMap(({ id, transports }) =>
        decodeCredentialId(id).map((bytes) => ({
          type: 'public-key' as const,
          id: encodeBase64Url(bytes),
          transports: transports ?? [],
        })),
      ),
      authenticatorSelection: {
        ...(typeof attachment === 'string' ? { authenticatorAttachment: attachment } : {}),
        // Entra needs both, always; were they missing, a weaker key would be made and then refused.
        requireResidentKey: selection?.requireResidentKey ?? true,
        userVerification: selection?.userVerification ?? 'required',
      },
      attestation: publicKey.attestation ?? 'direct',
      extensions: Object.fromEntries(
        Object.entries(publicKey.extensions ?? {}).filter(([name]) => !name.includes('@odata.')),
      ),
    },
  };
}
