import { type Secret } from '../../agent/protocol/secret';

/** HTTP's Basic scheme (RFC 7617). */
export function basic(user: string, password: Secret): string {
  return `Basic ${Buffer.from(`${user}:${password.reveal()}`, 'utf8').toString('base64')}`;
}
