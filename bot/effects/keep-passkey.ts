import { verifyDecision } from '../service/decision';
import { attestedKey } from '../workstations';
import { DONE, type Run } from './effect';

/** Keeps the public key of a passkey that was attested; the first word on it stays. It counts once Entra has it. */
export const keepPasskey: Run<'keep-passkey'> = async (deps, ticket, { credentialId, attestationObject }) => {
  await verifyDecision(deps, ticket);
  const made = attestedKey(attestationObject);
  if (made?.credentialId !== credentialId) return DONE;
  const { publicKey, signCount, aaguid } = made;
  const keptAt = deps.now().toISOString();
  const person = ticket.subject.id;
  await deps.passkeys.put({ person, credentialId, publicKey, aaguid, ticket: ticket.id, keptAt, signCount });
  return DONE;
};
