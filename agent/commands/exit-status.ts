import { type Fault } from '../protocol/fault';

/** Exit statuses of the agent: the kind of failure, for scripts. 2 is a wrong command line. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  service: 3,
  key: 4,
  notPaired: 5,
  refused: 6,
  cancelled: 130,
} as const;

const BY_CODE: readonly [RegExp, number][] = [
  [/^key-cancelled$/, EXIT.cancelled],
  [/^(not-paired|workstation-not-paired|pairing-.*)$/, EXIT.notPaired],
  [/^(remote-session|job-not-trusted|job-expired|job-seen|options-.*|key-model-not-allowed)$/, EXIT.refused],
  [/^(service-.*|clock-off|ca-unreadable|proof-.*|unexpected)$/, EXIT.service],
  [/^(key-.*|hid-.*|device-.*)$/, EXIT.key],
];

export function exitStatus({ code }: Pick<Fault, 'code'>): number {
  return BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? EXIT.failed;
}
