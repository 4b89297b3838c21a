import { type IKoffiCType } from 'koffi';
import { z } from 'zod';
import { keyCancelled, keyMalformed } from '../hid/faults';
import { type Attestation, readAttestation } from './attestation';
import { hresultFault, HRESULT } from './hresult';
import { type Koffi, loadKoffi, type Native, platformMissing } from './koffi';
import { type MakeCredentialArguments, type Structure } from './make-credential-arguments';
import { optionsVersion } from './webauthn-layout';
import { structuresOf } from './webauthn-structures';

/** Windows' WebAuthn service: what of webauthn.dll is used. */
export interface WebAuthnLibrary {
  /** What this Windows knows: 1 to 9 so far. */
  readonly apiVersion: number;
  /** A GUID under which the next call can be called off. */
  newCancellationId(): Structure;
  /**
   * Has Windows make a passkey, with its own window in front of the given one. `signal` closes that window.
   *
   * @throws Fault by what Windows answers: `key-cancelled`, `key-already-registered`, `key-full`, `key-no-touch`, …
   */
  makeCredential(call: MakeCredentialCall): Promise<Attestation>;
}

/** One call. */
export interface MakeCredentialCall {
  /** An HWND, or null. */
  window: unknown;
  arguments: MakeCredentialArguments;
  cancellationId: Structure;
  signal?: AbortSignal | undefined;
}

/** Windows' own name of the library: found in System32 and nowhere else. */
const WEBAUTHN_DLL = 'webauthn.dll';
const CANCEL_AGAIN_MS = 250;

/**
 * Loads the library.
 *
 * @param path another library with the same functions, for tests
 * @throws Fault `key-platform-missing`
 */
export async function loadWebAuthn(
  path = WEBAUTHN_DLL,
  load: () => Promise<Koffi> = loadKoffi,
): Promise<WebAuthnLibrary> {
  const koffi = await load();
  try {
    return bind(koffi, path);
  } catch (cause) {
    throw platformMissing(path, cause);
  }
}

function bind(koffi: Koffi, path: string): WebAuthnLibrary {
  const structures = structuresOf(koffi);
  const to = (name: Parameters<typeof structures>[0], version?: number) => koffi.pointer(structures(name, version));
  const library = koffi.load(path);
  const native = (name: string, result: string, parameters: (string | IKoffiCType)[]) =>
    library.func('__stdcall', name, result, parameters) as Native;

  const apiVersion = z
    .number()
    .int()
    .min(1)
    .parse(native('WebAuthNGetApiVersionNumber', 'uint32_t', [])());
  const anything = koffi.pointer('void');
  const make = native('WebAuthNAuthenticatorMakeCredential', 'int32_t', [
    anything,
    to('WEBAUTHN_RP_ENTITY_INFORMATION'),
    to('WEBAUTHN_USER_ENTITY_INFORMATION'),
    to('WEBAUTHN_COSE_CREDENTIAL_PARAMETERS'),
    to('WEBAUTHN_CLIENT_DATA'),
    to('WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS', optionsVersion(apiVersion)),
    koffi.out(koffi.pointer(anything)),
  ]);
  const free = native('WebAuthNFreeCredentialAttestation', 'void', [anything]);
  const getCancellationId = native('WebAuthNGetCancellationId', 'int32_t', [koffi.out(to('GUID'))]);
  const cancel = native('WebAuthNCancelCurrentOperation', 'int32_t', [to('GUID')]);
  const getErrorName = native('WebAuthNGetErrorName', 'str16', ['int32_t']);

  const check = (hresult: unknown) => {
    const code = z.number().int().parse(hresult);
    if (code === HRESULT.S_OK) return;
    const name = z.string().catch('UnknownError').parse(getErrorName(code));
    throw hresultFault(code, name);
  };
  /** On a thread of its own: the call lasts as long as the person takes. */
  const makeOnThread = (window: unknown, args: MakeCredentialArguments) =>
    new Promise<unknown>((resolve, reject) => {
      const result: unknown[] = [null];
      make.async(window, ...args, result, (error: unknown, hresult: unknown) => {
        // The bytes that `args` points to must live until here; naming them keeps them.
        if (error !== null && error !== undefined) {
          return reject(platformMissing(`call with ${args.length} structures`, error));
        }
        try {
          check(hresult);
          resolve(result[0]);
        } catch (fault) {
          reject(fault instanceof Error ? fault : new TypeError(String(fault)));
        }
      });
    });

  return {
    apiVersion,
    newCancellationId() {
      const id: Record<string, unknown> = {};
      check(getCancellationId(id));
      return id;
    },
    async makeCredential({ window, arguments: args, cancellationId, signal }) {
      if (signal?.aborted) throw keyCancelled();
      let again: NodeJS.Timeout | undefined;
      const stop = () => {
        cancel(cancellationId);
        // The thread may not have come as far as the window yet: there is nothing to call off before that.
        again = setInterval(() => cancel(cancellationId), CANCEL_AGAIN_MS);
      };
      signal?.addEventListener('abort', stop, { once: true });
      let pointer: unknown;
      try {
        pointer = await makeOnThread(window, args);
        if (pointer === null || pointer === undefined) throw keyMalformed('Windows gave no attestation');
        return readAttestation(koffi, structures, pointer);
      } finally {
        signal?.removeEventListener('abort', stop);
        clearInterval(again);
        if (pointer !== null && pointer !== undefined) free(pointer);
      }
    },
  };
}
