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

/** Options, the key, the check: what a browser does. `stillAllowed` is asked again after the person was at the key. */
const ceremony = async (
  tenant: Tenant,
  person: Person,
  key: SecurityKey,
  name: string,
  stillAllowed: () => string | undefined,
): Promise<SecurityInfoResult> => {
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
    const reason = stillAllowed();
    if (reason !== undefined) return { ok: false, reason };
    const response = {
      clientDataJSON: base64url(clientDataJSON),
      attestationObject: base64url(made.attestationObject),
    };
    const { credentialId, displayName, aaGuid, createdAt } = await registerPasskey(
      tenant,
      person,
      { displayName: name.slice(0, 30), publicKeyCredential: { id: base64url(made.credentialId), response } },
      'user',
    );
    return { ok: true, passkey: { credentialId, displayName, aaGuid, createdAt } };
  } catch (error) {
    if (error instanceof GraphError) return { ok: false, reason: error.message };
    throw error;
  }
};

/**
 * A person registers a security key at Security info (mysignins), in a session that a pass opened.
 * Throws a Fault where the key itself fails.
 */
export const registerAtSecurityInfo = async (
  tenant: Tenant,
  upn: string,
  sessionId: string,
  key: SecurityKey,
  name: string,
): Promise<SecurityInfoResult> => {
  const person = findPerson(tenant.state.directory, upn);
  if (!person) return { ok: false, reason: 'There is no such account.' };
  const stillAllowed = (): string | undefined => refusal(tenant, person, sessionId);
  const reason = stillAllowed();
  return reason === undefined ? ceremony(tenant, person, key, name, stillAllowed) : { ok: false, reason };
};

/** The same without a session: a key that somebody registered in earlier days, for a test to start from. */
export const enrol = async (
  tenant: Tenant,
  upn: string,
  key: SecurityKey,
  name: string,
): Promise<SecurityInfoResult> => {
  const person = findPerson(tenant.state.directory, upn);
  if (!person) return { ok: false, reason: 'There is no such account.' };
  return ceremony(tenant, person, key, name, () => undefined);
};
