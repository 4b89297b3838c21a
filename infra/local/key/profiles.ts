import type { FingerprintReader, KeyProfile } from './profile';

/** A CTAP 2.1 key as sold today: everything but a fingerprint reader. */
export const modern: KeyProfile = {
  name: 'modern',
  aaguid: 'b6d0c3a4-5e1f-4c27-9a8b-6b65796b6579',
  model: 'Keyvouch Virtual Key',
  versions: ['U2F_V2', 'FIDO_2_0', 'FIDO_2_1_PRE', 'FIDO_2_1'],
  extensions: ['credBlob', 'credProtect', 'hmac-secret', 'largeBlobKey', 'minPinLength'],
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
  maxCredBlobLength: 32,
  maxLargeBlobs: 4096,
  enterpriseAttestation: { rpIds: ['enterprise.keyvouch.test'] },
  resetWindowMs: 10_000,
  touchTimeoutMs: 30_000,
};

const touchReader: FingerprintReader = {
  commands: 'both',
  kind: 'touch',
  samples: 4,
  maxTemplates: 5,
  maxNameBytes: 64,
  retries: 5,
  internalRetries: 3,
  preferredPlatformAttempts: 3,
  mayEnroll: false,
  mayConfigure: false,
};

/** The same with a fingerprint reader. */
export const fingerprint: KeyProfile = {
  ...modern,
  name: 'fingerprint',
  aaguid: '4f1c5be0-7d2a-4b86-8a13-6b6579626971',
  model: 'Keyvouch Virtual Fingerprint Key',
  fingerprint: touchReader,
};

/**
 * What came before CTAP 2.1: PIN protocol 1, tokens without permissions, management of passkeys and fingerprints by the
 * preview commands only, no selection command, a PIN for each registration.
 */
export const older: KeyProfile = {
  name: 'older',
  aaguid: '90c3a7de-12f4-4e0b-b5c6-6b65796f6c64',
  model: 'Keyvouch Virtual Older Key',
  versions: ['U2F_V2', 'FIDO_2_0', 'FIDO_2_1_PRE'],
  extensions: ['credProtect', 'hmac-secret'],
  firmwareVersion: 0x000204,
  transports: ['usb'],
  algorithms: [-7, -8],
  pinUvAuthProtocols: [1],
  maxMsgSize: 1200,
  maxCredentialCountInList: 8,
  maxCredentialIdLength: 128,
  maxDiscoverableCredentials: 25,
  maxRpIdsForSetMinPinLength: 0,
  minPinLength: 4,
  pinRetries: 8,
  pinRetriesPerPowerCycle: 3,
  credentialManagement: false,
  credentialManagementPreview: true,
  authenticatorConfig: false,
  pinUvAuthToken: false,
  makeCredUvNotRqd: false,
  fingerprint: { ...touchReader, commands: 'preview', maxNameBytes: 32, kind: 'swipe' },
  resetWindowMs: 10_000,
  touchTimeoutMs: 30_000,
};

/** As certified for agencies: user verification always, PINs of 6 that are no easy guess, no U2F, no preview. */
export const fips: KeyProfile = {
  ...modern,
  name: 'fips',
  aaguid: '2b9a6c11-0f5d-4a7e-93b4-6b6579666970',
  model: 'Keyvouch Virtual FIPS Key',
  versions: ['FIDO_2_0', 'FIDO_2_1'],
  algorithms: [-7],
  minPinLength: 6,
  maxPinLength: 63,
  pinComplexity: true,
  alwaysUv: 'on',
  credentialManagementPreview: false,
  resetTouchMs: 5_000,
  transportsForReset: ['usb'],
  attestationFormats: ['packed'],
};

/** The smallest that CTAP allows: short messages and lists, few passkeys. */
export const small: KeyProfile = {
  ...modern,
  name: 'small',
  aaguid: 'd75e20b8-63a9-4c18-8ef2-6b6579736d6c',
  model: 'Keyvouch Virtual Small Key',
  algorithms: [-7],
  maxMsgSize: 1024,
  maxCredentialCountInList: 2,
  maxDiscoverableCredentials: 3,
  maxRpIdsForSetMinPinLength: 1,
  maxLargeBlobs: 1024,
};

/**
 * For tools that work with Yubico's keys only. They go by the vendor id and by the answer to Yubico's own HID command,
 * not by the AAGUID, which therefore is one of ours: attestation and metadata must never take this for the real one.
 */
export const yubikey: KeyProfile = {
  ...modern,
  name: 'yubikey',
  aaguid: '7e46d9f3-a2c5-4d0e-87b1-6b6579796b35',
  model: 'Keyvouch Virtual YubiKey-shaped Key',
  usb: { vendorId: 0x1050, productId: 0x0402, manufacturer: 'Yubico', product: 'YubiKey FIDO' },
  firmwareVersion: 0x050403,
  yubikey: { formFactor: 1 },
  maxDiscoverableCredentials: 25,
  resetWindowMs: 5_000,
};

/** The same shape with a fingerprint reader: `ykman fido fingerprints` has something to work with. */
export const yubikeyBio: KeyProfile = {
  ...yubikey,
  name: 'yubikey-bio',
  aaguid: '1a83cb57-e94d-4f62-b0d7-6b6579796b62',
  model: 'Keyvouch Virtual YubiKey-Bio-shaped Key',
  firmwareVersion: 0x050506,
  yubikey: { formFactor: 6 },
  fingerprint: { ...touchReader, maxNameBytes: 15 },
};

/** The models that `profile: NAME` can name. */
export const profiles = { modern, fingerprint, older, fips, small, yubikey, 'yubikey-bio': yubikeyBio } as const;

export type ProfileName = keyof typeof profiles;
