import { STATUS } from '../ctap/status';
import { STATUS_WORDS, type Words } from '../ctap/status-words';
import { Fault } from '../protocol/fault';

/** HRESULTs that webauthn.dll answers with (winerror.h; the remarks on WebAuthNGetErrorName). */
export const HRESULT = {
  S_OK: 0,
  NTE_EXISTS: 0x8009000f,
  NTE_NOT_FOUND: 0x80090011,
  NTE_TOKEN_KEYSET_STORAGE_FULL: 0x80090023,
  NTE_INVALID_PARAMETER: 0x80090027,
  NTE_NOT_SUPPORTED: 0x80090029,
  NTE_DEVICE_NOT_FOUND: 0x80090035,
  NTE_USER_CANCELLED: 0x80090036,
  ERROR_NOT_SUPPORTED: 0x80070032,
  E_INVALIDARG: 0x80070057,
  ERROR_CANCELLED: 0x800704c7,
  ERROR_TIMEOUT: 0x800705b4,
} as const;

/** Where Windows reports what a key would have reported, a person reads the same words. */
const AS_THE_KEY: ReadonlyMap<number, number> = new Map([
  [HRESULT.NTE_EXISTS, STATUS.CREDENTIAL_EXCLUDED],
  [HRESULT.NTE_TOKEN_KEYSET_STORAGE_FULL, STATUS.KEY_STORE_FULL],
  [HRESULT.NTE_NOT_SUPPORTED, STATUS.UNSUPPORTED_OPTION],
  [HRESULT.ERROR_NOT_SUPPORTED, STATUS.UNSUPPORTED_OPTION],
  [HRESULT.NTE_USER_CANCELLED, STATUS.KEEPALIVE_CANCEL],
  [HRESULT.ERROR_CANCELLED, STATUS.KEEPALIVE_CANCEL],
  [HRESULT.ERROR_TIMEOUT, STATUS.USER_ACTION_TIMEOUT],
]);

const notFound: Words = {
  code: 'key-not-found',
  say: 'Windows found no security key.',
  todo: 'Plug in your security key and start again.',
  retry: true,
};
const refused: Words = {
  code: 'key-platform-refused',
  say: 'Windows did not accept the request for a passkey.',
  todo: 'Install the updates of Windows and try again; if it stays so, report this to your helpdesk.',
};
const failed: Words = {
  code: 'key-platform-failed',
  say: 'Windows could not make the passkey.',
  todo: 'Unplug the key, plug it in again and try once more; if it stays so, report the number to your helpdesk.',
  retry: true,
};

const OWN_WORDS: ReadonlyMap<number, Words> = new Map([
  [HRESULT.NTE_DEVICE_NOT_FOUND, notFound],
  [HRESULT.NTE_NOT_FOUND, notFound],
  [HRESULT.NTE_INVALID_PARAMETER, refused],
  [HRESULT.E_INVALIDARG, refused],
]);

/**
 * The Fault for an HRESULT other than S_OK.
 *
 * @param hresult as a C function returns it: 32 bits, signed
 * @param name what WebAuthNGetErrorName calls it: `NotAllowedError` …
 */
export function hresultFault(hresult: number, name: string): Fault {
  const code = hresult >>> 0;
  const asTheKey = AS_THE_KEY.get(code);
  const words = OWN_WORDS.get(code) ?? (asTheKey === undefined ? undefined : STATUS_WORDS.get(asTheKey)) ?? failed;
  return new Fault({ ...words, facts: { hresult: `0x${code.toString(16).padStart(8, '0')}`, name } });
}
