import { z } from 'zod';
import { findPerson } from '../directory';
import type { Person } from '../directory-schema';
import { GraphError } from '../graph-error';
import type { Passkey } from '../methods-schema';
import { creationOptions } from '../passkeys/creation-options';
import { registerPasskey } from '../passkeys/register';
import type { Tenant } from '../tenant';
import { base64url, clientData } from './client-data';
import type { SecurityKey } from './security-key';

const ONE_TIME_WINDOW_MS = 10 * 60_000;

const optionsSchema = z.object({
  publicKey: z.object({
    challenge: z.string(),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  }),
});

/** How a registration at Security info ended. */
export type SecurityInfoResult =
  | { ok: true; passkey: Pick<Passkey, 'credentialId' | 'displayName' | 'aaGuid' | 'createdAt'> }
  | { ok: false; reason: string };

/** Why this session may not register anything now, or undefined. */
const refusal = (tenant: Tenant, person: Person, sessionId: string): string | undefined => {
  const session = tenant.state.logs.sessions.find((one) => one.id === sessionId && one.userId === person.id);
  const now = tenant.clock.now();
  if (!session || now >= session.endsAt) return 'The session has ended: sign in again.';
  if (!person.accountEnabled) return 'The account is disabled.';
  if (session.startedAt < Date.parse(person.signInSessionsValidFromDateTime)) return 'The session was revoked.';
  const pass = tenant.state.methods.passes.find((one) => one.id === session.passId);
  if (pass?.isUsableOnce && now - session.startedAt > ONE_TIME_WINDOW_MS) {
    return 'Registration must be finished within 10 minutes of a sign-in with a one-time pass.';
  }
  return undefined;
};

/** A person registers a security key at Security info (mysignins), in a session that a pass opened. */
export const registerAtSecurityInfo = async (
  tenant: Tenant,
  upn: string,
  sessionId: string,
  key: SecurityKey,
  name: string,
): Promise<SecurityInfoResult> => {
  const person = findPerson(tenant.state.directory, upn);
  if (!person) return { ok: false, reason: 'There is no such account.' };
  const before = refusal(tenant, person, sessionId);
  if (before !== undefined) return { ok: false, reason: before };
  try {
    const { publicKey } = optionsSchema.parse(await creationOptions(tenant, person, 5));
    const { challenge, user } = publicKey;
    const registered = tenant.state.methods.passkeys.filter((one) => one.userId === person.id && one.endedAt === null);
    const clientDataJSON = clientData('webauthn.create', challenge);
    const made = await key.register({
      clientDataJSON,
      user: { ...user, id: Buffer.from(user.id, 'base64url') },
      exclude: registered.map((one) => Buffer.from(one.credentialId, 'base64url')),
    });
    // The person took their time at the key: the session may be gone by now.
    const after = refusal(tenant, person, sessionId);
    if (after !== undefined) return { ok: false, reason: after };
    const passkey = await registerPasskey(
      tenant,
      person,
      {
        displayName: name.slice(0, 30),
        publicKeyCredential: {
          id: base64url(made.credentialId),
          response: {
            clientDataJSON: base64url(clientDataJSON),
            attestationObject: base64url(made.attestationObject),
          },
        },
      },
      'user',
    );
    const { credentialId, displayName, aaGuid, createdAt } = passkey;
    return { ok: true, passkey: { credentialId, displayName, aaGuid, createdAt } };
  } catch (error) {
    if (error instanceof GraphError) return { ok: false, reason: error.message };
    throw error;
  }
};
