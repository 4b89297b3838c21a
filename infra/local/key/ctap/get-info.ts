import type { CborMap, CborValue } from '../cbor/types';
import { aaguidBytes } from '../profile';
import { isProtected, type Key } from './key';

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
    [0x0c, state.forcePinChange],
    [0x0d, state.minPinLength],
    [0x0e, profile.firmwareVersion],
    [0x14, key.credentials.remaining()],
  ]);
  if (profile.authenticatorConfig) info.set(0x10, profile.maxRpIdsForSetMinPinLength);
  return info;
}

function options(key: Key): CborMap {
  const { profile } = key;
  const { alwaysUv } = key.store.read();
  const always: [string, boolean][] = [
    ['rk', true],
    ['up', true],
    ['plat', false],
    ['clientPin', isProtected(key)],
  ];
  const credMgmt: [string, boolean][] = [['credMgmt', true]];
  const preview: [string, boolean][] = [['credentialMgmtPreview', true]];
  const token: [string, boolean][] = [
    ['pinUvAuthToken', true],
    ['makeCredUvNotRqd', !alwaysUv],
  ];
  const config: [string, boolean][] = [
    ['authnrCfg', true],
    ['alwaysUv', alwaysUv],
    ['setMinPINLength', true],
  ];
  return new Map([
    ...always,
    ...(profile.credentialManagement ? credMgmt : []),
    ...(profile.credentialManagementPreview ? preview : []),
    ...(profile.pinUvAuthToken ? token : []),
    ...(profile.authenticatorConfig ? config : []),
  ]);
}
