import { type AuthenticatorInfo } from '../../ctap/get-info';

/** USER_VERIFY flags (FIDO Registry of Predefined Values §3.1), as `uvModality` has them. */
const MODALITIES: readonly [number, string][] = [
  [0x0001, 'presence'],
  [0x0002, 'fingerprint'],
  [0x0004, 'passcode on the key'],
  [0x0008, 'voice'],
  [0x0010, 'face'],
  [0x0020, 'location'],
  [0x0040, 'eye'],
  [0x0080, 'pattern'],
  [0x0100, 'hand'],
  [0x0200, 'none'],
  [0x0800, 'passcode on the computer'],
];

/** Every member of getInfo that the key sent, under the specification's name, in values that JSON can hold. */
export function getInfoFields({ unknown: _, ...members }: AuthenticatorInfo): Record<string, unknown> {
  const sent = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sent.map(([name, value]) => [name, jsonable(value)]));
}

/** The members that no other row of `info` shows, each in a line for people. */
export function otherFields(info: AuthenticatorInfo): [string, string][] {
  const { uvModality } = info;
  const rows: [string, unknown][] = [
    ['PIN/UV protocols', info.pinUvAuthProtocols],
    ['Longest message', `${info.maxMsgSize} bytes`],
    ['Credential ids in a list', info.maxCredentialCountInList],
    ['Longest credential id', withUnit(info.maxCredentialIdLength, 'bytes')],
    ['Large blobs', withUnit(info.maxSerializedLargeBlobArray, 'bytes')],
    ['credBlob', withUnit(info.maxCredBlobLength, 'bytes')],
    ['Sites told the minimum PIN', withUnit(info.maxRpIdsForSetMinPinLength, 'at most')],
    ['Fingerprint tries before the PIN', info.preferredPlatformUvAttempts],
    ['Verifies by', uvModality === undefined ? undefined : `${modalities(uvModality)} (0x${uvModality.toString(16)})`],
    ['Verified since the last PIN', withUnit(info.uvCountSinceLastPinEntry, 'times')],
    ['Certified', info.certifications],
    ['Attestation formats', info.attestationFormats],
    ['Vendor settings', info.vendorPrototypeConfigCommands],
    ['Settings (authenticatorConfig)', info.configCommands],
    ['PIN rules at', info.pinComplexityPolicyUrl],
    ['Reset over', info.transportsForReset],
    ['Identifier (encrypted)', info.encIdentifier],
    ['State of passkeys (encrypted)', info.encCredStoreState],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, words(value)] as [string, string]]));
}

function withUnit(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${value} ${unit}`;
}

function modalities(flags: number): string {
  const names = MODALITIES.filter(([flag]) => (flags & flag) !== 0).map(([, name]) => name);
  return names.join(', ') || 'nothing that is known here';
}

function words(value: unknown): string {
  const plain = jsonable(value);
  if (typeof plain === 'string') return plain;
  if (Array.isArray(plain)) return plain.map((each) => words(each)).join(', ') || 'none';
  if (typeof plain === 'object' && plain !== null) {
    return (
      Object.entries(plain)
        .map(([name, each]) => `${name} ${words(each)}`)
        .join(', ') || 'none'
    );
  }
  return JSON.stringify(plain);
}

/** Bytes become hexadecimal, numbers too large for JSON become text. */
function jsonable(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map((each: unknown) => jsonable(each));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, jsonable(each)]));
  }
  return value ?? null;
}
