import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keyMalformed } from '../hid/faults';
import { type Secret } from '../protocol/secret';
import { cborMap, type CborValue } from './cbor';
import { CTAP2, type Ctap, type SendOptions } from './ctap';
import { type AuthenticatorInfo } from './get-info';
import { type PinProtocol, pinProtocol, type SharedSecret } from './pin-protocol';
import { paddedPin, pinBytes } from './pin-text';
import { createPinToken, type PinToken } from './pin-token';
import { bytes, readReply } from './reply';

/** Subcommands of authenticatorClientPIN (CTAP 2.1 §6.5.5). */
const SUB = {
  getPinRetries: 0x01,
  getKeyAgreement: 0x02,
  setPin: 0x03,
  changePin: 0x04,
  getPinToken: 0x05,
  getTokenUsingUv: 0x06,
  getUvRetries: 0x07,
  getTokenUsingPin: 0x09,
} as const;

/** Members of a request (CTAP 2.1 §6.5.5) and of a reply, by number. */
const REQUEST = {
  protocol: 0x01,
  subCommand: 0x02,
  keyAgreement: 0x03,
  pinUvAuthParam: 0x04,
  newPinEnc: 0x05,
  pinHashEnc: 0x06,
  permissions: 0x09,
  rpId: 0x0a,
} as const;
const REPLY = { 0x01: 'keyAgreement', 0x02: 'token', 0x03: 'pinRetries', 0x04: 'powerCycle', 0x05: 'uvRetries' };

const retriesSchema = z.object({ pinRetries: z.number().int().nonnegative(), powerCycle: z.boolean().default(false) });
const uvRetriesSchema = z.object({ uvRetries: z.number().int().nonnegative() });
const agreementSchema = z.object({ keyAgreement: z.map(z.unknown(), z.unknown()) });
const tokenSchema = z.object({ token: bytes });

/** What a token is wanted for. */
export interface TokenRequest {
  /** Bits of PERMISSION. */
  permissions: number;
  /** Binds the token to one relying party; needed for making and using credentials. */
  rpId?: string;
}

/** authenticatorClientPIN of one key. Every call does its own key agreement, as the key wants after each PIN error. */
export interface ClientPin {
  readonly protocol: 1 | 2;
  /** `powerCycle`: no further try until the key was unplugged. */
  pinRetries(): Promise<{ retries: number; powerCycle: boolean }>;
  uvRetries(): Promise<number>;
  setPin(pin: Secret): Promise<void>;
  changePin(current: Secret, next: Secret): Promise<void>;
  /** Spends a try when the PIN is wrong: Fault `key-pin-wrong`, `key-pin-replug`, `key-pin-blocked`, `key-pin-policy`. */
  tokenUsingPin(pin: Secret, request: TokenRequest): Promise<PinToken>;
  /** The key verifies the person itself, by fingerprint mostly. */
  tokenUsingUv(request: TokenRequest, options?: SendOptions): Promise<PinToken>;
}

/** Models that list protocol two but fail with it: Token2 T2F2-NFC-Dual (webauthn-rs issue 269). */
const ONLY_PROTOCOL_ONE: ReadonlySet<string> = new Set(['ab32f0c6-2239-afbb-c470-d2ef4e254db7']);

/** The first protocol of the key's own order that we speak; a key that lists none but has a PIN speaks one. */
export function choosePinProtocol(info: Pick<AuthenticatorInfo, 'aaguid' | 'pinUvAuthProtocols'>): PinProtocol {
  const listed = ONLY_PROTOCOL_ONE.has(info.aaguid) ? [1] : info.pinUvAuthProtocols;
  for (const version of listed) {
    const protocol = pinProtocol(version);
    if (protocol) return protocol;
  }
  const fallback = listed.length === 0 ? pinProtocol(1) : undefined;
  if (!fallback) throw keyMalformed('no PIN/UV auth protocol that we speak');
  return fallback;
}

