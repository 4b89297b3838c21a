/*
 * What webauthn.h declares and registration needs, as Microsoft documents it: written down here a second time, apart from
 * the agent's own table, so that one can be held against the other. A number in front of a field is the version of the
 * structure that brought it.
 */
#include <stdint.h>

typedef uint32_t DWORD;
typedef uint16_t WORD;
typedef int32_t LONG;
typedef int32_t BOOL;
typedef int32_t HRESULT;
typedef uint8_t BYTE;
typedef void *HWND;
typedef const uint16_t *PCWSTR;

typedef struct { DWORD Data1; WORD Data2; WORD Data3; BYTE Data4[8]; } GUID;

typedef struct { DWORD dwVersion; PCWSTR pwszId; PCWSTR pwszName; PCWSTR pwszIcon; } WEBAUTHN_RP_ENTITY_INFORMATION;
typedef struct {
  DWORD dwVersion; DWORD cbId; BYTE *pbId; PCWSTR pwszName; PCWSTR pwszIcon; PCWSTR pwszDisplayName;
} WEBAUTHN_USER_ENTITY_INFORMATION;
typedef struct { DWORD dwVersion; DWORD cbClientDataJSON; BYTE *pbClientDataJSON; PCWSTR pwszHashAlgId; } WEBAUTHN_CLIENT_DATA;
typedef struct { DWORD dwVersion; PCWSTR pwszCredentialType; LONG lAlg; } WEBAUTHN_COSE_CREDENTIAL_PARAMETER;
typedef struct {
  DWORD cCredentialParameters; WEBAUTHN_COSE_CREDENTIAL_PARAMETER *pCredentialParameters;
} WEBAUTHN_COSE_CREDENTIAL_PARAMETERS;
typedef struct { DWORD dwVersion; DWORD cbId; BYTE *pbId; PCWSTR pwszCredentialType; } WEBAUTHN_CREDENTIAL;
typedef struct { DWORD cCredentials; WEBAUTHN_CREDENTIAL *pCredentials; } WEBAUTHN_CREDENTIALS;
typedef struct {
  DWORD dwVersion; DWORD cbId; BYTE *pbId; PCWSTR pwszCredentialType; DWORD dwTransports;
} WEBAUTHN_CREDENTIAL_EX;
typedef struct { DWORD cCredentials; WEBAUTHN_CREDENTIAL_EX **ppCredentials; } WEBAUTHN_CREDENTIAL_LIST;
typedef struct { PCWSTR pwszExtensionIdentifier; DWORD cbExtension; void *pvExtension; } WEBAUTHN_EXTENSION;
typedef struct { DWORD cExtensions; WEBAUTHN_EXTENSION *pExtensions; } WEBAUTHN_EXTENSIONS;
typedef struct { DWORD dwCredProtect; BOOL bRequireCredProtect; } WEBAUTHN_CRED_PROTECT_EXTENSION_IN;

typedef struct {
  DWORD dwVersion;
  DWORD dwTimeoutMilliseconds;
  WEBAUTHN_CREDENTIALS CredentialList;
  WEBAUTHN_EXTENSIONS Extensions;
  DWORD dwAuthenticatorAttachment;
  BOOL bRequireResidentKey;
  DWORD dwUserVerificationRequirement;
  DWORD dwAttestationConveyancePreference;
  DWORD dwFlags;
  /* 2 */ GUID *pCancellationId;
  /* 3 */ WEBAUTHN_CREDENTIAL_LIST *pExcludeCredentialList;
  /* 4 */ DWORD dwEnterpriseAttestation;
  DWORD dwLargeBlobSupport;
  BOOL bPreferResidentKey;
  /* 5 */ BOOL bBrowserInPrivateMode;
  /* 6 */ BOOL bEnablePrf;
  /* 7 */ void *pLinkedDevice;
  DWORD cbJsonExt;
  BYTE *pbJsonExt;
  /* 8 */ void *pPRFGlobalEval;
  DWORD cCredentialHints;
  PCWSTR *ppwszCredentialHints;
  BOOL bThirdPartyPayment;
  /* 9 */ PCWSTR pwszRemoteWebOrigin;
  DWORD cbPublicKeyCredentialCreationOptionsJSON;
  BYTE *pbPublicKeyCredentialCreationOptionsJSON;
  DWORD cbAuthenticatorId;
  BYTE *pbAuthenticatorId;
} WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS;

typedef struct {
  DWORD dwVersion;
  PCWSTR pwszFormatType;
  DWORD cbAuthenticatorData;
  BYTE *pbAuthenticatorData;
  DWORD cbAttestation;
  BYTE *pbAttestation;
  DWORD dwAttestationDecodeType;
  void *pvAttestationDecode;
  DWORD cbAttestationObject;
  BYTE *pbAttestationObject;
  DWORD cbCredentialId;
  BYTE *pbCredentialId;
  /* 2 */ WEBAUTHN_EXTENSIONS Extensions;
  /* 3 */ DWORD dwUsedTransport;
  /* 4 */ BOOL bEpAtt;
  BOOL bLargeBlobSupported;
  BOOL bResidentKey;
  /* 5 */ BOOL bPrfEnabled;
  /* 6 */ DWORD cbUnsignedExtensionOutputs;
  BYTE *pbUnsignedExtensionOutputs;
  /* 7 */ void *pHmacSecret;
  BOOL bThirdPartyPayment;
  /* 8 */ DWORD dwTransports;
  DWORD cbClientDataJSON;
  BYTE *pbClientDataJSON;
  DWORD cbRegistrationResponseJSON;
  BYTE *pbRegistrationResponseJSON;
} WEBAUTHN_CREDENTIAL_ATTESTATION;
