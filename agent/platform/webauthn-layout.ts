/**
 * The structures of Windows' webauthn.h that registration needs, field by field in their order in memory, as Microsoft
 * documents them. The third entry is the version of the structure that brought the field; none means the first.
 *
 * Types are the header's own. A name with `*` is a pointer to that structure, `**` an array of pointers, without any
 * the structure itself lies there.
 */
export type FieldType = 'DWORD' | 'WORD' | 'LONG' | 'BOOL' | 'PBYTE' | 'PCWSTR' | 'PCWSTR*' | 'PVOID' | 'BYTE8';
export type Field = readonly [name: string, type: FieldType | Reference, since?: number];
type Reference = `${'GUID' | `WEBAUTHN_${string}`}${'' | '*' | '**'}`;

export const WEBAUTHN_LAYOUT = {
  GUID: [
    ['Data1', 'DWORD'],
    ['Data2', 'WORD'],
    ['Data3', 'WORD'],
    ['Data4', 'BYTE8'],
  ],
  WEBAUTHN_RP_ENTITY_INFORMATION: [
    ['dwVersion', 'DWORD'],
    ['pwszId', 'PCWSTR'],
    ['pwszName', 'PCWSTR'],
    ['pwszIcon', 'PCWSTR'],
  ],
  WEBAUTHN_USER_ENTITY_INFORMATION: [
    ['dwVersion', 'DWORD'],
    ['cbId', 'DWORD'],
    ['pbId', 'PBYTE'],
    ['pwszName', 'PCWSTR'],
    ['pwszIcon', 'PCWSTR'],
    ['pwszDisplayName', 'PCWSTR'],
  ],
  WEBAUTHN_CLIENT_DATA: [
    ['dwVersion', 'DWORD'],
    ['cbClientDataJSON', 'DWORD'],
    ['pbClientDataJSON', 'PBYTE'],
    ['pwszHashAlgId', 'PCWSTR'],
  ],
  WEBAUTHN_COSE_CREDENTIAL_PARAMETER: [
    ['dwVersion', 'DWORD'],
    ['pwszCredentialType', 'PCWSTR'],
    ['lAlg', 'LONG'],
  ],
  WEBAUTHN_COSE_CREDENTIAL_PARAMETERS: [
    ['cCredentialParameters', 'DWORD'],
    ['pCredentialParameters', 'WEBAUTHN_COSE_CREDENTIAL_PARAMETER*'],
  ],
  WEBAUTHN_CREDENTIAL: [
    ['dwVersion', 'DWORD'],
    ['cbId', 'DWORD'],
    ['pbId', 'PBYTE'],
    ['pwszCredentialType', 'PCWSTR'],
  ],
  WEBAUTHN_CREDENTIALS: [
    ['cCredentials', 'DWORD'],
    ['pCredentials', 'WEBAUTHN_CREDENTIAL*'],
  ],
  WEBAUTHN_CREDENTIAL_EX: [
    ['dwVersion', 'DWORD'],
    ['cbId', 'DWORD'],
    ['pbId', 'PBYTE'],
    ['pwszCredentialType', 'PCWSTR'],
    ['dwTransports', 'DWORD'],
  ],
  WEBAUTHN_CREDENTIAL_LIST: [
    ['cCredentials', 'DWORD'],
    ['ppCredentials', 'WEBAUTHN_CREDENTIAL_EX**'],
  ],
  WEBAUTHN_EXTENSION: [
    ['pwszExtensionIdentifier', 'PCWSTR'],
    ['cbExtension', 'DWORD'],
    ['pvExtension', 'PVOID'],
  ],
  WEBAUTHN_EXTENSIONS: [
    ['cExtensions', 'DWORD'],
    ['pExtensions', 'WEBAUTHN_EXTENSION*'],
  ],
  WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS: [
    ['dwVersion', 'DWORD'],
    ['dwTimeoutMilliseconds', 'DWORD'],
    ['CredentialList', 'WEBAUTHN_CREDENTIALS'],
    ['Extensions', 'WEBAUTHN_EXTENSIONS'],
    ['dwAuthenticatorAttachment', 'DWORD'],
    ['bRequireResidentKey', 'BOOL'],
    ['dwUserVerificationRequirement', 'DWORD'],
    ['dwAttestationConveyancePreference', 'DWORD'],
    ['dwFlags', 'DWORD'],
    ['pCancellationId', 'GUID*', 2],
    ['pExcludeCredentialList', 'WEBAUTHN_CREDENTIAL_LIST*', 3],
    ['dwEnterpriseAttestation', 'DWORD', 4],
    ['dwLargeBlobSupport', 'DWORD', 4],
    ['bPreferResidentKey', 'BOOL', 4],
    ['bBrowserInPrivateMode', 'BOOL', 5],
    ['bEnablePrf', 'BOOL', 6],
    ['pLinkedDevice', 'PVOID', 7],
    ['cbJsonExt', 'DWORD', 7],
    ['pbJsonExt', 'PBYTE', 7],
    ['pPRFGlobalEval', 'PVOID', 8],
    ['cCredentialHints', 'DWORD', 8],
    ['ppwszCredentialHints', 'PCWSTR*', 8],
    ['bThirdPartyPayment', 'BOOL', 8],
    ['pwszRemoteWebOrigin', 'PCWSTR', 9],
    ['cbPublicKeyCredentialCreationOptionsJSON', 'DWORD', 9],
    ['pbPublicKeyCredentialCreationOptionsJSON', 'PBYTE', 9],
    ['cbAuthenticatorId', 'DWORD', 9],
    ['pbAuthenticatorId', 'PBYTE', 9],
  ],
  WEBAUTHN_CREDENTIAL_ATTESTATION: [
    ['dwVersion', 'DWORD'],
    ['pwszFormatType', 'PCWSTR'],
    ['cbAuthenticatorData', 'DWORD'],
    ['pbAuthenticatorData', 'PBYTE'],
    ['cbAttestation', 'DWORD'],
    ['pbAttestation', 'PBYTE'],
    ['dwAttestationDecodeType', 'DWORD'],
    ['pvAttestationDecode', 'PVOID'],
    ['cbAttestationObject', 'DWORD'],
    ['pbAttestationObject', 'PBYTE'],
    ['cbCredentialId', 'DWORD'],
    ['pbCredentialId', 'PBYTE'],
    ['Extensions', 'WEBAUTHN_EXTENSIONS', 2],
    ['dwUsedTransport', 'DWORD', 3],
    ['bEpAtt', 'BOOL', 4],
    ['bLargeBlobSupported', 'BOOL', 4],
    ['bResidentKey', 'BOOL', 4],
    ['bPrfEnabled', 'BOOL', 5],
    ['cbUnsignedExtensionOutputs', 'DWORD', 6],
    ['pbUnsignedExtensionOutputs', 'PBYTE', 6],
    ['pHmacSecret', 'PVOID', 7],
    ['bThirdPartyPayment', 'BOOL', 7],
    ['dwTransports', 'DWORD', 8],
    ['cbClientDataJSON', 'DWORD', 8],
    ['pbClientDataJSON', 'PBYTE', 8],
    ['cbRegistrationResponseJSON', 'DWORD', 8],
    ['pbRegistrationResponseJSON', 'PBYTE', 8],
  ],
} as const satisfies Record<string, readonly Field[]>;

export type StructureName = keyof typeof WEBAUTHN_LAYOUT;

/** The newest version of the two structures that grow. */
export const NEWEST = {
  WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS: 9,
  WEBAUTHN_CREDENTIAL_ATTESTATION: 8,
} as const;

/** Which version of MAKE_CREDENTIAL_OPTIONS each version of the API knows, from API version 1 on. */
const OPTIONS_VERSIONS = [3, 3, 4, 5, 5, 6, 7, 8, 9] as const;

/** The newest options that this API knows and we do; an API newer than this table gets the newest of the table. */
export function optionsVersion(apiVersion: number): number {
  return (
    OPTIONS_VERSIONS[apiVersion - 1] ??
    (apiVersion < 1 ? OPTIONS_VERSIONS[0] : NEWEST.WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS)
  );
}

/** The fields that a version of a structure has. */
export function fieldsOf(name: StructureName, version = Infinity): readonly Field[] {
  const fields: readonly Field[] = WEBAUTHN_LAYOUT[name];
  return fields.filter(([, , since = 1]) => since <= version);
}
