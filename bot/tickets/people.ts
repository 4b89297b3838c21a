/** A person as a ticket names them. Identity is `id`, Entra's object id; the name is shown, never compared. */
export interface PersonRef {
  id: string;
  name: string;
}

/** What the directory says of a person, as far as rules compare it. */
export interface PersonFacts extends PersonRef {
  userPrincipalName: string;
  enabled: boolean;
  /** Guest, or homed in another tenant. */
  external: boolean;
  employeeId?: string;
  /** Every mail address of the account in lower case: mail, proxyAddresses, otherMails. */
  addresses: readonly string[];
}

/** Who does something: a person in Teams, a paired workstation, or Keyvouch itself. */
export type Actor =
  | { kind: 'person'; id: string; name: string }
  | { kind: 'workstation'; id: string; person: string }
  | { kind: 'service' };

export const SERVICE: Actor = { kind: 'service' };

/** The id by which an actor is recorded and compared. */
export function actorId(actor: Actor): string {
  return actor.kind === 'service' ? 'keyvouch' : actor.id;
}

/** How a tenant tells that two accounts belong to one person. */
export interface SamePersonSettings {
  /** Pairs of accounts that are known to belong together: object ids or user principal names, in lower case. */
  linkedAccounts: readonly (readonly [string, string])[];
  /** Matches the user name of an admin account; its group 1 is the name of the person's everyday account. */
  adminAccountPattern?: string;
}

function localPart(person: PersonFacts): string {
  return (person.userPrincipalName.split('@')[0] ?? '').toLowerCase();
}

function everydayName(person: PersonFacts, pattern: RegExp | undefined): string {
  const name = localPart(person);
  return pattern?.exec(name)?.[1] ?? name;
}

/**
 * Whether it cannot be told that two accounts are different people's: only two employee ids, one each, tell that.
 * Asked after `samePerson`, which says when they are one person's.
 */
export function mayBeSamePerson(a: PersonFacts, b: PersonFacts): boolean {
  return !a.employeeId || !b.employeeId;
}

/**
 * Whether two accounts are the same person's: the same account, a shared non-empty employee id or mail address, a
 * configured pair, or an admin account and its everyday account by the naming rule.
 */
export function samePerson(a: PersonFacts, b: PersonFacts, settings: SamePersonSettings): boolean {
  if (a.id === b.id) return true;
  if (a.employeeId && a.employeeId === b.employeeId) return true;
  if (a.addresses.some((address) => b.addresses.includes(address))) return true;
  const isIn = (pair: readonly string[]) => (one: PersonFacts) =>
    pair.includes(one.id) || pair.includes(one.userPrincipalName.toLowerCase());
  if (settings.linkedAccounts.some((pair) => [a, b].every(isIn(pair)))) return true;
  if (!settings.adminAccountPattern) return false;
  const pattern = new RegExp(settings.adminAccountPattern, 'i');
  const isAdmin = pattern.test(localPart(a)) || pattern.test(localPart(b));
  return isAdmin && everydayName(a, pattern) === everydayName(b, pattern);
}
