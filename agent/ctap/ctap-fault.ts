import { Fault, type FaultDetails } from '../protocol/fault';
import { statusName } from './status';
import { OTHER_WORDS, STATUS_WORDS } from './status-words';

/** A Fault that the key itself reported; `status` is its CTAP2 status code. */
export class CtapFault extends Fault {
  constructor(
    readonly status: number,
    details: FaultDetails,
  ) {
    super(details);
    this.name = 'CtapFault';
  }
}

/** Whether the key refused with one of these codes. */
export function hasStatus(error: unknown, ...statuses: number[]): error is CtapFault {
  return error instanceof CtapFault && statuses.includes(error.status);
}

/** The Fault for a status byte other than 0; facts carry the code and its name. `more` adds numbers such as retries. */
export function ctapFault(status: number, more: Readonly<Record<string, string | number | boolean>> = {}): CtapFault {
  const words = STATUS_WORDS.get(status) ?? OTHER_WORDS;
  return new CtapFault(status, { ...words, facts: { ctapStatus: status, ctapName: statusName(status), ...more } });
}
