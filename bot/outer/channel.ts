import { type OuterChannel, type OuterNumber } from '../tickets/outer';
import { type Openness } from './outward';
import { type OutwardEvent } from './event-schema';

/** What is known of a ticket at the other side before an event is told. */
export interface Known {
  /** What the other side calls its record of the ticket. */
  ref?: string;
  /** An earlier try to tell this event may have arrived: whoever can look, looks first. */
  doubt: boolean;
  /** The earlier try is so young that it may still arrive: nothing new is made yet. */
  lookOnly: boolean;
}

export interface Told {
  ref?: string;
  /** What the ticket is called there, where the answer says so. */
  number?: OuterNumber;
}

/** One who is told of a ticket's events outside of Teams. */
export interface Channel extends Openness {
  name: OuterChannel;
  /** How long a try whose answer was lost may go on at the other side, or not show there yet. Milliseconds. */
  settlesAfterMs: number;
  /**
   * Tells one event. Telling it twice is harmless.
   * @returns `not-yet` where it may only look, and sees nothing
   * @throws Fault `outer-…`
   */
  tell(event: OutwardEvent, known: Known): Promise<Told | 'not-yet'>;
}
