import { ctapFault } from '../ctap/ctap-fault';
import { STATUS } from '../ctap/status';
import { type ClientData } from '../operations/client-data';
import { type CreationOptions } from '../operations/creation-options';
import { optionsVersion } from './webauthn-layout';
import { emptyStructure } from './webauthn-structures';

/** A structure as koffi takes it: its fields by name. */
export type Structure = Readonly<Record<string, unknown>>;

/** What WebAuthNAuthenticatorMakeCredential is called with, in the order of its parameters after the window. */
export type MakeCredentialArguments = readonly [
  rp: Structure,
  user: Structure,
  algorithms: Structure,
  clientData: Structure,
  options: Structure,
];

/** For one call. */
export interface CallSettings {
  /** What WebAuthNGetApiVersionNumber gave. */
  apiVersion: number;
  /** Milliseconds that Windows is asked to wait for the person; it may wait longer. */
  timeoutMs: number;
  /** A GUID of WebAuthNGetCancellationId. */
  cancellationId: Structure | null;
}

const PUBLIC_KEY = 'public-key';
const CROSS_PLATFORM = 2;
const VERIFICATION_REQUIRED = 1;
const ATTESTATION_DIRECT = 3;
const ENTERPRISE_VENDOR_FACILITATED = 1;
/** credProtect came with API version 2. */
const CRED_PROTECT_SINCE = 2;

/** Puts a registration into Windows' terms, in the newest structures that this Windows knows. */
export function makeCredentialArguments(
  options: CreationOptions,
  clientData: ClientData,
  settings: CallSettings,
): MakeCredentialArguments {
  const { rp, user } = options;
  const algorithms = options.algorithms.map((lAlg) => ({ dwVersion: 1, pwszCredentialType: PUBLIC_KEY, lAlg }));
  return [
    { dwVersion: 1, pwszId: rp.id, pwszName: rp.name ?? rp.id, pwszIcon: null },
    {
      dwVersion: 1,
      cbId: user.id.length,
      pbId: user.id,
      pwszName: user.name ?? '',
      pwszIcon: null,
      pwszDisplayName: user.displayName ?? user.name ?? '',
    },
    { cCredentialParameters: algorithms.length, pCredentialParameters: algorithms },
    {
      dwVersion: 1,
      cbClientDataJSON: clientData.json.length,
      pbClientDataJSON: clientData.json,
      pwszHashAlgId: 'SHA-256',
    },
    makeCredentialOptions(options, settings),
  ];
}

function makeCredentialOptions(options: CreationOptions, settings: CallSettings): Structure {
  const version = optionsVersion(settings.apiVersion);
  const extensions = extensionInputs(options, settings.apiVersion);
  const structure = {
    ...emptyStructure('WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS', version),
    dwVersion: version,
    dwTimeoutMilliseconds: settings.timeoutMs,
    Extensions: { cExtensions: extensions.length, pExtensions: extensions.length > 0 ? extensions : null },
    dwAuthenticatorAttachment: CROSS_PLATFORM,
    bRequireResidentKey: options.discoverable ? 1 : 0,
    dwUserVerificationRequirement: VERIFICATION_REQUIRED,
    // Without attestation nobody could tell which model it is.
    dwAttestationConveyancePreference: ATTESTATION_DIRECT,
    pCancellationId: settings.cancellationId,
    pExcludeCredentialList: excludeList(options.excludeIds),
  };
  const since4 = { dwEnterpriseAttestation: options.enterpriseAttestation ? ENTERPRISE_VENDOR_FACILITATED : 0 };
  // Leads straight to the key, past phones and Windows Hello.
  const since8 = { cCredentialHints: 1, ppwszCredentialHints: ['security-key'] };
  return { ...structure, ...(version >= 4 ? since4 : {}), ...(version >= 8 ? since8 : {}) };
}

function excludeList(ids: readonly Uint8Array[]): Structure | null {
  if (ids.length === 0) return null;
  const ppCredentials = ids.map((id) => ({
    dwVersion: 1,
    cbId: id.length,
    pbId: id,
    pwszCredentialType: PUBLIC_KEY,
    // 0: by whatever way it is reached.
    dwTransports: 0,
  }));
  return { cCredentials: ids.length, ppCredentials };
}

function extensionInputs({ hmacSecret, credProtect }: CreationOptions, apiVersion: number): Structure[] {
  const inputs: Structure[] = [];
  if (hmacSecret) inputs.push(extension('hmac-secret', [1]));
  if (credProtect && apiVersion >= CRED_PROTECT_SINCE) {
    inputs.push(extension('credProtect', [credProtect.level, credProtect.enforce ? 1 : 0]));
  } else if (credProtect?.enforce && credProtect.level > 1) {
    throw ctapFault(STATUS.UNSUPPORTED_OPTION, { option: 'credProtect', apiVersion });
  }
  return inputs;
}

/** An extension's input is a BOOL, or a structure of a DWORD and a BOOL: words of 32 bits, little-endian on all Windows. */
function extension(pwszExtensionIdentifier: string, words: readonly number[]): Structure {
  const pvExtension = Buffer.alloc(4 * words.length);
  words.forEach((word, at) => pvExtension.writeUInt32LE(word, 4 * at));
  return { pwszExtensionIdentifier, cbExtension: pvExtension.length, pvExtension };
}
