import {
  cose,
  decodeAttestationObject,
  decodeCredentialPublicKey,
  parseAuthenticatorData,
} from '@simplewebauthn/server/helpers';
import { ApprovalKey } from '../../agent/protocol/signed-approval';

/** What a registration says of the credential that was made. */
export interface AttestedKey {
  /** base64url. */
  credentialId: string;
  publicKey: ApprovalKey;
  signCount: number;
  aaguid: string;
}

const text = (bytes: Uint8Array | undefined) => (bytes ? Buffer.from(bytes).toString('base64url') : undefined);

/** A COSE key (RFC 9053 §7) as JWK: P-256 or RSA; undefined for any other. */
function jwkOf(publicKey: Uint8Array<ArrayBuffer>): ApprovalKey | undefined {
  const key = decodeCredentialPublicKey(publicKey);
  const jwk = cose.isCOSEPublicKeyEC2(key)
    ? { kty: 'EC', crv: 'P-256', x: text(key.get(cose.COSEKEYS.x)), y: text(key.get(cose.COSEKEYS.y)) }
    : cose.isCOSEPublicKeyRSA(key)
      ? { kty: 'RSA', n: text(key.get(cose.COSEKEYS.n)), e: text(key.get(cose.COSEKEYS.e)) }
      : undefined;
  const es256 = !cose.isCOSEPublicKeyEC2(key) || key.get(cose.COSEKEYS.crv) === cose.COSECRV.P256;
  const parsed = es256 ? ApprovalKey.safeParse(jwk) : undefined;
  return parsed?.data;
}

/**
 * Reads the public key out of an attestation object that verifyRegistration has found good. Undefined where the key is
 * of a kind with which no approval is signed.
 * @param attestationObject base64url
 */
export function attestedKey(attestationObject: string): AttestedKey | undefined {
  const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
  const { credentialID, credentialPublicKey, counter, aaguid } = parseAuthenticatorData(attestation.get('authData'));
  const publicKey = credentialPublicKey && jwkOf(credentialPublicKey);
  const credentialId = text(credentialID);
  if (!publicKey || credentialId === undefined) return undefined;
  const hex = Buffer.from(aaguid ?? new Uint8Array(16)).toString('hex');
  const model = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { credentialId, publicKey, signCount: counter, aaguid: model };
}
