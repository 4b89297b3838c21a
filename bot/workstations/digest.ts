import { createHash } from 'node:crypto';

/** SHA-256, base64url. */
export function digestOf(body: Buffer | string): string {
  return createHash('sha256').update(body).digest('base64url');
}