/** Speaks authenticatorClientPIN to a key (CTAP 2.1 §6.5.5). */
export function createClientPin(ctap: Ctap, info: AuthenticatorInfo): ClientPin {
  const protocol = choosePinProtocol(info);
  const withPermissions = info.options['pinUvAuthToken'] === true;

  function ask(
    subCommand: number,
    members: Partial<Record<keyof typeof REQUEST, CborValue>> = {},
    options?: SendOptions,
  ): Promise<CborValue> {
    const request = { ...members, protocol: protocol.version, subCommand };
    return ctap.send(
      CTAP2.clientPin,
      cborMap(Object.entries(REQUEST).map(([name, key]) => [key, request[name as keyof typeof REQUEST]])),
      options,
    );
  }

  async function withSecret<T>(use: (secret: SharedSecret) => Promise<T>): Promise<T> {
    const reply = await ask(SUB.getKeyAgreement);
    const { keyAgreement } = readReply('getKeyAgreement', reply, REPLY, agreementSchema);
    const secret = protocol.encapsulate(keyAgreement as CborValue);
    try {
      return await use(secret);
    } finally {
      secret.wipe();
    }
  }

  function tokenFrom(reply: CborValue, secret: SharedSecret): PinToken {
    const token = secret.decrypt(readReply('getPinToken', reply, REPLY, tokenSchema).token);
    if (!protocol.tokenFits(token)) throw keyMalformed('a PIN token of an impossible length');
    return createPinToken(protocol, token);
  }

  return {
    protocol: protocol.version,
    async pinRetries() {
      const reply = readReply('getPinRetries', await ask(SUB.getPinRetries), REPLY, retriesSchema);
      return { retries: reply.pinRetries, powerCycle: reply.powerCycle };
    },
    async uvRetries() {
      return readReply('getUvRetries', await ask(SUB.getUvRetries), REPLY, uvRetriesSchema).uvRetries;
    },
    setPin: (pin) =>
      withSecret(async (secret) => {
        const newPinEnc = encryptAndWipe(secret, paddedPin(pin));
        await ask(SUB.setPin, {
          keyAgreement: secret.keyAgreement,
          newPinEnc,
          pinUvAuthParam: secret.authenticate(newPinEnc),
        });
      }),
    changePin: (current, next) =>
      withSecret(async (secret) => {
        const newPinEnc = encryptAndWipe(secret, paddedPin(next));
        const pinHashEnc = encryptAndWipe(secret, pinHash(current));
        await ask(SUB.changePin, {
          keyAgreement: secret.keyAgreement,
          newPinEnc,
          pinHashEnc,
          pinUvAuthParam: secret.authenticate(Buffer.concat([newPinEnc, pinHashEnc])),
        });
      }),
    tokenUsingPin: (pin, { permissions, rpId }) =>
      withSecret(async (secret) => {
        const base = { keyAgreement: secret.keyAgreement, pinHashEnc: encryptAndWipe(secret, pinHash(pin)) };
        const reply = withPermissions
          ? await ask(SUB.getTokenUsingPin, { ...base, permissions, rpId })
          : await ask(SUB.getPinToken, base);
        return tokenFrom(reply, secret);
      }),
    tokenUsingUv: ({ permissions, rpId }, options) =>
      withSecret(async (secret) => {
        const request = { keyAgreement: secret.keyAgreement, permissions, rpId };
        return tokenFrom(await ask(SUB.getTokenUsingUv, request, options), secret);
      }),
  };
}

/** The left 16 bytes of SHA-256 over the PIN. */
function pinHash(pin: Secret): Buffer {
  const plain = pinBytes(pin);
  const hash = createHash('sha256').update(plain).digest();
  plain.fill(0);
  hash.fill(0, 16);
  return hash.subarray(0, 16);
}

function encryptAndWipe(secret: SharedSecret, plain: Buffer): Uint8Array {
  try {
    return secret.encrypt(plain);
  } finally {
    plain.fill(0);
  }
}
