import { randomBytes } from 'node:crypto';

import type { CborMap, CborValue } from '../cbor/types';
import type { CredProtect, NewCredential } from '../credentials';
import type { Key } from './key';
import { boolean, bytes, optional, unsigned } from './params';
import { CtapError } from './status';

/** What makeCredential was asked of its extensions (CTAP 2.1 §12), as far as the model knows them. */
export type CreationExtensions = ReturnType<typeof readCreationExtensions>;

/** @throws CtapError INVALID_PARAMETER for a credProtect that there is not, INVALID_OPTION for a largeBlobKey that cannot be */
export function readCreationExtensions(key: Key, input: CborMap, rk: boolean) {
  const known = (name: string): boolean => key.profile.extensions.includes(name);
  return {
    credBlob: known('credBlob') ? optional(input, 'credBlob', bytes) : undefined,
    credProtect: known('credProtect') ? readCredProtect(optional(input, 'credProtect', unsigned)) : undefined,
    hmacSecret: known('hmac-secret') && (optional(input, 'hmac-secret', boolean) ?? false),
    largeBlobKey: known('largeBlobKey') && readLargeBlobKey(optional(input, 'largeBlobKey', boolean), rk),
    minPinLength: known('minPinLength') && (optional(input, 'minPinLength', boolean) ?? false),
  };
}

function readCredProtect(level: number | undefined): CredProtect | undefined {
  if (level === undefined || level === 1 || level === 2 || level === 3) return level;
  throw new CtapError('INVALID_PARAMETER', `credProtect ${level}`);
}

/** It can only be asked for, and only for a discoverable credential (§12.3). */
function readLargeBlobKey(asked: boolean | undefined, rk: boolean): boolean {
  if (asked === undefined) return false;
  if (!asked || !rk) throw new CtapError('INVALID_OPTION', 'largeBlobKey');
  return true;
}

/** What of the extensions the new credential keeps. */
export function extensionsOfCredential(
  key: Key,
  extensions: CreationExtensions,
  rk: boolean,
): Omit<NewCredential, 'key'> {
  return {
    credProtect: extensions.credProtect ?? 1,
    hmacSecret: extensions.hmacSecret,
    ...(extensions.credBlob !== undefined && fits(key, extensions.credBlob, rk)
      ? { credBlob: extensions.credBlob }
      : {}),
    ...(extensions.largeBlobKey ? { largeBlobKey: randomBytes(32) } : {}),
  };
}

/** The extensions of the authenticator data. largeBlobKey has a member of its own in the response instead. */
export function creationOutputs(key: Key, extensions: CreationExtensions, rpId: string, rk: boolean): CborMap {
  const { minPinLength, minPinLengthRpIds } = key.store.read();
  const output = new Map<string, CborValue>();
  if (extensions.credBlob !== undefined) output.set('credBlob', fits(key, extensions.credBlob, rk));
  if (extensions.credProtect !== undefined) output.set('credProtect', extensions.credProtect);
  if (extensions.hmacSecret) output.set('hmac-secret', true);
  if (extensions.minPinLength && minPinLengthRpIds.includes(rpId)) output.set('minPinLength', minPinLength);
  return output;
}

/** A blob that is too long, or has no discoverable credential to be kept with, is left out, not refused (§12.2). */
function fits({ profile }: Key, blob: Buffer, rk: boolean): boolean {
  return rk && blob.length <= (profile.maxCredBlobLength ?? 0);
}
