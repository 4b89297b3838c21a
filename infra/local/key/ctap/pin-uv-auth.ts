import type { CborMap } from '../cbor/types';
import type { PinUvAuthProtocol } from '../pin/protocol';
import type { Call, Key } from './key';
import { bytes, optional, required, unsigned } from './params';
import { CtapError } from './status';

/** A pinUvAuthParam with the protocol it was made with. */
export interface PinUvAuthParam {
  readonly protocol: PinUvAuthProtocol;
  readonly parameter: Buffer;
}

/** @throws CtapError INVALID_PARAMETER for a protocol that the key does not speak */
export function findProtocol(key: Key, version: number): PinUvAuthProtocol {
  const protocol = key.protocols.get(version);
  if (protocol === undefined) throw new CtapError('INVALID_PARAMETER', `pinUvAuthProtocol ${version}`);
  return protocol;
}

/** Reads the pair of parameters that go together: a param without its protocol is MISSING_PARAMETER. */
export function readPinUvAuth(
  key: Key,
  params: CborMap,
  at: { parameter: number; protocol: number },
): PinUvAuthParam | undefined {
  const parameter = optional(params, at.parameter, bytes);
  const version = optional(params, at.protocol, unsigned);
  if (parameter === undefined) return undefined;
  return { parameter, protocol: findProtocol(key, version ?? required(params, at.protocol, unsigned)) };
}

/**
 * A zero-length pinUvAuthParam asks which key is meant and whether it has a PIN (CTAP 2.1 §6.1.2 step 1): after a touch
 * the answer is PIN_INVALID or PIN_NOT_SET.
 */
export async function answerSelectionProbe(key: Key, params: CborMap, at: number, call: Call): Promise<void> {
  if (optional(params, at, bytes)?.length !== 0) return;
  await call.touch();
  throw new CtapError(key.pin.isSet() ? 'PIN_INVALID' : 'PIN_NOT_SET');
}

/**
 * Checks a pinUvAuthParam for one RP (§6.1.2 step 11, §6.2.2 step 6) and binds a token without an RP to it.
 * @throws CtapError PIN_AUTH_INVALID
 */
export function verifyForRp(key: Key, auth: PinUvAuthParam, message: Buffer, permission: number, rpId: string): void {
  const { token } = key;
  const valid =
    token.verify(auth.protocol, message, auth.parameter) &&
    token.has(permission) &&
    token.allowsRp(rpId) &&
    token.userVerified();
  if (!valid) throw new CtapError('PIN_AUTH_INVALID');
  token.bindRp(rpId);
}
