// Needed by @peculiar/x509 before it is loaded.
import 'reflect-metadata';
import { webcrypto, randomBytes } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** A server certificate and the authority that signed it, all PEM. */
export interface TlsMaterial {
  caPem: string;
  certPem: string;
  keyPem: string;
}

const keyPair = async (): Promise<webcrypto.CryptoKeyPair> =>
  await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const pkcs8Pem = async (key: webcrypto.CryptoKey): Promise<string> => {
  const base64 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
};

/** Makes an authority and a certificate for the loopback names; nothing is installed anywhere. */
export const makeTls = async (): Promise<TlsMaterial> => {
  const [authority, server] = await Promise.all([keyPair(), keyPair()]);
  const notBefore = new Date(Date.now() - 3600_000);
  const notAfter = new Date(Date.now() + YEAR_MS);
  const caName = 'CN=Keyvouch sandbox authority, O=Keyvouch sandbox';
  const ca = await X509CertificateGenerator.createSelfSigned({
    name: caName,
    serialNumber: randomBytes(8).toString('hex'),
    notBefore,
    notAfter,
    keys: authority,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const certificate = await X509CertificateGenerator.create({
    subject: 'CN=localhost, O=Keyvouch sandbox',
    issuer: caName,
    serialNumber: randomBytes(8).toString('hex'),
    notBefore,
    notAfter,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
    ],
  });
  return {
    caPem: ca.toString('pem'),
    certPem: certificate.toString('pem'),
    keyPem: await pkcs8Pem(server.privateKey),
  };
};
