import { CLOCK_SKEW_SECONDS } from '../protocol/request-proof';
import { clockWords } from '../service/clock-words';
import { attention, type Finding, notChecked, ok, stop } from './finding';

/** Beyond half of what the service bears, it is a matter of time. */
const WARN_SECONDS = CLOCK_SKEW_SECONDS / 2;

/** Holds this machine's clock against the service's. @param date The `Date` header of a reply, if there was one */
export function clockCheck(date: string | undefined, now: Date): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs))
    return notChecked('clock', 'The clock is not checked: no reply of the service told the time.');
  const seconds = Math.abs(now.getTime() - theirs) / 1000;
  const todo = 'Switch on automatic time in the system settings, or ask your helpdesk.';
  if (seconds > CLOCK_SKEW_SECONDS) return stop('clock', clockWords(date, now), todo);
  if (seconds > WARN_SECONDS) return attention('clock', clockWords(date, now), todo);
  return ok('clock', `The clock agrees with the service's (within ${Math.ceil(seconds) + 1} seconds).`);
}
