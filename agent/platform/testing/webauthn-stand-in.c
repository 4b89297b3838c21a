/*
 * Stands in for Windows' webauthn.dll in tests: the same functions. What it is called with it writes down as JSON,
 * pointers followed, so that a test can compare; what it answers is told to it beforehand.
 */
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "webauthn-types.h"

/* ---- what it is told, and what it saw ---- */

static struct {
  DWORD api_version;
  HRESULT hresult;
  DWORD attestation_version;
  DWORD transport;
  DWORD delay_ms;
  BYTE object[8192];
  DWORD object_length;
  BYTE client_data[8192];
  DWORD client_data_length;
} told = {.api_version = 9, .attestation_version = 8, .transport = 1};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static GUID last_id;
static int cancelled;
static int outstanding;
static char seen[65536];
static size_t seen_length;

void StandInSetApiVersion(DWORD version) { told.api_version = version; }
void StandInSetAnswer(HRESULT hresult, DWORD version, DWORD transport, DWORD delay_ms) {
  told.hresult = hresult;
  told.attestation_version = version;
  told.transport = transport;
  told.delay_ms = delay_ms;
}
void StandInSetObject(const BYTE *bytes, DWORD length) {
  told.object_length = length > sizeof told.object ? sizeof told.object : length;
  memcpy(told.object, bytes, told.object_length);
}
void StandInSetClientData(const BYTE *bytes, DWORD length) {
  told.client_data_length = length > sizeof told.client_data ? sizeof told.client_data : length;
  memcpy(told.client_data, bytes, told.client_data_length);
}
int StandInOutstanding(void) { return outstanding; }
const char *StandInSeen(void) { return seen; }

/* ---- JSON ---- */

static void put(const char *format, ...) {
  va_list args;
  va_start(args, format);
  seen_length += vsnprintf(seen + seen_length, sizeof seen - seen_length, format, args);
  va_end(args);
  if (seen_length >= sizeof seen) abort();
}
static void name(const char *field) {
  if (seen[seen_length - 1] != '{') put(",");
  put("\"%s\":", field);
}
static void number(const char *field, long long value) { name(field); put("%lld", value); }
static void bytes(const char *field, const void *from, DWORD length) {
  name(field);
  if (!from) { put("null"); return; }
  put("\"");
  for (DWORD i = 0; i < length; i++) put("%02x", ((const BYTE *)from)[i]);
  put("\"");
}
/* UTF-16 as \u escapes: JSON reads surrogates as they are. */
static void utf16(PCWSTR text) {
  if (!text) { put("null"); return; }
  put("\"");
  for (; *text; text++) put("\\u%04x", *text);
  put("\"");
}
static void text(const char *field, PCWSTR value) { name(field); utf16(value); }

