import { writeAudit } from './audit';
import type { Directory, Person } from './directory-schema';
import type { State } from './state';

/**
 * Records that somebody's manager changed, as Core Directory does: activity "Set user manager" of category
 * UserManagement; that one is taken away, as an update of the user. What Entra puts into the row's properties is not
 * documented; here it is the manager's id.
 */
export const recordManager = (state: State, at: number, person: Person, before: string | null): void => {
  const { managerId } = person;
  if (managerId === before) return;
  writeAudit(state, at, {
    activityDisplayName: managerId === null ? 'Update user' : 'Set user manager',
    category: 'UserManagement',
    operationType: 'Update',
    target: person,
    service: 'Core Directory',
    modified: [{ displayName: 'Manager', oldValue: before, newValue: managerId }],
  });
};

/** Who reports to whom, to be held against what it is later. */
export const managersIn = ({ people }: Directory): ReadonlyMap<string, string | null> =>
  new Map(people.map(({ id, managerId }) => [id, managerId]));

/** Records every manager that has changed since then. Whoever is new comes with the manager they have. */
export const recordManagers = (state: State, at: number, before: ReadonlyMap<string, string | null>): void => {
  for (const person of state.directory.people) {
    const earlier = before.get(person.id);
    if (earlier !== undefined) recordManager(state, at, person, earlier);
  }
};
