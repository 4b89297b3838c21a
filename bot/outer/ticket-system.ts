import { type OuterNumber } from '../tickets/outer';

/** The outer system's own record of a ticket. */
export interface OuterRecord extends OuterNumber {
  /** What its interface calls the record: a sys_id, an issue's id. */
  ref: string;
}

/** A record that is to be made. */
export interface Draft {
  /** Found again by it: the ticket's id. */
  correlation: string;
  /** One line. */
  title: string;
  text: string;
}

/** What Keyvouch needs of a ticket system, by that system's own interface. Every call may throw a Fault `outer-…`. */
export interface TicketSystem {
  /** The record with this correlation; undefined where there is none, or none that shows yet. */
  find(correlation: string): Promise<OuterRecord | undefined>;
  create(draft: Draft): Promise<OuterRecord>;
  /** Whether a note with this mark in it is on the record. */
  hasNote(ref: string, mark: string): Promise<boolean>;
  note(ref: string, text: string): Promise<void>;
  /** Brings the record to its end; harmless where it is there already. */
  close(ref: string, text: string): Promise<void>;
}