static void put_options(const WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS *o) {
  number("dwVersion", o->dwVersion);
  number("dwTimeoutMilliseconds", o->dwTimeoutMilliseconds);
  number("cCredentials", o->CredentialList.cCredentials);
  name("extensions");
  put("{");
  for (DWORD i = 0; i < o->Extensions.cExtensions; i++) {
    const WEBAUTHN_EXTENSION *e = &o->Extensions.pExtensions[i];
    put(i ? "," : "");
    utf16(e->pwszExtensionIdentifier);
    if (e->cbExtension == sizeof(BOOL)) put(":%d", *(const BOOL *)e->pvExtension);
    else if (e->cbExtension == sizeof(WEBAUTHN_CRED_PROTECT_EXTENSION_IN)) {
      const WEBAUTHN_CRED_PROTECT_EXTENSION_IN *in = e->pvExtension;
      put(":[%u,%d]", in->dwCredProtect, in->bRequireCredProtect);
    } else put(":\"%u bytes\"", e->cbExtension);
  }
  put("}");
  number("dwAuthenticatorAttachment", o->dwAuthenticatorAttachment);
  number("bRequireResidentKey", o->bRequireResidentKey);
  number("dwUserVerificationRequirement", o->dwUserVerificationRequirement);
  number("dwAttestationConveyancePreference", o->dwAttestationConveyancePreference);
  number("dwFlags", o->dwFlags);
  if (o->dwVersion >= 2) bytes("cancellationId", o->pCancellationId, sizeof(GUID));
  if (o->dwVersion >= 3) {
    name("exclude");
    put("[");
    for (DWORD i = 0; o->pExcludeCredentialList && i < o->pExcludeCredentialList->cCredentials; i++) {
      const WEBAUTHN_CREDENTIAL_EX *c = o->pExcludeCredentialList->ppCredentials[i];
      put(i ? ",{" : "{");
      number("dwVersion", c->dwVersion);
      bytes("id", c->pbId, c->cbId);
      text("type", c->pwszCredentialType);
      number("dwTransports", c->dwTransports);
      put("}");
    }
    put("]");
  }
  if (o->dwVersion >= 4) {
    number("dwEnterpriseAttestation", o->dwEnterpriseAttestation);
    number("dwLargeBlobSupport", o->dwLargeBlobSupport);
    number("bPreferResidentKey", o->bPreferResidentKey);
  }
  if (o->dwVersion >= 5) number("bBrowserInPrivateMode", o->bBrowserInPrivateMode);
  if (o->dwVersion >= 6) number("bEnablePrf", o->bEnablePrf);
  if (o->dwVersion >= 7) {
    number("pLinkedDevice", (intptr_t)o->pLinkedDevice);
    number("cbJsonExt", o->cbJsonExt);
    number("pbJsonExt", (intptr_t)o->pbJsonExt);
  }
  if (o->dwVersion >= 8) {
    number("pPRFGlobalEval", (intptr_t)o->pPRFGlobalEval);
    name("hints");
    put("[");
    for (DWORD i = 0; i < o->cCredentialHints; i++) {
      put(i ? "," : "");
      utf16(o->ppwszCredentialHints[i]);
    }
    put("]");
    number("bThirdPartyPayment", o->bThirdPartyPayment);
  }
  if (o->dwVersion >= 9) {
    text("pwszRemoteWebOrigin", o->pwszRemoteWebOrigin);
    number("cbPublicKeyCredentialCreationOptionsJSON", o->cbPublicKeyCredentialCreationOptionsJSON);
    number("pbPublicKeyCredentialCreationOptionsJSON", (intptr_t)o->pbPublicKeyCredentialCreationOptionsJSON);
    number("cbAuthenticatorId", o->cbAuthenticatorId);
    number("pbAuthenticatorId", (intptr_t)o->pbAuthenticatorId);
  }
}

/* ---- the functions of webauthn.dll ---- */

DWORD WebAuthNGetApiVersionNumber(void) { return told.api_version; }

HRESULT WebAuthNGetCancellationId(GUID *id) {
  pthread_mutex_lock(&lock);
  last_id.Data1 += 0x01020304;
  last_id.Data2 = 0x5566;
  last_id.Data3 = 0x7788;
  for (int i = 0; i < 8; i++) last_id.Data4[i] = (BYTE)(0xa0 + i);
  *id = last_id;
  cancelled = 0;
  pthread_mutex_unlock(&lock);
  return 0;
}

HRESULT WebAuthNCancelCurrentOperation(const GUID *id) {
  pthread_mutex_lock(&lock);
  int known = memcmp(id, &last_id, sizeof last_id) == 0;
  if (known) cancelled = 1;
  pthread_mutex_unlock(&lock);
  return known ? 0 : (HRESULT)0x80090011;
}

PCWSTR WebAuthNGetErrorName(HRESULT hresult) {
  switch ((uint32_t)hresult) {
    case 0: return u"Success";
    case 0x8009000f: return u"InvalidStateError";
    case 0x80070032: case 0x80090029: case 0x80090023: return u"ConstraintError";
    case 0x80090027: return u"NotSupportedError";
    case 0x80090035: case 0x80090011: case 0x800704c7: case 0x80090036: case 0x800705b4: return u"NotAllowedError";
    default: return u"UnknownError";
  }
}

/* How far a structure of this version reaches: not a byte more is there to be read. */
static size_t attestation_size(DWORD version) {
  switch (version) {
    case 1: return offsetof(WEBAUTHN_CREDENTIAL_ATTESTATION, Extensions);
    case 2: return offsetof(WEBAUTHN_CREDENTIAL_ATTESTATION, dwUsedTransport);
    case 3: return offsetof(WEBAUTHN_CREDENTIAL_ATTESTATION, bEpAtt);
    case 4: return offsetof(WEBAUTHN_CREDENTIAL_ATTESTATION, bPrfEnabled);
    case 5: return offsetof(WEBAUTHN_CREDENTIAL_ATTESTATION, cbUnsignedExtensionOutputs);
    case 6: return offsetof(WEBAUTHN_CREDENTIAL_ATTESTATION, pHmacSecret);
    case 7: return offsetof(WEBAUTHN_CREDENTIAL_ATTESTATION, dwTransports);
    default: return sizeof(WEBAUTHN_CREDENTIAL_ATTESTATION);
  }
}

