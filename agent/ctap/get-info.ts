import { keyMalformed } from '../hid/faults';
import { formatAaguid } from './aaguid';
import { type CborMap, type CborValue } from './cbor';
import { CTAP2, type Ctap, type SendOptions } from './ctap';

/** Reads one member; undefined where it has another form than the specification's. */
type Reader<T> = (value: CborValue) => T | undefined;

const count: Reader<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
const bytes: Reader<Uint8Array> = (value) => (value instanceof Uint8Array ? value : undefined);
const isNumber = (value: CborValue) => typeof value === 'number' || typeof value === 'bigint';

/** Of a list or a map what is right: one odd entry must not make a key useless. */
const listOf =
  <T extends CborValue>(fits: (value: CborValue) => value is T): Reader<T[]> =>
  (value) =>
    Array.isArray(value) ? value.filter(fits) : undefined;
const mapOf =
  <T extends CborValue>(fits: (value: CborValue) => value is T): Reader<Record<string, T>> =>
  (value) => {
    if (!(value instanceof Map)) return undefined;
    const entries = [...(value as CborMap)];
    return Object.fromEntries(entries.filter((entry): entry is [number | string, T] => fits(entry[1])));
  };

const words = listOf((value) => typeof value === 'string');
const numbers = listOf((value): value is number | bigint => isNumber(value));
const aaguid: Reader<string> = (value) =>
  value instanceof Uint8Array && value.length === 16 ? formatAaguid(value) : undefined;
const firmware: Reader<number | bigint> = (value) => (typeof value === 'bigint' ? value : count(value));
const text: Reader<string> = (value) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : typeof value === 'string' ? value : undefined;

function algorithms(value: CborValue): { type: string; alg: number }[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const read = (value as readonly CborValue[]).map((one) => {
    const type = one instanceof Map ? (one as CborMap).get('type') : undefined;
    const alg = one instanceof Map ? (one as CborMap).get('alg') : undefined;
    return typeof type === 'string' && typeof alg === 'number' ? { type, alg } : undefined;
  });
  return read.every((one) => one !== undefined) ? read : undefined;
}

/** Members of authenticatorGetInfo by number (CTAP 2.1 §6.4; 0x16 and above from CTAP 2.2 and 2.3). */
const MEMBERS = {
  0x01: ['versions', words],
  0x02: ['extensions', words],
  0x03: ['aaguid', aaguid],
  0x04: ['options', mapOf((value) => typeof value === 'boolean')],
  0x05: ['maxMsgSize', count],
  0x06: ['pinUvAuthProtocols', numbers],
  0x07: ['maxCredentialCountInList', count],
  0x08: ['maxCredentialIdLength', count],
  0x09: ['transports', words],
  0x0a: ['algorithms', algorithms],
  0x0b: ['maxSerializedLargeBlobArray', count],
  0x0c: ['forcePinChange', flag],
  0x0d: ['minPinLength', count],
  0x0e: ['firmwareVersion', firmware],
  0x0f: ['maxCredBlobLength', count],
  0x10: ['maxRpIdsForSetMinPinLength', count],
  0x11: ['preferredPlatformUvAttempts', count],
  0x12: ['uvModality', count],
  0x13: ['certifications', mapOf((value) => typeof value === 'number')],
  0x14: ['remainingDiscoverableCredentials', count],
  0x15: ['vendorPrototypeConfigCommands', numbers],
  0x16: ['attestationFormats', words],
  0x17: ['uvCountSinceLastPinEntry', count],
  0x18: ['longTouchForReset', flag],
  0x19: ['encIdentifier', bytes],
  0x1a: ['transportsForReset', words],
  0x1b: ['pinComplexityPolicy', flag],
  0x1c: ['pinComplexityPolicyUrl', text],
  0x1d: ['maxPinLength', count],
  0x1e: ['encCredStoreState', bytes],
  0x1f: ['configCommands', numbers],
} as const;

const ENTRIES = Object.entries(MEMBERS).map(([key, member]) => [Number(key), member] as const);

type Member = (typeof MEMBERS)[keyof typeof MEMBERS];
type Members = { [M in Member as M[0]]: ReturnType<M[1]> };

/** What a key that does not say is by the specification. */
const defaults = () =>
  ({
    extensions: [],
    options: {},
    maxMsgSize: 1024,
    pinUvAuthProtocols: [],
    transports: [],
    forcePinChange: false,
    minPinLength: 4,
    longTouchForReset: false,
  }) satisfies Partial<Members>;

type Known = 'versions' | 'aaguid' | keyof ReturnType<typeof defaults>;

/** What a key says of itself, under the specification's names. `aaguid` as text, `minPinLength` in code points. */
export type AuthenticatorInfo = {
  readonly [K in keyof Members]: K extends Known ? NonNullable<Members[K]> : Members[K];
} & {
  /** Members that this version of the agent does not know, or does not know in this form, as they came. */
  readonly unknown: CborMap;
};

/**
 * Reads authenticatorGetInfo (CTAP 2.1 §6.4). Only `versions` and `aaguid` must be right: one odd member must not make
 * a key useless. Read without a schema library, because every command of the agent begins with it.
 *
 * @throws Fault `key-malformed`
 */
export function parseInfo(value: CborValue): AuthenticatorInfo {
  if (!(value instanceof Map)) throw keyMalformed('getInfo is not a map');
  const members = value as CborMap;
  const unknown = new Map(members);
  const info: Record<string, unknown> = defaults();
  for (const [key, [name, read]] of ENTRIES) {
    const member = members.get(key);
    const known = member === undefined ? undefined : read(member);
    if (known !== undefined) unknown.delete(key);
    info[name] = known ?? info[name];
  }
  if (info['versions'] === undefined || info['aaguid'] === undefined) throw keyMalformed('getInfo: versions, aaguid');
  return { ...(info as Omit<AuthenticatorInfo, 'unknown'>), unknown };
}

/** Asks a key about itself. */
export async function getInfo(ctap: Ctap, options: SendOptions = {}): Promise<AuthenticatorInfo> {
  return parseInfo(await ctap.send(CTAP2.getInfo, undefined, { limitMs: 10_000, ...options }));
}
