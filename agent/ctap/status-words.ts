import { type FaultDetails } from '../protocol/fault';
import { STATUS } from './status';

/** What a person reads of a status. */
export type Words = Pick<FaultDetails, 'code' | 'say' | 'todo' | 'retry'>;

const AGAIN = 'Unplug the key, plug it in again and try once more.';
const OTHER_KEY = 'Use another key, or ask your helpdesk.';
const noTouch: Words = {
  code: 'key-no-touch',
  say: 'The security key was not touched in time.',
  todo: 'Start again and touch the key when it blinks.',
  retry: true,
};
const busy: Words = {
  code: 'key-busy',
  say: 'Another program is using the security key.',
  todo: 'Close other windows that wait for the key, then try again.',
  retry: true,
};
const noSuchOption: Words = {
  code: 'key-option-missing',
  say: 'The security key lacks an option that is needed here.',
  todo: OTHER_KEY,
};
const rejected: Words = {
  code: 'key-request-rejected',
  say: 'The security key did not accept the request.',
  todo: `${AGAIN} If it stays so, use another model.`,
  retry: true,
};
const refused: Words = {
  code: 'key-refused',
  say: 'The security key does not know this command.',
  todo: 'Use a key that supports FIDO2.',
};

/** The words for each status that has words of its own. */
export const STATUS_WORDS: ReadonlyMap<number, Words> = new Map<number, Words>([
  [STATUS.INVALID_COMMAND, refused],
  [STATUS.INVALID_SUBCOMMAND, refused],
  [STATUS.INVALID_PARAMETER, rejected],
  [STATUS.INVALID_LENGTH, rejected],
  [STATUS.INVALID_SEQ, rejected],
  [STATUS.INVALID_CHANNEL, rejected],
  [STATUS.CBOR_UNEXPECTED_TYPE, rejected],
  [STATUS.INVALID_CBOR, rejected],
  [STATUS.MISSING_PARAMETER, rejected],
  [STATUS.INVALID_CREDENTIAL, rejected],
  [STATUS.INTEGRITY_FAILURE, rejected],
  [STATUS.TIMEOUT, noTouch],
  [STATUS.USER_ACTION_TIMEOUT, noTouch],
  [STATUS.ACTION_TIMEOUT, noTouch],
  [STATUS.UP_REQUIRED, noTouch],
  [STATUS.CHANNEL_BUSY, busy],
  [STATUS.LOCK_REQUIRED, busy],
  [STATUS.PROCESSING, busy],
  [STATUS.USER_ACTION_PENDING, busy],
  [STATUS.OPERATION_PENDING, busy],
  [STATUS.UNSUPPORTED_OPTION, noSuchOption],
  [STATUS.INVALID_OPTION, noSuchOption],
  [
    STATUS.NO_OPERATIONS,
    {
      code: 'key-out-of-step',
      say: 'The security key lost track of what it was doing.',
      todo: 'Start again.',
      retry: true,
    },
  ],
  [
    STATUS.LIMIT_EXCEEDED,
    { code: 'key-limit-exceeded', say: 'The request goes beyond what the security key can hold.', todo: OTHER_KEY },
  ],
  [
    STATUS.FP_DATABASE_FULL,
    {
      code: 'key-fingerprints-full',
      say: 'The security key has no room for another fingerprint.',
      todo: 'Remove a fingerprint that is no longer needed, then try again.',
    },
  ],
  [
    STATUS.LARGE_BLOB_STORAGE_FULL,
    { code: 'key-large-blobs-full', say: 'The storage of the security key is full.', todo: OTHER_KEY },
  ],
  [
    STATUS.CREDENTIAL_EXCLUDED,
    {
      code: 'key-already-registered',
      say: 'This security key is already registered for this user.',
      todo: 'Use another key, or sign in with this one.',
    },
  ],
  [
    STATUS.UNSUPPORTED_ALGORITHM,
    {
      code: 'key-algorithm-unsupported',
      say: 'The security key knows none of the signature algorithms that are accepted.',
      todo: OTHER_KEY,
    },
  ],
  [
    STATUS.OPERATION_DENIED,
    {
      code: 'key-denied',
      say: 'It was declined at the security key, or the key was not touched in time.',
      todo: 'Start again and touch the key when it blinks.',
      retry: true,
    },
  ],
  [
    STATUS.KEY_STORE_FULL,
    {
      code: 'key-full',
      say: 'The memory of the security key is full.',
      todo: 'Delete a passkey that is no longer needed from the key, then try again.',
    },
  ],
  [
    STATUS.KEEPALIVE_CANCEL,
    { code: 'key-cancelled', say: 'It was cancelled.', todo: 'Start again when you are ready.', retry: true },
  ],
  [
    STATUS.NO_CREDENTIALS,
    { code: 'key-no-passkey', say: 'There is no such passkey on this security key.', todo: 'Try another key.' },
  ],
  [
    STATUS.NOT_ALLOWED,
    {
      code: 'key-not-allowed',
      say: 'The security key does not allow this now: it may be too late after plugging in, or switched off.',
      todo: 'Unplug the key, plug it in again and confirm within 5 seconds.',
      retry: true,
    },
  ],
  [
    STATUS.PIN_INVALID,
    { code: 'key-pin-wrong', say: 'The PIN is wrong.', todo: 'Enter the PIN again, with care.', retry: true },
  ],
  [
    STATUS.PIN_BLOCKED,
    {
      code: 'key-pin-blocked',
      say: 'The PIN of this security key is locked for ever: too many wrong tries.',
      todo: 'The key must be reset, which erases every passkey on it: ask in Teams for help with a locked PIN.',
    },
  ],
  [
    STATUS.PIN_AUTH_INVALID,
    {
      code: 'key-pin-token-refused',
      say: 'The security key no longer accepts the PIN that was entered a moment ago.',
      todo: 'Start again and enter the PIN once more.',
      retry: true,
    },
  ],
  [
    STATUS.PIN_AUTH_BLOCKED,
    {
      code: 'key-pin-replug',
      say: 'Too many wrong PINs in a row: the security key takes no more until it is plugged in again.',
      todo: 'Make sure of the PIN, unplug the key, plug it in again and start over.',
      retry: true,
    },
  ],
  [STATUS.PIN_NOT_SET, { code: 'key-pin-not-set', say: 'This security key has no PIN yet.', todo: 'Set a PIN first.' }],
  [
    STATUS.PUAT_REQUIRED,
    { code: 'key-pin-needed', say: 'The security key asks for its PIN here.', todo: 'Start again and enter the PIN.' },
  ],
  [
    STATUS.PIN_POLICY_VIOLATION,
    {
      code: 'key-pin-policy',
      say: 'The security key does not accept this PIN: too short, too simple, used before, or it must be changed first.',
      todo: 'Choose a longer PIN that is not a row or a repetition.',
      retry: true,
    },
  ],
  [
    STATUS.REQUEST_TOO_LARGE,
    {
      code: 'key-request-too-large',
      say: 'The request is larger than the security key takes.',
      todo: OTHER_KEY,
    },
  ],
  [
    STATUS.UV_BLOCKED,
    {
      code: 'key-fingerprint-blocked',
      say: 'The fingerprint is locked after too many tries.',
      todo: 'Use the PIN of the key instead.',
      retry: true,
    },
  ],
  [
    STATUS.UV_INVALID,
    {
      code: 'key-fingerprint-wrong',
      say: 'The fingerprint did not match.',
      todo: 'Try again, or use the PIN of the key.',
      retry: true,
    },
  ],
  [
    STATUS.UNAUTHORIZED_PERMISSION,
    {
      code: 'key-permission-missing',
      say: 'The PIN was not entered for this purpose.',
      todo: 'Start again and enter the PIN once more.',
      retry: true,
    },
  ],
]);

/** For every other status: vendors and extensions have their own. */
export const OTHER_WORDS: Words = {
  code: 'key-failed',
  say: 'The security key reported an error of its own.',
  todo: AGAIN,
  retry: true,
};
