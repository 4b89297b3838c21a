import { createHash, createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  SettingsService,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server';
import { z } from 'zod';

import { parseAuthData } from '../../../agent/ctap/auth-data';
import { decodeCbor } from '../key/cbor/decode';
import { map } from '../key/ctap/params';
import { attestationParts, wrapBytes } from './ceremony-texts';
import { needRun } from './process';
import type { MadeAssertion, MadePasskey } from './tool';

/** A passkey as a relying party keeps it. */
export interface KnownPasskey {
  readonly rpId: string;
  readonly credential: WebAuthnCredential;
}

/** Programs that look at what a key signed, without the key. */
export interface Verifier {
  readonly name: string;
  registration(rpId: string, made: MadePasskey): Promise<unknown>;
  assertion(known: KnownPasskey, made: MadeAssertion): Promise<void>;
}

/** @simplewebauthn/server: a relying party in full, with the key's own attestation root as the only one trusted. */
export function simpleWebAuthn(attestationRootPem: string): Verifier {
  return {
    name: '@simplewebauthn/server 14.0.3',
    registration: (rpId, made) => verified(rpId, made, attestationRootPem),
    assertion: async ({ rpId, credential }, made) => {
      const { verified: holds } = await verifyAuthenticationResponse({
        response: {
          id: credential.id,
          rawId: credential.id,
          type: 'public-key',
          clientExtensionResults: {},
          response: {
            clientDataJSON: made.clientDataJSON.toString('base64url'),
            authenticatorData: made.authData.toString('base64url'),
            signature: made.signature.toString('base64url'),
          },
        },
        expectedChallenge: challengeOf(made.clientDataJSON),
        expectedOrigin: `https://${rpId}`,
        expectedRPID: rpId,
        credential,
        requireUserVerification: true,
      });
      if (!holds) throw new Error('the signature does not hold');
    },
  };
}

/** Verifies a registration and gives what a relying party keeps of it. */
export async function verified(rpId: string, made: MadePasskey, attestationRootPem: string): Promise<KnownPasskey> {
  SettingsService.setRootCertificates({ identifier: 'packed', certificates: [attestationRootPem] });
  const id = made.id.toString('base64url');
  const { verified: holds, registrationInfo } = await verifyRegistrationResponse({
    response: {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: made.clientDataJSON.toString('base64url'),
        attestationObject: made.attestationObject.toString('base64url'),
      },
    },
    expectedChallenge: challengeOf(made.clientDataJSON),
    expectedOrigin: `https://${rpId}`,
    expectedRPID: rpId,
    requireUserVerification: true,
  });
  if (!holds) throw new Error('the registration does not hold');
  return { rpId, credential: registrationInfo.credential };
}

/** `fido2-cred -V` and `fido2-assert -V` of libfido2: they need no key. */
export const fido2Verify: Verifier = {
  name: 'fido2-cred/-assert -V 1.12',
  registration: async (rpId, made) => {
    const { fmt, authData, sig, x5c } = attestationParts(made.attestationObject);
    const lines = [hashOf(made.clientDataJSON), rpId, fmt];
    const blobs = [wrapBytes(authData), made.id, sig, x5c[0] ?? Buffer.alloc(0)].map((blob) => blob.toString('base64'));
    await needRun('/usr/bin/fido2-cred', ['-V', '-v', ...extensionFlags(authData)], {
      input: `${[...lines, ...blobs].join('\n')}\n`,
    });
  },
  assertion: async ({ rpId, credential }, made) => {
    const folder = mkdtempSync(join(tmpdir(), 'keyvouch-verify-'));
    try {
      const key = join(folder, 'key.pem');
      writeFileSync(key, es256Pem(Buffer.from(credential.publicKey)));
      const blobs = [wrapBytes(made.authData), made.signature].map((blob) => blob.toString('base64'));
      const input = `${[hashOf(made.clientDataJSON), rpId, ...blobs].join('\n')}\n`;
      await needRun('/usr/bin/fido2-assert', ['-V', '-p', '-v', key, 'es256'], { input });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** It wants to be told which extensions the key was asked for. */
function extensionFlags(authData: Buffer): string[] {
  const { extensions } = parseAuthData(authData);
  const credProtect = extensions.get('credProtect');
  return [
    ...(typeof credProtect === 'number' ? ['-c', String(credProtect)] : []),
    ...(extensions.get('hmac-secret') === true ? ['-h'] : []),
  ];
}

function hashOf(clientDataJSON: Buffer): string {
  return createHash('sha256').update(clientDataJSON).digest('base64');
}

function challengeOf(clientDataJSON: Buffer): string {
  const { challenge } = z.object({ challenge: z.string() }).parse(JSON.parse(clientDataJSON.toString('utf8')));
  return challenge;
}

/** COSE_Key (EC2, P-256) as PEM. */
function es256Pem(coseKey: Buffer): string {
  const members = map(decodeCbor(coseKey));
  const [x, y] = [members.get(-2), members.get(-3)];
  if (!Buffer.isBuffer(x) || !Buffer.isBuffer(y)) throw new Error('no key of P-256');
  const jwk = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') };
  return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}
