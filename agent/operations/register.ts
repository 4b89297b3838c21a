import { createHash } from 'node:crypto';
import { type AuthData, parseAuthData } from '../ctap/auth-data';
import { cborMap, encodeCbor } from '../ctap/cbor';
import { ctapFault } from '../ctap/ctap-fault';
import { makeCredential, type MakeCredentialReply } from '../ctap/make-credential';
import { PERMISSION, type PinToken } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { keyCancelled, keyMalformed } from '../hid/faults';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { type ClientData, registrationClientData } from './client-data';
import { type CreationOptions, readCreationOptions } from './creation-options';
import { planExtensions, usableAlgorithms } from './creation-plan';
import { ensurePin } from './ensure-pin';
import { findOnKey } from './exclude-list';
import { type Key } from './key';
import { removeCredential } from './remove-credential';
import { type Registration, type RegisterRequest } from './registrar';
import { listParts } from './silent-question';
import { withTouch } from './touch';
import { verifyUser } from './user-verification';

/**
 * Makes a passkey on a key: the model is checked first, a PIN is set if there is none, then the options are read, the
 * person verified, the exclude list asked silently, and the credential made with a touch.
 *
 * @throws Fault of `allows`, `options-…`, `key-already-registered`, `key-no-touch`, `key-full`, `key-cancelled`, …
 */
export async function register(key: Key, request: RegisterRequest): Promise<Registration> {
  const { prompts, signal, rpId } = request;
  const refused = request.allows?.(key.info.aaguid);
  if (refused) throw refused;
  if (request.origin !== undefined && request.origin !== `https://${rpId}`) throw wrongOrigin();
  // What is already here is checked before the key is touched at all.
  const early = typeof request.options === 'function' ? undefined : readCreationOptions(request.options, rpId);
  if (early) planExtensions(key, early);

  const hadPin = key.info.options['clientPin'] !== false;
  const chosen = await ensurePin(key, { prompts, signal });
  const options = early ?? readCreationOptions(await fetched(request.options), rpId);
  const clientData = registrationClientData(options.challenge, rpId);
  const { made, pin } = await verifyAndMake(key, request, options, clientData, chosen);
  const authData = parseAuthData(made.authData);
  let kept: Secret | undefined = pin ?? chosen;
  const remove = async () => {
    if (authData.credential) await removeCredential(key, authData.credential.credentialId, { prompts, pin: kept });
  };
  try {
    const credential = checkMade(key, authData, rpId);
    // Cancelled while the key was already done: the person wants nothing made.
    if (signal?.aborted) throw keyCancelled();
    return {
      credentialId: credential.credentialId,
      attestationObject: attestationObject(made),
      clientDataJSON: clientData.json,
      aaguid: credential.aaguid,
      transports: key.info.transports.length > 0 ? key.info.transports : ['usb'],
      extensions: Object.fromEntries([...authData.extensions].map(([name, output]) => [String(name), output])),
      enterpriseAttestation: made.enterpriseAttestation,
      pinWasSet: !hadPin,
      remove,
      forget: () => void (kept = undefined),
    };
  } catch (error) {
    // Nobody will learn of this passkey, so it should not stay; why it is refused matters more than whether that works.
    await remove().catch(() => undefined);
    throw error;
  }
}

async function verifyAndMake(
  key: Key,
  request: RegisterRequest,
  options: CreationOptions,
  clientData: ClientData,
  chosen: Secret | undefined,
): Promise<{ made: MakeCredentialReply; pin: Secret | undefined }> {
  const { prompts, signal, rpId } = request;
  const extensions = planExtensions(key, options);
  const silent = options.excludeIds.length > 0 ? PERMISSION.getAssertion : 0;
  const permissions = PERMISSION.makeCredential | silent;
  const { token, pin } = await verifyUser(key, { permissions, rpId }, { prompts, signal, pin: chosen });
  try {
    const excludeList = await leftToExclude(key, options, token, signal);
    const made = await withTouch(prompts, 'Touch the key to make the passkey.', (onKeepalive) =>
      makeCredential(
        key.ctap,
        {
          clientDataHash: clientData.hash,
          rp: options.rp,
          user: options.user,
          algorithms: usableAlgorithms(key, options),
          excludeList,
          extensions,
          discoverable: options.discoverable,
          token,
          enterpriseAttestation: options.enterpriseAttestation && key.info.options['ep'] === true ? 1 : undefined,
        },
        { signal, onKeepalive, limitMs: request.touchMs },
      ),
    );
    return { made, pin };
  } finally {
    token.wipe();
  }
}

/** Asks silently; where the key does not answer such questions, gives the ids that makeCredential itself must exclude. */
async function leftToExclude(key: Key, { rp, excludeIds }: CreationOptions, token: PinToken, signal?: AbortSignal) {
  if (excludeIds.length === 0) return [];
  const found = await findOnKey(key, { rpId: rp.id, credentialIds: excludeIds, token, signal });
  if (found === undefined) return [];
  if (found !== 'unknown') throw ctapFault(STATUS.CREDENTIAL_EXCLUDED);
  return listParts(key, rp.id, excludeIds)[0] ?? [];
}

function checkMade(key: Key, authData: AuthData, rpId: string): NonNullable<AuthData['credential']> {
  const { credential } = authData;
  if (!credential) throw keyMalformed('makeCredential gave no credential');
  const expected = createHash('sha256').update(rpId).digest();
  if (Buffer.compare(authData.rpIdHash, expected) !== 0) throw keyMalformed('the passkey is for another site');
  if (!authData.userPresent || !authData.userVerified) throw keyMalformed('the passkey was made without its person');
  if (credential.aaguid !== key.info.aaguid) throw keyMalformed('the passkey names another model than getInfo');
  return credential;
}

function attestationObject({ fmt, attStmt, authData }: MakeCredentialReply): Uint8Array {
  return encodeCbor(
    cborMap([
      ['fmt', fmt],
      ['attStmt', attStmt],
      ['authData', authData],
    ]),
  );
}

async function fetched(options: unknown): Promise<unknown> {
  if (typeof options !== 'function') return options;
  const result: unknown = await (options as () => unknown)();
  return result;
}

function wrongOrigin(): Fault {
  return new Fault({
    code: 'options-wrong-rp',
    say: 'The service asked for a passkey of another site than it may.',
    todo: 'Do not go on; report this to your helpdesk.',
  });
}
