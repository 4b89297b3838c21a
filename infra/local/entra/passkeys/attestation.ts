import { createHash } from 'node:crypto';
import {
  convertAAGUIDToString,
  convertCertBufferToPEM,
  decodeAttestationObject,
  parseAuthenticatorData,
  validateCertificatePath,
} from '@simplewebauthn/server/helpers';
import { badRequest } from '../graph-error';

/** What an attestation object says, before anything of it is believed. */
export interface Attestation {
  format: string;
  rpIdHash: Buffer;
  userPresent: boolean;
  userVerified: boolean;
  /** base64url; undefined where the flag AT is not set. */
  credentialId: string | undefined;
  aaGuid: string;
  /** DER, leaf first. */
  certificates: Uint8Array<ArrayBuffer>[];
}

/** @param attestationObject base64url CBOR. Throws Graph's 400 where it cannot be read. */
export const readAttestation = (attestationObject: string): Attestation => {
  try {
    const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
    const data = parseAuthenticatorData(decoded.get('authData'));
    return {
      format: decoded.get('fmt'),
      rpIdHash: Buffer.from(data.rpIdHash),
      userPresent: data.flags.up,
      userVerified: data.flags.uv,
      credentialId: data.credentialID ? Buffer.from(data.credentialID).toString('base64url') : undefined,
      aaGuid: data.aaguid ? convertAAGUIDToString(data.aaguid).toLowerCase() : '',
      certificates: decoded.get('attStmt').get('x5c') ?? [],
    };
  } catch {
    throw badRequest('The attestationObject is not valid.');
  }
};

/** SHA-1 thumbprint of the attestation certificate, 40 hex digits, as `attestationCertificates` shows it. */
export const thumbprints = (attestation: Attestation): string[] =>
  attestation.certificates.slice(0, 1).map((der) => createHash('sha1').update(der).digest('hex'));

/**
 * Whether the certificates lead to one of the trusted roots. The roots are handed in on each call: the library's own
 * list is shared by the whole process, and the product may keep other roots there.
 */
export const leadsToTrust = async (attestation: Attestation, roots: readonly string[]): Promise<boolean> => {
  if (attestation.certificates.length === 0 || roots.length === 0) return false;
  try {
    return await validateCertificatePath(attestation.certificates.map(convertCertBufferToPEM), [...roots]);
  } catch {
    return false;
  }
};
