import { createHmac } from 'node:crypto';
import { type Secret } from '../../agent/protocol/secret';

/** A secret that the receiver has too. `kid` names it, so that both sides can tell which one is meant. */
export interface SigningSecret {
  kid: string;
  secret: Secret;
}

/**
 * The header `Keyvouch-Signature`: `t=1767168000,kid=a1b2,v1=…,kid=c3d4,v1=…`. `t` is the time of sending, in seconds since
 * 1970; each `v1` is the HMAC-SHA-256 (RFC 2104), in hex, of `t`, a full stop and the body, under the secret that the `kid`
 * before it names. While secrets change there are two of them, and either is enough.
 */
export function signatureOf(body: string, secrets: readonly SigningSecret[], now: Date): string {
  const time = Math.floor(now.getTime() / 1000);
  const signed = secrets.map(({ kid, secret }) => {
    const hmac = createHmac('sha256', secret.reveal()).update(`${time}.${body}`).digest('hex');
    return `kid=${kid},v1=${hmac}`;
  });
  return [`t=${time}`, ...signed].join(',');
}
