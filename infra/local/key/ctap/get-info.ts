import type { CborMap, CborValue } from '../cbor/types';
import { aaguidBytes, speaksCtap21, type KeyProfile } from '../profile';
import { hasFingerprints, type Key } from './key';

/** Built-in user verification by fingerprint, in the FIDO registry's bits. */
const FINGERPRINT_INTERNAL = 0x02;

/** authenticatorGetInfo (CTAP 2.1 §6.4): what this key is and what it is set to now. */
export function getInfo(key: Key): CborMap {
  const { profile } = key;
  const state = key.store.read();
  // With alwaysUv a U2F request, which has no PIN, would be a way around it (§7.2.4).
  const versions = state.alwaysUv ? profile.versions.filter((version) => version !== 'U2F_V2') : profile.versions;
  const info = new Map<number, CborValue>([
    [0x01, versions],
    [0x02, profile.extensions],
    [0x03, aaguidBytes(profile)],
    [0x04, options(key)],
    [0x05, profile.maxMsgSize],
    [0x06, profile.pinUvAuthProtocols],
    [0x07, profile.maxCredentialCountInList],
    [0x08, profile.maxCredentialIdLength],
    [0x09, profile.transports],
    [0x0a, profile.algorithms.map((alg) => new Map<string, CborValue>(Object.entries({ alg, type: 'public-key' })))],
  ]);
  if (!speaksCtap21(profile)) return info;
  for (const [member, value] of membersOfCtap21(key)) if (value !== undefined) info.set(member, value);
  return info;
}

/** What CTAP 2.1 added, and of later versions what the model has. Undefined: the model has no such thing. */
function membersOfCtap21(key: Key): [number, CborValue | undefined][] {
  const { profile } = key;
  const state = key.store.read();
  const reader = profile.fingerprint;
  return [
    [0x0b, profile.maxLargeBlobs],
    [0x0c, state.forcePinChange],
    [0x0d, state.minPinLength],
    [0x0e, profile.firmwareVersion],
    [0x0f, profile.maxCredBlobLength],
    [0x10, profile.authenticatorConfig ? profile.maxRpIdsForSetMinPinLength : undefined],
    [0x11, reader?.preferredPlatformAttempts],
    [0x12, reader === undefined ? undefined : FINGERPRINT_INTERNAL],
    [0x14, key.credentials.remaining()],
    [0x16, profile.attestationFormats],
    [0x17, reader === undefined ? undefined : state.uvCountSinceLastPinEntry],
    [0x18, profile.resetTouchMs === undefined ? undefined : true],
    [0x1a, profile.transportsForReset],
    [0x1b, profile.pinComplexity],
    [0x1d, profile.maxPinLength],
  ];
}

/** The options of the model and of its state now. Undefined: the model has no such option. */
function options(key: Key): CborMap {
  const { profile } = key;
  const { alwaysUv, enterpriseAttestation } = key.store.read();
  const { makeCredUvNotRqd = true } = profile;
  const all: [string, boolean | undefined][] = [
    ['rk', true],
    ['up', true],
    ['plat', false],
    ['clientPin', key.pin.isSet()],
    ['credMgmt', given(profile.credentialManagement)],
    ['credentialMgmtPreview', given(profile.credentialManagementPreview)],
    ...readerOptions(profile, hasFingerprints(key)),
    ['pinUvAuthToken', given(profile.pinUvAuthToken)],
    ['makeCredUvNotRqd', makeCredUvNotRqd ? !alwaysUv : undefined],
    ['noMcGaPermissionsWithClientPin', given(profile.noMcGaPermissionsWithClientPin)],
    ['authnrCfg', given(profile.authenticatorConfig)],
    ['alwaysUv', profile.authenticatorConfig ? alwaysUv : undefined],
    ['setMinPINLength', given(profile.authenticatorConfig)],
    ['ep', profile.enterpriseAttestation === undefined ? undefined : enterpriseAttestation],
    ['largeBlobs', given(profile.maxLargeBlobs !== undefined)],
  ];
  return new Map(all.filter((option): option is [string, boolean] => option[1] !== undefined));
}

/** bioEnroll and its like are there, and false, while no fingerprint is enrolled. */
function readerOptions({ fingerprint: reader }: KeyProfile, enrolled: boolean): [string, boolean | undefined][] {
  if (reader === undefined) return [];
  return [
    ['uv', enrolled],
    ['bioEnroll', reader.commands === 'preview' ? undefined : enrolled],
    ['userVerificationMgmtPreview', reader.commands === 'final' ? undefined : enrolled],
    ['uvBioEnroll', given(reader.mayEnroll)],
    ['uvAcfg', given(reader.mayConfigure)],
  ];
}

/** True, or not there at all. */
function given(has: boolean | undefined): true | undefined {
  return has === true ? true : undefined;
}
