import { type PersonRef } from '../tickets/people';
import { type Moment } from '../tickets/ticket';
import { type Stored } from './ports';

/** Somebody who decides is away for a while, and has said who decides in their place. */
export interface Absence {
  delegate: PersonRef;
  from: Moment;
  /** Moved to the moment at which it was ended early. */
  until: Moment;
  enteredAt: Moment;
}

/** The absences of one person, oldest first: those that are over are kept as long as approvals may rest on them. */
export interface Absences {
  person: PersonRef;
  list: readonly Absence[];
}

/** Absences. The rows are sealed: one written by hand is refused. Each is one row, which erases it. */
export interface AbsenceStore {
  /** Of these people those who have entered any. */
  absencesOf(people: readonly string[]): Promise<readonly Absences[]>;
  absence(person: string): Promise<Stored<Absences> | undefined>;
  /** @returns false where the ETag no longer holds (or, without one, where there is a row already). */
  putAbsence(absences: Absences, etag?: string): Promise<boolean>;
  removeAbsence(person: string): Promise<void>;
}

/** Whose requests are counted. */
export type CountedBy = { requester: string } | { subject: string } | 'tenant';
