import { type TeamsPerson } from './person';

/** A person as the connector's rosters show one (Teams docs, "Get member list"). */
export function accountOf(person: TeamsPerson) {
  return {
    id: person.mri,
    name: person.name,
    objectId: person.id,
    aadObjectId: person.id,
    email: person.email,
    userPrincipalName: person.userPrincipalName,
    tenantId: person.tenantId,
    userRole: person.role,
  };
}
