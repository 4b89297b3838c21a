import { type Models, type ModelsReply } from '../../agent/protocol/messages';
import { rulesFor, targetGroups } from '../entra';
import { type Deps } from './deps';
import { type WorkstationRecord } from './ports';

/** As a rule that nothing satisfies. */
const NONE: Models = [{ enforcement: 'allow', aaguids: [] }];

/** The rules of the tenant on models, for the agent to hold against the key before it writes anything. */
export async function modelsFor(deps: Deps, subject: string): Promise<Models> {
  const policy = await deps.entra.policies.fido2();
  const groups = await deps.entra.people.isMember(subject, targetGroups(policy));
  const rules = rulesFor(policy, groups)
    // A profile for passkeys that are synced lets no security key in.
    .filter(({ deviceBound }) => deviceBound)
    .map(({ keyRestrictions }) => keyRestrictions);
  if (rules.length === 0) return NONE;
  // A profile that names no models lets any in, and one that fits is enough.
  if (!rules.every(({ isEnforced }) => isEnforced)) return [];
  return rules.map(({ enforcementType, aaguids }) => ({ enforcement: enforcementType, aaguids }));
}

/** The same before there is a job, for whom the workstation belongs to. At a desk it depends on who comes. */
export async function modelsAt(deps: Deps, { state, kind, person }: WorkstationRecord): Promise<ModelsReply> {
  return state === 'active' && kind === 'own' ? { models: await modelsFor(deps, person) } : {};
}
