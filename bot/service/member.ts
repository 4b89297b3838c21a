import { Fault } from '../../agent/protocol/fault';
import { type Person } from '../entra';
import { type Viewer } from '../tickets/view';
import { type Deps } from './deps';
import { factsOf } from './subject';

/** A person of this tenant who talks to Keyvouch, as Entra knows them now. */
export interface Member extends Viewer {
  person: Person;
}

/**
 * Who speaks: looked up in Entra by the object id of the channel's token, never by name.
 * @throws Fault `not-a-member` for guests, disabled accounts and people of other tenants
 */
export async function memberOf(deps: Deps, id: string): Promise<Member> {
  const person = await deps.entra.people.find(id);
  const facts = person && factsOf(person);
  if (!person || !facts?.enabled || facts.external) {
    throw new Fault({
      code: 'not-a-member',
      say: 'Keyvouch is for the members of this organisation, and this account is not one of them.',
      todo: 'Sign in to Teams with your work account of this organisation.',
    });
  }
  const groups = await deps.entra.people.isMember(id, [deps.settings.helpdeskGroup]);
  return { id: person.id, name: person.displayName, helpdesk: groups.length > 0, person };
}
