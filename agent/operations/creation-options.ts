import { z } from 'zod';
import { Fault } from '../protocol/fault';
import { decodeCredentialId } from '../protocol/credential-id';

const absent = <T extends z.ZodTypeAny>(schema: T) =>
  schema.nullish().transform((value: z.output<T> | null | undefined): z.output<T> | undefined => value ?? undefined);
const base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** PublicKeyCredentialCreationOptionsJSON (WebAuthn §5.1.9) in the form in which Microsoft Graph gives it. */
const schema = z.object({
  rp: z.object({ id: z.string().min(1).max(253), name: absent(z.string()) }),
  user: z.object({
    id: base64Url
      .transform((id) => Uint8Array.from(Buffer.from(id, 'base64url')))
      .refine((id) => id.length >= 1 && id.length <= 64),
    name: absent(z.string()),
    displayName: absent(z.string()),
  }),
  // Entra's is about 8 kB of text; 16 random bytes are the least (WebAuthn §13.4.3).
  challenge: base64Url.min(22).max(65_536),
  pubKeyCredParams: z.array(z.object({ type: z.string(), alg: z.number().int() })).min(1),
  excludeCredentials: absent(z.array(z.object({ id: z.string() }))),
  authenticatorSelection: absent(
    z.object({ requireResidentKey: absent(z.boolean()), residentKey: absent(z.string()) }),
  ),
  attestation: absent(z.string()),
  extensions: absent(
    z.object({
      hmacCreateSecret: absent(z.boolean()),
      credentialProtectionPolicy: absent(
        z.enum([
          'userVerificationOptional',
          'userVerificationOptionalWithCredentialIDList',
          'userVerificationRequired',
        ]),
      ),
      enforceCredentialProtectionPolicy: absent(z.boolean()),
    }),
  ),
});

const CRED_PROTECT = {
  userVerificationOptional: 1,
  userVerificationOptionalWithCredentialIDList: 2,
  userVerificationRequired: 3,
} as const;

/** What is to be registered, checked and in bytes. */
export interface CreationOptions {
  rp: { id: string; name?: string | undefined };
  user: { id: Uint8Array; name?: string | undefined; displayName?: string | undefined };
  /** The very text that came: clientDataJSON repeats it. */
  challenge: string;
  /** COSE algorithms, the most wanted first. */
  algorithms: number[];
  /** Every plausible reading of every id. */
  excludeIds: Uint8Array[];
  discoverable: boolean;
  enterpriseAttestation: boolean;
  hmacSecret: boolean;
  /** 1 to 3 (CTAP 2.1 §12.1), and whether the key must know it. */
  credProtect: { level: 1 | 2 | 3; enforce: boolean } | undefined;
}

/** Members that only a request for a signature has (WebAuthn §5.5). */
const ASSERTION_MEMBERS = ['allowCredentials', 'rpId', 'mediation'];

/**
 * Reads the options. They must be for a registration, and for the relying party that this agent is pinned to: whoever
 * sends a job must not get a signature for signing in out of it.
 *
 * @param rpId the pinned relying party
 * @throws Fault `options-not-registration`, `options-wrong-rp`, `options-malformed`
 */
export function readCreationOptions(value: unknown, rpId: string): CreationOptions {
  if (typeof value === 'object' && value !== null && ASSERTION_MEMBERS.some((name) => name in value)) {
    throw optionsFault('options-not-registration', 'The service asked for a signature instead of a new passkey.');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw optionsFault('options-malformed', `The service sent a request that cannot be read (${where}).`, parsed.error);
  }
  const options = parsed.data;
  if (options.rp.id !== rpId) {
    throw optionsFault('options-wrong-rp', 'The service asked for a passkey of another site than it may.');
  }
  const { authenticatorSelection: selection, extensions } = options;
  const policy = extensions?.credentialProtectionPolicy;
  return {
    rp: options.rp,
    user: options.user,
    challenge: options.challenge,
    algorithms: options.pubKeyCredParams.filter(({ type }) => type === 'public-key').map(({ alg }) => alg),
    excludeIds: (options.excludeCredentials ?? []).flatMap(({ id }) => decodeCredentialId(id)),
    // A passkey must be found without a user name; only an explicit "discouraged" makes a lesser credential.
    discoverable: selection?.requireResidentKey === true || selection?.residentKey !== 'discouraged',
    enterpriseAttestation: options.attestation === 'enterprise',
    hmacSecret: extensions?.hmacCreateSecret === true,
    credProtect: policy && {
      level: CRED_PROTECT[policy],
      enforce: extensions.enforceCredentialProtectionPolicy === true,
    },
  };
}

function optionsFault(code: string, say: string, cause?: unknown): Fault {
  return new Fault({ code, say, todo: 'Do not go on; report this to your helpdesk.', cause });
}
