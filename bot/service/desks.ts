import { type Deps } from './deps';
import { helpdeskMembers } from './helpdesk-members';
import { type WorkstationRecord } from './ports';

/** The desk workstations that may be used: active, and of somebody who is of the helpdesk now. */
export async function desksInUse(deps: Deps): Promise<readonly WorkstationRecord[]> {
  const active = (await deps.workstations.desks()).filter(({ state }) => state === 'active');
  if (active.length === 0) return [];
  const helpdesk = new Set((await helpdeskMembers(deps)).map(({ id }) => id));
  return active.filter(({ person }) => helpdesk.has(person));
}
