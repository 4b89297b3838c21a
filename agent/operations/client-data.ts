import { createHash } from 'node:crypto';

/** CollectedClientData of a ceremony, and its hash (WebAuthn §5.8.1). */
export interface ClientData {
  json: Uint8Array;
  hash: Uint8Array;
}

/**
 * Builds clientDataJSON here and nowhere else, so that no job can slip another type or origin under the key's signature.
 *
 * @param challenge base64url, as it came
 * @param rpId the pinned relying party: the origin is its own site
 */
export function registrationClientData(challenge: string, rpId: string): ClientData {
  return clientData('webauthn.create', challenge, rpId);
}

/** For signatures over challenges that this program made itself: see assert.ts, the only caller. */
export function assertionClientData(challenge: string, rpId: string): ClientData {
  return clientData('webauthn.get', challenge, rpId);
}

function clientData(type: 'webauthn.create' | 'webauthn.get', challenge: string, rpId: string): ClientData {
  const json = Buffer.from(JSON.stringify({ type, challenge, origin: `https://${rpId}`, crossOrigin: false }));
  return { json: Uint8Array.from(json), hash: Uint8Array.from(createHash('sha256').update(json).digest()) };
}
