import 'reflect-metadata';
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  webcrypto,
  type KeyObject,
} from 'node:crypto';
import { BasicConstraintsExtension, Extension, X509CertificateGenerator } from '@peculiar/x509';
import { cborMap, encodeCbor } from '../../../agent/ctap/cbor';
import type { SecurityKey } from './signin/security-key';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const AAGUID_OID = '1.3.6.1.4.1.45724.1.1.4';
export const TEST_AAGUID = '2fc0579f-8113-47ea-b116-bb5a8db9202a';

const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();
const bytesOf = (aaguid: string): Buffer => Buffer.from(aaguid.replaceAll('-', ''), 'hex');
const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

/** An authority and a batch certificate under it, as a maker of keys has them. */
export interface Maker {
  rootPem: string;
  certificate: Buffer;
  key: KeyObject;
  aaguid: string;
}

/** @param validity of its certificates; default: an hour, from now */
export const makeMaker = async (
  aaguid = TEST_AAGUID,
  validity = { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 3600_000) },
): Promise<Maker> => {
  const [root, batch] = await Promise.all([newKeys(), newKeys()]);
  const rootName = 'CN=Test Root, O=Test Maker, C=NL';
  const rootCertificate = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: rootName,
    serialNumber: '01',
    keys: root,
    signingAlgorithm: ALGORITHM,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  const certificate = await X509CertificateGenerator.create({
    ...validity,
    subject: 'C=NL, O=Test Maker, OU=Authenticator Attestation, CN=Test Key',
    issuer: rootName,
    serialNumber: '02',
    publicKey: batch.publicKey,
    signingKey: root.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new Extension(AAGUID_OID, false, Buffer.concat([Buffer.from([0x04, 0x10]), bytesOf(aaguid)])),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', batch.privateKey));
  return {
    rootPem: rootCertificate.toString('pem'),
    certificate: Buffer.from(certificate.rawData),
    key: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
    aaguid,
  };
};

/** What a test may spoil. */
export interface Spoils {
  rpId?: string;
  flags?: number;
  attestation?: 'packed' | 'none' | 'fido-u2f';
  counter?: number;
}

interface Credential {
  id: Buffer;
  key: KeyObject;
  userHandle: Uint8Array;
}

/** A security key in this process: signs what it is told, with the flaws it is told to have. */
export const softwareKey = (maker: Maker, spoils: Spoils = {}) => {
  const credentials: Credential[] = [];
  let counter = spoils.counter ?? 0;
  const count = (): Buffer => {
    counter += 1;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(spoils.counter ?? counter);
    return bytes;
  };
  const rpIdHash = sha256(spoils.rpId ?? 'login.microsoft.com');

  const key: SecurityKey = {
    async register({ clientDataJSON, user }) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
      const id = randomBytes(32);
      const cose = encodeCbor(
        cborMap([
          [1, 2],
          [3, -7],
        ]),
      );
      // Map of 5 entries: kty, alg, crv, x, y.
      const publicKey = Buffer.concat([
        Buffer.from([0xa5]),
        Buffer.from(cose).subarray(1),
        Buffer.from([0x20, 0x01, 0x21, 0x58, 0x20]),
        Buffer.from(x, 'base64url'),
        Buffer.from([0x22, 0x58, 0x20]),
        Buffer.from(y, 'base64url'),
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const authData = Buffer.concat([
        rpIdHash,
        Buffer.from([spoils.flags ?? 0x45]),
        count(),
        bytesOf(maker.aaguid),
        length,
        id,
        publicKey,
      ]);
      const fmt = spoils.attestation ?? 'packed';
      const signature = sign('sha256', Buffer.concat([authData, sha256(clientDataJSON)]), maker.key);
      const attStmt =
        fmt === 'none'
          ? cborMap([])
          : cborMap([
              ['alg', -7],
              ['sig', signature],
              ['x5c', [maker.certificate]],
            ]);
      credentials.push({ id, key: pair.privateKey, userHandle: user.id });
      return {
        credentialId: id,
        attestationObject: encodeCbor(
          cborMap([
            ['fmt', fmt],
            ['attStmt', attStmt],
            ['authData', authData],
          ]),
        ),
      };
    },
    async assert({ clientDataJSON, allow }) {
      const mine = credentials.filter((one) => allow.length === 0 || allow.some((id) => one.id.equals(id)));
      const found = mine.at(-1);
      if (!found) return undefined;
      const authenticatorData = Buffer.concat([rpIdHash, Buffer.from([spoils.flags ?? 0x05]), count()]);
      const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
      return {
        credentialId: found.id,
        authenticatorData,
        signature: sign('sha256', signed, found.key),
        userHandle: found.userHandle,
      };
    },
  };
  return { ...key, credentials };
};
