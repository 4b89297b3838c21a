import { digestOf } from './digest';

/**
 * The id of the workstation that is paired with this key: always the same one, so that pairing twice is pairing once.
 * It stays when the key is replaced.
 * @param thumbprint RFC 7638, SHA-256, base64url
 */
export function workstationIdOf(thumbprint: string): string {
  return `ws-${digestOf(thumbprint)
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 20)}`;
}
