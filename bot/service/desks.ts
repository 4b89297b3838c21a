import { type Deps } from './deps';
import { type WorkstationRecord } from './ports';
import { factsOf } from './subject';

/** The desk workstations that may be used: active, and of somebody who is of the helpdesk now. */
export async function desksInUse(deps: Deps): Promise<readonly WorkstationRecord[]> {
  const active = (await deps.workstations.desks()).filter(({ state }) => state === 'active');
  if (active.length === 0) return [];
  const members = (await deps.entra.people.members(deps.settings.helpdeskGroup)).map(factsOf);
  const helpdesk = new Set(members.filter(({ enabled, external }) => enabled && !external).map(({ id }) => id));
  return active.filter(({ person }) => helpdesk.has(person));
}
