import { join } from 'node:path';
import { z } from 'zod';
import { WorkstationJwk } from '../protocol/messages';
import { type KeyStore, type WorkstationKey } from './key-store';
import { readPrivate, removePrivate, writePrivate } from './private-file';

const PrivateJwk = WorkstationJwk.extend({ d: z.string().min(43) }).strict();
type PrivateJwk = z.infer<typeof PrivateJwk>;

/** Keys as private JWKs (P-256), a file each, that only this operating-system user may read. */
export function fileKeyStore(directory: string): KeyStore {
  const pathOf = (thumbprint: string) => join(directory, `key-${thumbprint}.json`);

  return {
    async make() {
      const { exportJWK, generateKeyPair } = await import('jose');
      const { privateKey } = await generateKeyPair('ES256', { extractable: true });
      const { kty, crv, x, y, d } = await exportJWK(privateKey);
      const stored = PrivateJwk.parse({ kty, crv, x, y, d });
      const key = await keyOf(stored);
      await writePrivate(pathOf(key.thumbprint), stored);
      return key;
    },
    async load(thumbprint) {
      const stored = await readPrivate(pathOf(thumbprint), PrivateJwk);
      return stored && keyOf(stored);
    },
    remove: (thumbprint) => removePrivate(pathOf(thumbprint)),
  };
}

async function keyOf(stored: PrivateJwk): Promise<WorkstationKey> {
  const { calculateJwkThumbprint, CompactSign, importJWK } = await import('jose');
  const { d: _, ...jwk } = stored;
  const privateKey = await importJWK(stored, 'ES256');
  const thumbprint = await calculateJwkThumbprint(jwk);
  return {
    jwk,
    thumbprint,
    sign: (typ, claims) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'ES256', typ, kid: thumbprint })
        .sign(privateKey),
  };
}
