import { sign } from 'node:crypto';

import type { CborMap, CborValue } from '../cbor/types';
import type { Key } from './key';
import { CtapError } from './status';

/** Who says that an RP gets enterprise attestation: the list in the key, or the platform (CTAP 2.1 §7.1). */
const VENDOR_FACILITATED = 1;
const PLATFORM_MANAGED = 2;

/**
 * Whether this registration is attested with the certificate that names the key.
 * @throws CtapError INVALID_PARAMETER where that is not enabled, INVALID_OPTION for a kind that there is not
 */
export function wantsEnterprise(key: Key, asked: number | undefined, rpId: string): boolean {
  if (asked === undefined) return false;
  const { enterpriseAttestation } = key.profile;
  if (enterpriseAttestation === undefined || !key.store.read().enterpriseAttestation) {
    throw new CtapError('INVALID_PARAMETER', 'enterprise attestation is not enabled');
  }
  if (asked === PLATFORM_MANAGED) return true;
  if (asked === VENDOR_FACILITATED) return enterpriseAttestation.rpIds.includes(rpId);
  throw new CtapError('INVALID_OPTION', `enterpriseAttestation ${asked}`);
}

/** A packed attestation statement over authenticator data and client data hash (WebAuthn §8.2). */
export function attestationStatement({ attestation }: Key, signed: Buffer, enterprise: boolean): CborMap {
  const { certificate, enterpriseCertificate, privateKey } = attestation;
  return new Map<string, CborValue>([
    ['alg', -7],
    ['sig', sign('sha256', signed, privateKey)],
    ['x5c', [enterprise ? (enterpriseCertificate ?? certificate) : certificate]],
  ]);
}
