import { Permission } from '../pin/token';
import type { KeyProfile } from '../profile';

/** The permissions that a token got by PIN or by fingerprint may ask for (CTAP 2.1 §6.5.5.7). */
export function grantable(profile: KeyProfile, by: 'pin' | 'finger'): number {
  const { fingerprint } = profile;
  const byPin = by === 'pin';
  const pinMayAssert = profile.noMcGaPermissionsWithClientPin !== true;
  const manages = profile.credentialManagement || profile.credentialManagementPreview;
  return (
    (!byPin || pinMayAssert ? Permission.mc | Permission.ga : 0) |
    (manages ? Permission.cm : 0) |
    (fingerprint !== undefined && (byPin || fingerprint.mayEnroll) ? Permission.be : 0) |
    (profile.maxLargeBlobs === undefined ? 0 : Permission.lbw) |
    (profile.authenticatorConfig && (byPin || fingerprint?.mayConfigure === true) ? Permission.acfg : 0)
  );
}
