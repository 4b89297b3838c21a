import { z } from 'zod';
import { keyMalformed } from '../hid/faults';
import { type CborMap, type CborValue } from './cbor';

/** Bytes in a reply. */
export const bytes = z.instanceof(Uint8Array);

/** The key under which a credential's large blob is encrypted, in bytes (CTAP 2.1 §12.3). */
export const largeBlobKey = bytes.refine((value) => value.length === 32);

/** A CBOR map whose keys are words. */
export const words = z.map(z.union([z.string(), z.number()]), z.unknown());

/**
 * Reads a reply: gives its numbered members names, then checks them. Members without a name are passed over, because
 * newer keys send more than we know.
 *
 * @param what names the message in the Fault
 * @throws Fault `key-malformed`
 */
export function readReply<T>(
  what: string,
  value: CborValue,
  names: Readonly<Record<number | string, string>>,
  schema: z.ZodType<T, z.ZodTypeDef, unknown>,
): T {
  if (!(value instanceof Map)) throw keyMalformed(`${what} is not a map`);
  const members: Record<string, unknown> = {};
  for (const [key, member] of value as CborMap) {
    const name = Object.hasOwn(names, key) ? names[key] : undefined;
    if (name) members[name] = member;
  }
  const parsed = schema.safeParse(members);
  if (parsed.success) return parsed.data;
  throw keyMalformed(`${what}: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`, parsed.error);
}
