import { type CborMap, cborMap } from './cbor';

/** A PublicKeyCredentialDescriptor as CTAP2 writes it. */
export function credentialDescriptor(id: Uint8Array): CborMap {
  return cborMap([
    ['id', id],
    ['type', 'public-key'],
  ]);
}
