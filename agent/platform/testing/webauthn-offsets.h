/* The layout, as this compiler sees it: the size of each structure and the offset of each field, as JSON. */

#define AT(structure, field) number(#field, offsetof(structure, field))
#define OF(structure) name(#structure); put("{"); number("sizeof", sizeof(structure))
#define END put("}")

const char *StandInLayout(void) {
  seen_length = 0;
  put("{");
  OF(GUID); AT(GUID, Data1); AT(GUID, Data2); AT(GUID, Data3); AT(GUID, Data4); END;
#define S WEBAUTHN_RP_ENTITY_INFORMATION
  OF(WEBAUTHN_RP_ENTITY_INFORMATION); AT(S, dwVersion); AT(S, pwszId); AT(S, pwszName); AT(S, pwszIcon); END;
#undef S
#define S WEBAUTHN_USER_ENTITY_INFORMATION
  OF(WEBAUTHN_USER_ENTITY_INFORMATION);
  AT(S, dwVersion); AT(S, cbId); AT(S, pbId); AT(S, pwszName); AT(S, pwszIcon); AT(S, pwszDisplayName); END;
#undef S
#define S WEBAUTHN_CLIENT_DATA
  OF(WEBAUTHN_CLIENT_DATA);
  AT(S, dwVersion); AT(S, cbClientDataJSON); AT(S, pbClientDataJSON); AT(S, pwszHashAlgId); END;
#undef S
#define S WEBAUTHN_COSE_CREDENTIAL_PARAMETER
  OF(WEBAUTHN_COSE_CREDENTIAL_PARAMETER); AT(S, dwVersion); AT(S, pwszCredentialType); AT(S, lAlg); END;
#undef S
#define S WEBAUTHN_COSE_CREDENTIAL_PARAMETERS
  OF(WEBAUTHN_COSE_CREDENTIAL_PARAMETERS); AT(S, cCredentialParameters); AT(S, pCredentialParameters); END;
#undef S
#define S WEBAUTHN_CREDENTIAL
  OF(WEBAUTHN_CREDENTIAL); AT(S, dwVersion); AT(S, cbId); AT(S, pbId); AT(S, pwszCredentialType); END;
#undef S
#define S WEBAUTHN_CREDENTIALS
  OF(WEBAUTHN_CREDENTIALS); AT(S, cCredentials); AT(S, pCredentials); END;
#undef S
#define S WEBAUTHN_CREDENTIAL_EX
  OF(WEBAUTHN_CREDENTIAL_EX);
  AT(S, dwVersion); AT(S, cbId); AT(S, pbId); AT(S, pwszCredentialType); AT(S, dwTransports); END;
#undef S
#define S WEBAUTHN_CREDENTIAL_LIST
  OF(WEBAUTHN_CREDENTIAL_LIST); AT(S, cCredentials); AT(S, ppCredentials); END;
#undef S
#define S WEBAUTHN_EXTENSION
  OF(WEBAUTHN_EXTENSION); AT(S, pwszExtensionIdentifier); AT(S, cbExtension); AT(S, pvExtension); END;
#undef S
#define S WEBAUTHN_EXTENSIONS
  OF(WEBAUTHN_EXTENSIONS); AT(S, cExtensions); AT(S, pExtensions); END;
#undef S
#define S WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS
  OF(WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS);
  AT(S, dwVersion); AT(S, dwTimeoutMilliseconds); AT(S, CredentialList); AT(S, Extensions);
  AT(S, dwAuthenticatorAttachment); AT(S, bRequireResidentKey); AT(S, dwUserVerificationRequirement);
  AT(S, dwAttestationConveyancePreference); AT(S, dwFlags); AT(S, pCancellationId); AT(S, pExcludeCredentialList);
  AT(S, dwEnterpriseAttestation); AT(S, dwLargeBlobSupport); AT(S, bPreferResidentKey); AT(S, bBrowserInPrivateMode);
  AT(S, bEnablePrf); AT(S, pLinkedDevice); AT(S, cbJsonExt); AT(S, pbJsonExt); AT(S, pPRFGlobalEval);
  AT(S, cCredentialHints); AT(S, ppwszCredentialHints); AT(S, bThirdPartyPayment); AT(S, pwszRemoteWebOrigin);
  AT(S, cbPublicKeyCredentialCreationOptionsJSON); AT(S, pbPublicKeyCredentialCreationOptionsJSON);
  AT(S, cbAuthenticatorId); AT(S, pbAuthenticatorId); END;
#undef S
#define S WEBAUTHN_CREDENTIAL_ATTESTATION
  OF(WEBAUTHN_CREDENTIAL_ATTESTATION);
  AT(S, dwVersion); AT(S, pwszFormatType); AT(S, cbAuthenticatorData); AT(S, pbAuthenticatorData); AT(S, cbAttestation);
  AT(S, pbAttestation); AT(S, dwAttestationDecodeType); AT(S, pvAttestationDecode); AT(S, cbAttestationObject);
  AT(S, pbAttestationObject); AT(S, cbCredentialId); AT(S, pbCredentialId); AT(S, Extensions); AT(S, dwUsedTransport);
  AT(S, bEpAtt); AT(S, bLargeBlobSupported); AT(S, bResidentKey); AT(S, bPrfEnabled);
  AT(S, cbUnsignedExtensionOutputs); AT(S, pbUnsignedExtensionOutputs); AT(S, pHmacSecret); AT(S, bThirdPartyPayment);
  AT(S, dwTransports); AT(S, cbClientDataJSON); AT(S, pbClientDataJSON); AT(S, cbRegistrationResponseJSON);
  AT(S, pbRegistrationResponseJSON); END;
#undef S
  put("}");
  return seen;
}