static BYTE *copy(const BYTE *from, DWORD length) {
  BYTE *to = malloc(length ? length : 1);
  memcpy(to, from, length);
  return to;
}

HRESULT WebAuthNAuthenticatorMakeCredential(
    HWND window, const WEBAUTHN_RP_ENTITY_INFORMATION *rp, const WEBAUTHN_USER_ENTITY_INFORMATION *user,
    const WEBAUTHN_COSE_CREDENTIAL_PARAMETERS *algorithms, const WEBAUTHN_CLIENT_DATA *client_data,
    const WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS *options, WEBAUTHN_CREDENTIAL_ATTESTATION **attestation) {
  /* The wait comes first: whatever was passed must still be there after it. */
  for (DWORD waited = 0; waited < told.delay_ms; waited += 5) {
    struct timespec pause = {0, 5000000};
    nanosleep(&pause, NULL);
    pthread_mutex_lock(&lock);
    int stop = cancelled;
    pthread_mutex_unlock(&lock);
    if (stop) return (HRESULT)0x800704c7;
  }
  seen_length = 0;
  put("{");
  number("window", (intptr_t)window);
  name("rp"); put("{");
  number("dwVersion", rp->dwVersion); text("id", rp->pwszId); text("name", rp->pwszName); text("icon", rp->pwszIcon);
  put("}");
  name("user"); put("{");
  number("dwVersion", user->dwVersion); bytes("id", user->pbId, user->cbId); text("name", user->pwszName);
  text("icon", user->pwszIcon); text("displayName", user->pwszDisplayName);
  put("}");
  name("algorithms"); put("[");
  for (DWORD i = 0; i < algorithms->cCredentialParameters; i++) {
    const WEBAUTHN_COSE_CREDENTIAL_PARAMETER *p = &algorithms->pCredentialParameters[i];
    put(i ? ",{" : "{");
    number("dwVersion", p->dwVersion); text("type", p->pwszCredentialType); number("alg", p->lAlg);
    put("}");
  }
  put("]");
  name("clientData"); put("{");
  number("dwVersion", client_data->dwVersion);
  bytes("json", client_data->pbClientDataJSON, client_data->cbClientDataJSON);
  text("hash", client_data->pwszHashAlgId);
  put("}");
  name("options"); put("{");
  put_options(options);
  put("}}");

  if (told.hresult != 0) return told.hresult;
  if (told.attestation_version == 0) { *attestation = NULL; return 0; }
  DWORD version = told.attestation_version;
  /* Allocated to the byte, behind it a page of noise would be read as garbage. */
  BYTE *memory = malloc(attestation_size(version));
  WEBAUTHN_CREDENTIAL_ATTESTATION *a = (WEBAUTHN_CREDENTIAL_ATTESTATION *)memory;
  memset(memory, 0, attestation_size(version));
  a->dwVersion = version;
  a->pwszFormatType = u"packed";
  a->cbAttestationObject = told.object_length;
  a->pbAttestationObject = copy(told.object, told.object_length);
  if (version >= 3) a->dwUsedTransport = told.transport;
  if (version >= 4) { a->bEpAtt = 1; a->bResidentKey = 1; }
  if (version >= 8) {
    a->dwTransports = told.transport | 2;
    a->cbClientDataJSON = told.client_data_length;
    a->pbClientDataJSON = told.client_data_length ? copy(told.client_data, told.client_data_length) : NULL;
  }
  *attestation = a;
  outstanding++;
  return 0;
}

void WebAuthNFreeCredentialAttestation(WEBAUTHN_CREDENTIAL_ATTESTATION *a) {
  if (!a) return;
  free(a->pbAttestationObject);
  if (a->dwVersion >= 8) free(a->pbClientDataJSON);
  /* What is read after this is wrong, and shall look wrong. */
  memset(a, 0xdd, attestation_size(a->dwVersion));
  free(a);
  outstanding--;
}

#include "webauthn-offsets.h"
