import { createHash } from 'node:crypto';
import { type AuthData, parseAuthData } from '../ctap/auth-data';
import { decodeCbor } from '../ctap/cbor';
import { keyCancelled, keyMalformed } from '../hid/faults';
import { type ClientData, registrationClientData } from '../operations/client-data';
import { type CreationOptions, readCreationOptions } from '../operations/creation-options';
import { type RegisterRequest, type Registrar, type Registration } from '../operations/registrar';
import { Fault } from '../protocol/fault';
import { type Attestation } from './attestation';
import { makeCredentialArguments } from './make-credential-arguments';
import { loadWebAuthn, type WebAuthnLibrary } from './webauthn-library';
import { windowInFront } from './window';

/** What of Windows is asked; replaced in tests. */
export interface PlatformParts {
  webauthn: () => Promise<WebAuthnLibrary>;
  window: () => Promise<unknown>;
}

/** The person finds a window, chooses a key, types a PIN or makes one up, and touches. */
const TIMEOUT_MS = 180_000;

/**
 * Makes passkeys through Windows' own WebAuthn service, which any user may. Windows shows its window, asks for the key's
 * PIN (or has one set) and for the touch; no PIN comes into this process. The model of the key is seen only in the
 * finished attestation, so `allows` is asked afterwards.
 */
export function platformRegistrar(parts: Partial<PlatformParts> = {}): Registrar {
  const { webauthn = loadWebAuthn, window = windowInFront } = parts;
  return { kind: 'platform', register: (request) => register({ webauthn, window }, request) };
}

async function register(parts: PlatformParts, request: RegisterRequest): Promise<Registration> {
  const { rpId, signal } = request;
  if (request.origin !== undefined && request.origin !== `https://${rpId}`) throw wrongOrigin();
  const library = await parts.webauthn();
  const options = readCreationOptions(await fetched(request.options), rpId);
  const clientData = registrationClientData(options.challenge, rpId);
  const made = await ask(library, await parts.window(), { request, options, clientData });
  const credential = checkMade(made, clientData, rpId);
  const refused = request.allows?.(credential.aaguid);
  if (refused) throw staysOnKey(refused);
  // Cancelled while the key was already done: the person wants nothing made.
  if (signal?.aborted) throw keyCancelled();
  return {
    credentialId: credential.credentialId,
    attestationObject: made.attestationObject,
    clientDataJSON: clientData.json,
    aaguid: credential.aaguid,
    transports: made.transports.length > 0 ? made.transports : ['usb'],
    extensions: Object.fromEntries([...credential.extensions].map(([name, output]) => [String(name), output])),
    enterpriseAttestation: made.enterpriseAttestation,
    // Windows sets one where there is none, and does not tell.
    pinWasSet: false,
    remove: () => Promise.reject(cannotRemove()),
    forget: () => undefined,
  };
}

/** One ceremony's parts. */
interface Ceremony {
  request: RegisterRequest;
  options: CreationOptions;
  clientData: ClientData;
}

async function ask(library: WebAuthnLibrary, window: unknown, ceremony: Ceremony): Promise<Attestation> {
  const { request, options, clientData } = ceremony;
  const { prompts, signal, touchMs: timeoutMs = TIMEOUT_MS } = request;
  const { apiVersion } = library;
  const cancellationId = library.newCancellationId();
  const args = makeCredentialArguments(options, clientData, { apiVersion, timeoutMs, cancellationId });
  prompts.touch('Windows now opens a window: choose "Security key", enter its PIN there, and touch the key.');
  try {
    return await library.makeCredential({ window, arguments: args, cancellationId, signal });
  } finally {
    prompts.touchDone();
  }
}

function checkMade(made: Attestation, clientData: ClientData, rpId: string) {
  // A newer Windows can write client data of its own; what it signed must be what we composed.
  if (made.clientDataJSON && Buffer.compare(made.clientDataJSON, clientData.json) !== 0) {
    throw keyMalformed('Windows signed other client data');
  }
  const { credential, ...authData } = authDataOf(made);
  if (!credential) throw keyMalformed('Windows gave no credential');
  const expected = createHash('sha256').update(rpId).digest();
  if (Buffer.compare(authData.rpIdHash, expected) !== 0) throw keyMalformed('the passkey is for another site');
  if (!authData.userPresent || !authData.userVerified) throw keyMalformed('the passkey was made without its person');
  return { ...credential, extensions: authData.extensions };
}

function authDataOf({ attestationObject }: Attestation): AuthData {
  const decoded = decodeCbor(attestationObject);
  const authData = decoded instanceof Map ? (decoded as ReadonlyMap<unknown, unknown>).get('authData') : undefined;
  if (!(authData instanceof Uint8Array)) throw keyMalformed('an attestation object without authData');
  return parseAuthData(authData);
}

async function fetched(options: unknown): Promise<unknown> {
  if (typeof options !== 'function') return options;
  const result: unknown = await (options as () => unknown)();
  return result;
}

function staysOnKey({ code, say, todo, retry, facts, cause }: Fault): Fault {
  return new Fault({
    code,
    say: `${say} Windows shows the model only afterwards, so an unused passkey stays on the key; it opens nothing.`,
    todo,
    retry,
    facts: { ...facts, orphan: true },
    cause,
  });
}

function cannotRemove(): Fault {
  return new Fault({
    code: 'key-cannot-delete',
    say: 'Windows lets this user make a passkey on a security key, but not delete it.',
    todo: 'The passkey stays on the key and does no harm; an administrator, or the Keyvouch broker, can delete it.',
  });
}

function wrongOrigin(): Fault {
  return new Fault({
    code: 'options-wrong-rp',
    say: 'The service asked for a passkey of another site than it may.',
    todo: 'Do not go on; report this to your helpdesk.',
  });
}
