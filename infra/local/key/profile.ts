/** The fingerprint reader of a model. */
export interface FingerprintReader {
  /** Which command enrols: 0x09 of CTAP 2.1, 0x40 of the preview before it, or both. */
  readonly commands: 'final' | 'preview' | 'both';
  readonly kind: 'touch' | 'swipe';
  /** Good samples that make a template. */
  readonly samples: number;
  readonly maxTemplates: number;
  /** Bytes of UTF-8. */
  readonly maxNameBytes: number;
  /** Failed fingers, over all power cycles, until only the PIN helps. */
  readonly retries: number;
  /** How often the key itself asks again within one request (CTAP 2.1 maxUvAttemptsForInternalRetries). */
  readonly internalRetries: number;
  readonly preferredPlatformAttempts: number;
  /** What a token that was got by a finger may do beyond mc, ga, cm and lbw. */
  readonly mayEnroll: boolean;
  readonly mayConfigure: boolean;
}

/** What a model answers to Yubico's "read config" (CTAPHID 0x42), which ykman asks before anything else. */
export interface YubiKeyConfig {
  /** 1 keychain with USB-A, 6 with a fingerprint reader and USB-A. */
  readonly formFactor: number;
  readonly serial?: number;
}

/** What makes one model of key different from another. Plain data, so that a new model is a new table entry. */
export interface KeyProfile {
  readonly name: string;
  /** 16 bytes, written as a UUID. */
  readonly aaguid: string;
  readonly model: string;
  /** What the USB descriptors say, for tools that look at them. */
  readonly usb?: {
    readonly vendorId: number;
    readonly productId: number;
    readonly manufacturer?: string;
    readonly product: string;
  };
  /** Without U2F_V2 there is no CTAP1; without FIDO_2_1 none of what CTAP 2.1 brought to commands of CTAP 2.0. */
  readonly versions: readonly string[];
  readonly extensions: readonly string[];
  /** One byte each: major, minor, build. */
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
  /** In code points; said in getInfo. Without it 63 bytes of UTF-8 are the only limit. */
  readonly maxPinLength?: number;
  /** Refuses PINs that everybody tries first; said in getInfo. */
  readonly pinComplexity?: boolean;
  readonly pinRetries: number;
  /** Wrong PINs in a row before the key wants to be unplugged. */
  readonly pinRetriesPerPowerCycle: number;
  readonly credentialManagement: boolean;
  /** Also answers to 0x41, the command of before CTAP 2.1: libfido2 up to 1.13 knows no other. */
  readonly credentialManagementPreview: boolean;
  readonly authenticatorConfig: boolean;
  /** Tokens with permissions. Without it a token is what it was in CTAP 2.0: good for everything until the power goes. */
  readonly pinUvAuthToken: boolean;
  /** Non-discoverable credentials are made without a PIN, also where there is one. Default true. */
  readonly makeCredUvNotRqd?: boolean;
  /** PIN tokens may not register or assert: that is left to the fingerprint. */
  readonly noMcGaPermissionsWithClientPin?: boolean;
  /** How the factory sets it: off (the default), on, or on for good. */
  readonly alwaysUv?: 'off' | 'on' | 'fixed';
  readonly fingerprint?: FingerprintReader;
  /** Bytes of a credBlob; the extension is there if this is. */
  readonly maxCredBlobLength?: number;
  /** Bytes of the serialised large-blob array; command and extension are there if this is. */
  readonly maxLargeBlobs?: number;
  /** RP ids that get enterprise attestation without the platform's say (CTAP 2.1 §7.1, vendor facilitated). */
  readonly enterpriseAttestation?: { readonly rpIds: readonly string[] };
  readonly yubikey?: YubiKeyConfig;
  /** Milliseconds after power-up in which authenticatorReset is heard. */
  readonly resetWindowMs: number;
  /** Milliseconds that the finger must lie on the key to confirm a reset; said in getInfo. Default: a tap is enough. */
  readonly resetTouchMs?: number;
  /** Transports that can reset; said in getInfo. */
  readonly transportsForReset?: readonly string[];
  /** Attestation statement formats, said in getInfo. */
  readonly attestationFormats?: readonly string[];
  /** Milliseconds that the key waits for a touch. */
  readonly touchTimeoutMs: number;
}

/** The 16 bytes of a profile's AAGUID. */
export function aaguidBytes(profile: KeyProfile): Buffer {
  return Buffer.from(profile.aaguid.replaceAll('-', ''), 'hex');
}

/** Whether the model speaks CTAP 2.1 as published, not only its preview. */
export function speaksCtap21(profile: KeyProfile): boolean {
  return profile.versions.includes('FIDO_2_1');
}
