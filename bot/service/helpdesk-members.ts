import { type Person } from '../entra';
import { type Deps } from './deps';
import { factsOf } from './subject';

/** Who is of the helpdesk now: its group's members, without guests and accounts that are switched off. */
export async function helpdeskMembers({
  entra,
  settings,
}: Pick<Deps, 'entra' | 'settings'>): Promise<readonly Person[]> {
  const members = await entra.people.members(settings.helpdeskGroup);
  return members.filter((one) => {
    const { enabled, external } = factsOf(one);
    return enabled && !external;
  });
}
