import { type Fault } from '../protocol/fault';

/** How one thing stands. What nobody could look at is `not-checked`, never `ok`. */
export type FindingState = 'ok' | 'attention' | 'stop' | 'not-checked';

/** The things that the doctor looks at; stable, for programs. */
export type CheckId =
  | 'session'
  | 'data-directory'
  | 'pairing'
  | 'key-store'
  | 'proxy'
  | 'service'
  | 'clock'
  | 'hid-library'
  | 'elevation'
  | 'input-access'
  | 'hid-access'
  | 'other-program'
  | 'key'
  | 'pin'
  | 'capabilities'
  | 'room'
  | 'model';

/** What one check found. */
export interface Finding {
  check: CheckId;
  state: FindingState;
  /** Which key, where it is about one: the path or address that `keys` shows. */
  device?: string;
  /** One sentence: how it stands, and why. */
  say: string;
  /** What to do; on everything that stops. */
  todo?: string;
  /** Lines to be copied as they are: a rule, a command. */
  copy?: string;
}

export const ok = (check: CheckId, say: string): Finding => ({ check, state: 'ok', say });
export const attention = (check: CheckId, say: string, todo: string): Finding => ({
  check,
  state: 'attention',
  say,
  todo,
});
export const stop = (check: CheckId, say: string, todo: string): Finding => ({ check, state: 'stop', say, todo });
/** @param why What kept the check from looking */
export const notChecked = (check: CheckId, why: string): Finding => ({ check, state: 'not-checked', say: why });

/** A Fault is a reason to stop, in its own words. */
export function stopFor(check: CheckId, { say, todo }: Fault): Finding {
  return stop(check, say, todo);
}
