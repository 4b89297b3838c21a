import { createClientPin } from '../ctap/client-pin';
import { credentialManagementCommand } from '../ctap/credential-management';
import { type CborValue } from '../ctap/cbor';
import { Fault } from '../protocol/fault';
import { type Key } from './key';

/** All that can be known of a key without its PIN and without a touch. Stable: `info --json` prints exactly this. */
export interface KeyReport {
  device: { path: string; product: string | null; manufacturer: string | null; usbId: string | null };
  aaguid: string;
  /** FIDO_2_0, FIDO_2_1, U2F_V2 … */
  versions: string[];
  firmware: number | string | null;
  pin: {
    supported: boolean;
    set: boolean;
    /** Code points. */
    minimumLength: number;
    maximumLength: number | null;
    mustChange: boolean;
    complexity: boolean | null;
    retriesLeft: number | null;
    /** No further try until the key was unplugged. */
    replugNeeded: boolean;
    /** No try left for ever: only a reset helps. */
    blocked: boolean;
    protocols: number[];
  };
  fingerprint: { supported: boolean; enrolled: boolean; retriesLeft: number | null };
  passkeys: { supported: boolean; roomLeft: number | null; manageable: boolean; perRequest: number };
  /** alwaysUv, ep, … as the key says them. */
  options: Record<string, boolean>;
  extensions: string[];
  algorithms: number[];
  transports: string[];
  attestationFormats: string[];
  certifications: Record<string, number>;
  enterpriseAttestation: 'on' | 'off' | 'unsupported';
  alwaysVerify: boolean;
  reset: { longTouch: boolean; transports: string[] | null };
  limits: { messageBytes: number; credentialIdBytes: number | null; largeBlobBytes: number | null };
  canWink: boolean;
  /** Members of getInfo that this version does not know: number or name, and the value as text. */
  unknown: Record<string, string>;
}

/** Reads everything that can be read silently. No PIN is used and no try is spent. */
export async function inspect(key: Key): Promise<KeyReport> {
  const info = await key.refresh();
  const { options } = info;
  const { pin, uvRetries } = await readRetries(key);
  return {
    device: {
      path: key.device.path,
      product: key.device.product ?? null,
      manufacturer: key.device.manufacturer ?? null,
      usbId: usbId(key),
    },
    aaguid: info.aaguid,
    versions: info.versions,
    firmware: typeof info.firmwareVersion === 'bigint' ? String(info.firmwareVersion) : (info.firmwareVersion ?? null),
    pin: {
      supported: options['clientPin'] !== undefined,
      set: options['clientPin'] === true,
      minimumLength: info.minPinLength,
      maximumLength: info.maxPinLength ?? null,
      mustChange: info.forcePinChange,
      complexity: info.pinComplexityPolicy ?? null,
      retriesLeft: pin?.retries ?? null,
      replugNeeded: pin?.powerCycle === true && pin.retries > 0,
      blocked: pin?.retries === 0,
      protocols: info.pinUvAuthProtocols.map(Number),
    },
    fingerprint: {
      supported: options['uv'] !== undefined || options['bioEnroll'] !== undefined,
      enrolled: options['uv'] === true,
      retriesLeft: uvRetries ?? null,
    },
    passkeys: {
      supported: options['rk'] === true,
      roomLeft: info.remainingDiscoverableCredentials ?? null,
      manageable: credentialManagementCommand(info) !== undefined,
      perRequest: info.maxCredentialCountInList ?? 1,
    },
    options,
    extensions: info.extensions,
    algorithms: (info.algorithms ?? []).map(({ alg }) => alg),
    transports: info.transports,
    attestationFormats: info.attestationFormats ?? [],
    certifications: info.certifications ?? {},
    enterpriseAttestation: options['ep'] === undefined ? 'unsupported' : options['ep'] ? 'on' : 'off',
    alwaysVerify: options['alwaysUv'] === true,
    reset: { longTouch: info.longTouchForReset, transports: info.transportsForReset ?? null },
    limits: {
      messageBytes: info.maxMsgSize,
      credentialIdBytes: info.maxCredentialIdLength ?? null,
      largeBlobBytes: info.maxSerializedLargeBlobArray ?? null,
    },
    canWink: key.channel.about.canWink,
    unknown: Object.fromEntries([...info.unknown].map(([name, value]) => [String(name), plainText(value)])),
  };
}

/** Retries where the key has them; a key that will not tell is not a fault, one that is gone is. */
async function readRetries(key: Key) {
  const { options } = key.info;
  const quiet = (error: unknown) => {
    if (error instanceof Fault && ['key-gone', 'key-silent', 'key-cancelled', 'key-busy'].includes(error.code))
      throw error;
    return undefined;
  };
  if (options['clientPin'] === undefined && options['uv'] === undefined)
    return { pin: undefined, uvRetries: undefined };
  const clientPin = createClientPin(key.ctap, key.info);
  return {
    pin: options['clientPin'] === true ? await clientPin.pinRetries().catch(quiet) : undefined,
    uvRetries: options['uv'] === true ? await clientPin.uvRetries().catch(quiet) : undefined,
  };
}

function usbId({ device: { vendorId, productId } }: Key): string | null {
  if (vendorId === undefined || productId === undefined) return null;
  return [vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':');
}

function plainText(value: CborValue): string {
  return typeof value === 'string' ? value : JSON.stringify(jsonable(value));
}

function jsonable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof Map)
    return [...(value as ReadonlyMap<unknown, unknown>)].map(([name, member]) => [name, jsonable(member)]);
  if (Array.isArray(value)) return value.map((each: unknown) => jsonable(each));
  if (typeof value === 'bigint') return String(value);
  return value ?? null;
}
