import { z } from 'zod';
import { formatAaguid } from './aaguid';
import { type CborMap, type CborValue } from './cbor';
import { CTAP2, type Ctap, type SendOptions } from './ctap';
import { bytes, readReply } from './reply';

/** Members of authenticatorGetInfo by number (CTAP 2.1 §6.4; 0x16 and above from CTAP 2.2 and 2.3). */
const NAMES = {
  0x01: 'versions',
  0x02: 'extensions',
  0x03: 'aaguid',
  0x04: 'options',
  0x05: 'maxMsgSize',
  0x06: 'pinUvAuthProtocols',
  0x07: 'maxCredentialCountInList',
  0x08: 'maxCredentialIdLength',
  0x09: 'transports',
  0x0a: 'algorithms',
  0x0b: 'maxSerializedLargeBlobArray',
  0x0c: 'forcePinChange',
  0x0d: 'minPinLength',
  0x0e: 'firmwareVersion',
  0x0f: 'maxCredBlobLength',
  0x10: 'maxRpIdsForSetMinPinLength',
  0x11: 'preferredPlatformUvAttempts',
  0x12: 'uvModality',
  0x13: 'certifications',
  0x14: 'remainingDiscoverableCredentials',
  0x15: 'vendorPrototypeConfigCommands',
  0x16: 'attestationFormats',
  0x17: 'uvCountSinceLastPinEntry',
  0x18: 'longTouchForReset',
  0x19: 'encIdentifier',
  0x1a: 'transportsForReset',
  0x1b: 'pinComplexityPolicy',
  0x1c: 'pinComplexityPolicyUrl',
  0x1d: 'maxPinLength',
  0x1e: 'encCredStoreState',
  0x1f: 'configCommands',
} as const;

const wordList = z.array(z.unknown()).transform((list) => list.filter((entry) => typeof entry === 'string'));
const numberList = z
  .array(z.unknown())
  .transform((list) => list.filter((entry) => typeof entry === 'number' || typeof entry === 'bigint'));
const flags = z
  .map(z.unknown(), z.unknown())
  .transform((map) =>
    Object.fromEntries([...map].filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean')),
  );
const numbers = z
  .map(z.unknown(), z.unknown())
  .transform((map) =>
    Object.fromEntries([...map].filter((entry): entry is [string, number] => typeof entry[1] === 'number')),
  );
const algorithm = z
  .map(z.unknown(), z.unknown())
  .transform((map) => ({ type: map.get('type'), alg: map.get('alg') }))
  .pipe(z.object({ type: z.string(), alg: z.number() }));
const count = z.number().int().nonnegative();

/** A member that is there but wrong counts as absent: one odd member must not make a key useless. */
const lenient = <T extends z.ZodTypeAny>(schema: T) => schema.optional().catch(undefined);

const infoSchema = z.object({
  versions: wordList,
  aaguid: bytes.refine((value) => value.length === 16).transform(formatAaguid),
  extensions: wordList.catch([]).default([]),
  options: flags.catch({}).default(new Map()),
  maxMsgSize: count.catch(1024).default(1024),
  pinUvAuthProtocols: numberList.catch([]).default([]),
  maxCredentialCountInList: lenient(count),
  maxCredentialIdLength: lenient(count),
  transports: wordList.catch([]).default([]),
  algorithms: lenient(z.array(algorithm)),
  maxSerializedLargeBlobArray: lenient(count),
  forcePinChange: z.boolean().catch(false).default(false),
  minPinLength: count.catch(4).default(4),
  firmwareVersion: lenient(z.union([count, z.bigint()])),
  maxCredBlobLength: lenient(count),
  maxRpIdsForSetMinPinLength: lenient(count),
  preferredPlatformUvAttempts: lenient(count),
  uvModality: lenient(count),
  certifications: lenient(numbers),
  remainingDiscoverableCredentials: lenient(count),
  vendorPrototypeConfigCommands: lenient(numberList),
  attestationFormats: lenient(wordList),
  uvCountSinceLastPinEntry: lenient(count),
  longTouchForReset: z.boolean().catch(false).default(false),
  encIdentifier: lenient(bytes),
  transportsForReset: lenient(wordList),
  pinComplexityPolicy: lenient(z.boolean()),
  pinComplexityPolicyUrl: lenient(
    z.union([z.string(), bytes.transform((value) => Buffer.from(value).toString('utf8'))]),
  ),
  maxPinLength: lenient(count),
  encCredStoreState: lenient(bytes),
  configCommands: lenient(numberList),
});

/** What a key says of itself, under the specification's names. `aaguid` as text, `minPinLength` in code points. */
export type AuthenticatorInfo = z.infer<typeof infoSchema> & {
  /** Members that this version of the agent does not know, or does not know in this form, as they came. */
  unknown: CborMap;
};

/**
 * Reads authenticatorGetInfo (CTAP 2.1 §6.4). Only `versions` and `aaguid` must be right.
 *
 * @throws Fault `key-malformed`
 */
export function parseInfo(value: CborValue): AuthenticatorInfo {
  const info = readReply('getInfo', value, NAMES, infoSchema);
  const members: CborMap = value instanceof Map ? value : new Map();
  const names: Readonly<Record<number | string, keyof typeof info>> = NAMES;
  const understood = (key: number | string) => Object.hasOwn(names, key) && info[names[key] ?? 'aaguid'] !== undefined;
  return { ...info, unknown: new Map([...members].filter(([key]) => !understood(key))) };
}

/** Asks a key about itself. */
export async function getInfo(ctap: Ctap, options: SendOptions = {}): Promise<AuthenticatorInfo> {
  return parseInfo(await ctap.send(CTAP2.getInfo, undefined, { limitMs: 10_000, ...options }));
}
