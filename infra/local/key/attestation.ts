// @peculiar/x509 2 wants this polyfill to be there before it is loaded.
import 'reflect-metadata';

import {
  createPrivateKey,
  randomBytes,
  webcrypto,
  X509Certificate as NodeCertificate,
  type KeyObject,
} from 'node:crypto';
import { BasicConstraintsExtension, Extension, KeyUsageFlags, KeyUsagesExtension, PemConverter } from '@peculiar/x509';
import { X509CertificateGenerator } from '@peculiar/x509';

import { aaguidBytes, type KeyProfile } from './profile';
import type { KeyState } from './state';
import type { Store } from './store';

/** A root that vouches for virtual keys: the sandbox hands it to the key and to whoever is to trust the key. */
export interface AttestationRoot {
  readonly rootCertPem: string;
  /** PKCS #8, PEM. */
  readonly rootKeyPem: string;
}

const SIGNING = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const ROOT_NAME = 'C=SE, O=Keyvouch, OU=Authenticator Attestation Root, CN=Keyvouch Virtual Key Root';
const ID_FIDO_GEN_CE_AAGUID = '1.3.6.1.4.1.45724.1.1.4';
const ID_FIDO_GEN_CE_SERNUM = '1.3.6.1.4.1.45724.1.1.2';
// Fixed, and long past: whoever checks a certificate may have a clock of its own.
const NOT_BEFORE = new Date('2024-01-01T00:00:00Z');
const NOT_AFTER = new Date('2049-12-31T23:59:59Z');

/** Makes a new attestation root: a self-signed CA certificate on P-256 and its key. */
export async function makeAttestationRoot(): Promise<AttestationRoot> {
  const keys = await webcrypto.subtle.generateKey(SIGNING, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: ROOT_NAME,
    notBefore: NOT_BEFORE,
    notAfter: NOT_AFTER,
    signingAlgorithm: SIGNING,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return { rootCertPem: certificate.toString('pem'), rootKeyPem: await keyToPem(keys.privateKey) };
}

/** What a key attests with. */
export interface Attestation {
  readonly rootCertPem: string;
  /** DER. */
  readonly certificate: Buffer;
  /** The certificate of enterprise attestation, which names this very key; for models that have it. */
  readonly enterpriseCertificate?: Buffer;
  /** Of both certificates. */
  readonly privateKey: KeyObject;
}

/**
 * The attestation of one key: read from its state, or made under the given root (or one of its own) and kept there.
 * A root other than the one it was made under makes a new one.
 */
export async function loadAttestation(profile: KeyProfile, store: Store, root?: AttestationRoot): Promise<Attestation> {
  let kept = store.read().attestation;
  const complete = kept?.enterpriseCertPem !== undefined || profile.enterpriseAttestation === undefined;
  if (kept === null || !complete || (root !== undefined && root.rootCertPem !== kept.rootCertPem)) {
    const made = await makeLeaf(profile, root ?? (await makeAttestationRoot()));
    store.change((state) => ({ ...state, attestation: made }));
    kept = made;
  }
  const { enterpriseCertPem } = kept;
  return {
    rootCertPem: kept.rootCertPem,
    certificate: new NodeCertificate(kept.leafCertPem).raw,
    ...(enterpriseCertPem === undefined ? {} : { enterpriseCertificate: new NodeCertificate(enterpriseCertPem).raw }),
    privateKey: createPrivateKey(kept.leafKeyPem),
  };
}

/** An attestation certificate as WebAuthn §8.2.1 wants it: its OU, no CA, and the model's AAGUID in an extension. */
async function makeLeaf(profile: KeyProfile, root: AttestationRoot): Promise<NonNullable<KeyState['attestation']>> {
  const keys = await webcrypto.subtle.generateKey(SIGNING, true, ['sign', 'verify']);
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(root.rootKeyPem),
    SIGNING,
    false,
    ['sign'],
  );
  const certify = async (...more: Extension[]): Promise<string> => {
    const certificate = await X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: `C=SE, O=Keyvouch, OU=Authenticator Attestation, CN=${profile.model}`,
      issuer: new NodeCertificate(root.rootCertPem).subject.split('\n').join(', '),
      notBefore: NOT_BEFORE,
      notAfter: NOT_AFTER,
      signingAlgorithm: SIGNING,
      publicKey: keys.publicKey,
      signingKey,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new Extension(ID_FIDO_GEN_CE_AAGUID, false, octetString(aaguidBytes(profile))),
        ...more,
      ],
    });
    return certificate.toString('pem');
  };
  const made = {
    rootCertPem: root.rootCertPem,
    leafCertPem: await certify(),
    leafKeyPem: await keyToPem(keys.privateKey),
  };
  if (profile.enterpriseAttestation === undefined) return made;
  const serial = new Extension(ID_FIDO_GEN_CE_SERNUM, false, octetString(randomBytes(8)));
  return { ...made, enterpriseCertPem: await certify(serial) };
}

/** DER, for contents of less than 128 bytes. */
function octetString(content: Buffer): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(0x04, content.length, ...content);
}

async function keyToPem(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** Positive, and 16 bytes at most (RFC 5280 §4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}
