import { z } from 'zod';
import { keyMalformed } from '../hid/faults';
import { type Koffi } from './koffi';
import { NEWEST } from './webauthn-layout';
import { type Structures } from './webauthn-structures';

/** What Windows gave for a new passkey, out of its memory. */
export interface Attestation {
  attestationObject: Uint8Array;
  /** As WebAuthn names them; empty where this Windows does not tell. */
  transports: string[];
  enterpriseAttestation: boolean;
  /** The client data that was signed for, where Windows tells. */
  clientDataJSON: Uint8Array | undefined;
}

/** WEBAUTHN_CTAP_TRANSPORT_* bits. */
const TRANSPORTS: readonly (readonly [bit: number, name: string])[] = [
  [0x01, 'usb'],
  [0x02, 'nfc'],
  [0x04, 'ble'],
  [0x10, 'internal'],
  [0x20, 'hybrid'],
  [0x40, 'smart-card'],
];

/** Far beyond any attestation: what claims more is not to be copied. */
const MOST_BYTES = 1 << 20;

const count = z.number().int().min(0).max(MOST_BYTES);
const schema = z.object({
  cbAttestationObject: count.min(1),
  pbAttestationObject: z.unknown().refine((pointer) => pointer !== null),
  dwUsedTransport: z.number().int().default(0),
  dwTransports: z.number().int().default(0),
  bEpAtt: z.number().int().default(0),
  cbClientDataJSON: count.default(0),
  pbClientDataJSON: z.unknown(),
});

/**
 * Copies a WEBAUTHN_CREDENTIAL_ATTESTATION, reading no further than its own version reaches.
 *
 * @param pointer as WebAuthNAuthenticatorMakeCredential gave it
 * @throws Fault `key-malformed`
 */
export function readAttestation(koffi: Koffi, structures: Structures, pointer: unknown): Attestation {
  const version = z.number().int().min(1).parse(koffi.decode(pointer, 'uint32_t'));
  const known = Math.min(version, NEWEST.WEBAUTHN_CREDENTIAL_ATTESTATION);
  const fields: unknown = koffi.decode(pointer, structures('WEBAUTHN_CREDENTIAL_ATTESTATION', known));
  const parsed = schema.safeParse(fields);
  if (!parsed.success) throw keyMalformed('Windows gave an attestation that cannot be read', parsed.error);
  const attestation = parsed.data;
  const bytes = (from: unknown, length: number): Uint8Array => {
    const copied: unknown = koffi.decode(from, 'uint8_t', length);
    return Uint8Array.from(z.instanceof(Uint8Array).parse(copied));
  };
  const bits = attestation.dwTransports || attestation.dwUsedTransport;
  return {
    attestationObject: bytes(attestation.pbAttestationObject, attestation.cbAttestationObject),
    transports: TRANSPORTS.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name),
    enterpriseAttestation: attestation.bEpAtt !== 0,
    clientDataJSON:
      attestation.cbClientDataJSON > 0 ? bytes(attestation.pbClientDataJSON, attestation.cbClientDataJSON) : undefined,
  };
}
