import { type Fault } from '../protocol/fault';

/** Exit statuses of the agent: the kind of failure, for scripts. The numbers stay; `--help` explains them. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  service: 3,
  key: 4,
  notPaired: 5,
  refused: 6,
  pin: 7,
  unsupported: 8,
  access: 9,
  noAnswer: 10,
  inTheWay: 11,
  cancelled: 130,
} as const;

/** The first pattern that matches counts. */
const BY_CODE: readonly [RegExp, number][] = [
  [/^(key-cancelled|declined|reset-declined)$/, EXIT.cancelled],
  [/^(usage|pin-on-command-line|setting-.*)$/, EXIT.usage],
  [/^(not-paired|workstation-not-paired|pairing-.*|key-store-.*)$/, EXIT.notPaired],
  [
    /^(remote-session|job-not-trusted|job-expired|job-seen|options-.*|approval-.*|key-model-not-allowed)$/,
    EXIT.refused,
  ],
  [/^(service-.*|clock-off|ca-unreadable|proof-.*|unexpected)$/, EXIT.service],
  [/^(no-answer|no-terminal|confirm-needed|confirm-wrong)$/, EXIT.noAnswer],
  [/^(key-access-denied|hid-not-available)$/, EXIT.access],
  [
    /^key-(cannot-.*|no-fingerprint|setting-(missing|fixed)|no-large-blobs|.*-unsupported|u2f-only|option-missing|refused)$/,
    EXIT.unsupported,
  ],
  [/^(key-pin-.*|pin-.*|key-fingerprint-(wrong|blocked)|key-no-verification|key-permission-missing)$/, EXIT.pin],
  [/^(key-.*|hid-.*|device-.*|passkey-.*|fingerprint-.*|blob-.*|reset-.*)$/, EXIT.key],
];

/** The exit status for a Fault, by its code. */
export function exitStatus({ code }: Pick<Fault, 'code'>): number {
  return BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? EXIT.failed;
}

/** What each exit status means, for `--help`. */
export const EXIT_WORDS: readonly [number, string][] = [
  [EXIT.done, 'done'],
  [EXIT.failed, 'something else went wrong'],
  [EXIT.usage, 'the command line is wrong'],
  [EXIT.service, 'the Keyvouch service cannot be reached, or this clock is off'],
  [EXIT.key, 'the security key: none there, not the right one, gone, busy, full, not touched in time, no such passkey'],
  [EXIT.notPaired, 'this workstation is not paired, or its own key cannot be read'],
  [EXIT.refused, 'refused for safety: a remote session, a job or a model that is not trusted'],
  [EXIT.pin, 'the PIN: wrong, locked, not set, too short; or the fingerprint did not do'],
  [EXIT.unsupported, 'this model of key cannot do it'],
  [EXIT.access, 'this user may not open security keys on this computer (see "doctor")'],
  [EXIT.noAnswer, 'a question needed an answer and nobody was there to give it'],
  [EXIT.inTheWay, '"doctor" found something that stands in the way'],
  [EXIT.cancelled, 'called off, or answered with no'],
];
