/** What makes one model of key different from another. Plain data, so that a new model is a new table entry. */
export interface KeyProfile {
  readonly name: string;
  /** 16 bytes, written as a UUID. */
  readonly aaguid: string;
  readonly model: string;
  readonly versions: readonly string[];
  readonly extensions: readonly string[];
  readonly firmwareVersion: number;
  readonly transports: readonly string[];
  /** COSE algorithm identifiers, preferred first: -7 is ES256, -8 is EdDSA. */
  readonly algorithms: readonly (-7 | -8)[];
  /** PIN/UV auth protocols, preferred first. */
  readonly pinUvAuthProtocols: readonly (1 | 2)[];
  /** Bytes of a whole CTAP2 message, command byte included. */
  readonly maxMsgSize: number;
  readonly maxCredentialCountInList: number;
  readonly maxCredentialIdLength: number;
  readonly maxDiscoverableCredentials: number;
  readonly maxRpIdsForSetMinPinLength: number;
  /** In code points. */
  readonly minPinLength: number;
  readonly pinRetries: number;
  /** Wrong PINs in a row before the key wants to be unplugged. */
  readonly pinRetriesPerPowerCycle: number;
  readonly credentialManagement: boolean;
  /** Also answers to 0x41, the command of before CTAP 2.1: libfido2 up to 1.13 knows no other. */
  readonly credentialManagementPreview: boolean;
  readonly authenticatorConfig: boolean;
  readonly pinUvAuthToken: boolean;
  /** Milliseconds after power-up in which authenticatorReset is heard. */
  readonly resetWindowMs: number;
  /** Milliseconds that the key waits for a touch. */
  readonly touchTimeoutMs: number;
}

/** A CTAP 2.1 key as sold today: PIN, discoverable credentials, credential management, no fingerprint. */
export const modern: KeyProfile = {
  name: 'modern',
  aaguid: 'b6d0c3a4-5e1f-4c27-9a8b-6b65796b6579',
  model: 'Keyvouch Virtual Key',
  versions: ['U2F_V2', 'FIDO_2_0', 'FIDO_2_1_PRE', 'FIDO_2_1'],
  extensions: ['credProtect', 'hmac-secret', 'minPinLength'],
  firmwareVersion: 0x010000,
  transports: ['usb'],
  algorithms: [-7, -8],
  pinUvAuthProtocols: [2, 1],
  maxMsgSize: 2048,
  maxCredentialCountInList: 8,
  maxCredentialIdLength: 128,
  maxDiscoverableCredentials: 100,
  maxRpIdsForSetMinPinLength: 4,
  minPinLength: 4,
  pinRetries: 8,
  pinRetriesPerPowerCycle: 3,
  credentialManagement: true,
  credentialManagementPreview: true,
  authenticatorConfig: true,
  pinUvAuthToken: true,
  resetWindowMs: 10_000,
  touchTimeoutMs: 30_000,
};

/** The models that `profile: NAME` can name. */
export const profiles = { modern } as const;

export type ProfileName = keyof typeof profiles;

/** The 16 bytes of a profile's AAGUID. */
export function aaguidBytes(profile: KeyProfile): Buffer {
  return Buffer.from(profile.aaguid.replaceAll('-', ''), 'hex');
}
