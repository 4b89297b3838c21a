import { ORIGIN } from '../passkeys/relying-party';

/** clientDataJSON as a browser writes it (WebAuthn §5.8.1). */
export const clientData = (type: 'webauthn.create' | 'webauthn.get', challenge: string): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin: ORIGIN, crossOrigin: false }), 'utf8');

export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
