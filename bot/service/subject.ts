import { type Passkey as EntraPasskey, type Person, readiness, type ReadinessLine, targetGroups } from '../entra';
import { type Standing } from '../tickets/commands';
import { type PersonFacts } from '../tickets/people';
import { type TicketId } from '../tickets/ids';
import { type Flow, type Passkey, type Way } from '../tickets/ticket';
import { type Deps } from './deps';

/** What rules compare of a person. */
export function factsOf(person: Person): PersonFacts {
  const smtp = person.proxyAddresses.map((address) => address.replace(/^smtp:/i, ''));
  const addresses = [person.mail, ...smtp, ...person.otherMails].flatMap((address) =>
    address ? [address.toLowerCase()] : [],
  );
  return {
    id: person.id,
    name: person.displayName,
    userPrincipalName: person.userPrincipalName,
    enabled: person.accountEnabled,
    external: person.external || person.userType !== 'Member' || person.syncedFromElsewhere === true,
    ...(person.employeeId && { employeeId: person.employeeId }),
    addresses: [...new Set(addresses)],
  };
}

export function passkeyOf(passkey: EntraPasskey): Passkey {
  return {
    methodId: passkey.id,
    name: passkey.displayName,
    ...(passkey.aaguid && { aaguid: passkey.aaguid }),
    ...(passkey.model && { model: passkey.model }),
    ...(passkey.createdAt && { createdAt: passkey.createdAt.toISOString() }),
  };
}

/** A subject as Entra knows them at this moment, and what that means for the flow. */
export interface SubjectNow {
  person: Person;
  standing: Standing;
  readiness: readonly ReadinessLine[];
  passkeys: readonly EntraPasskey[];
  /** Entra's ids of the ways to sign in that a fake page cannot pass on. */
  strong: readonly string[];
}

/** Checks whose answer stands in `Standing` by itself; the others stop the flow by their code. */
const STANDING_CHECKS = ['account', 'guest', 'emergency', 'privileged'];

function isEmergency(deps: Deps, person: Person): boolean {
  const names = [person.id.toLowerCase(), person.userPrincipalName.toLowerCase()];
  return deps.settings.emergencyAccounts.some((account) => names.includes(account));
}

function stopsOf(lines: readonly ReadinessLine[], way: Way | undefined): string[] {
  const stops = lines.filter(({ check, state }) => state === 'stop' && !STANDING_CHECKS.includes(check));
  const needsPass = way === 'pass';
  const noPass = lines.filter(({ check, state }) => needsPass && check === 'pass-method' && state !== 'ok');
  return [...new Set([...stops, ...noPass].map(({ code }) => code))];
}

/**
 * Another ticket about them is frozen: where one thing was not right, no other way in is given, nor asked for or approved,
 * before two of the helpdesk have looked into it. Read as late as everything else, so that none slips by the freeze.
 */
async function frozenLine(deps: Deps, subject: string, own: TicketId | undefined): Promise<ReadinessLine[]> {
  const { items } = await deps.tickets.frozenOf(subject, { size: 2 });
  const other = items.some((id) => id !== own);
  return other ? [{ check: 'other-ticket', state: 'stop', code: 'other-ticket-frozen', facts: {} }] : [];
}

/**
 * Reads all that is to be known of a subject: the account, roles, policies, methods. A role that could not be read
 * makes `privileged` unknown; any other failed read is a Fault, because what was not checked is never called fine.
 */
export async function readSubject(
  deps: Deps,
  id: string,
  { id: own, flow, way }: { id?: TicketId; flow: Flow; way?: Way },
): Promise<SubjectNow> {
  const { entra, settings } = deps;
  const privilege = entra.privileged(id).catch((error: unknown) => {
    deps.log('privilege-unreadable', { subject: id, error: error instanceof Error ? error.message : 'unknown' });
    return undefined;
  });
  const [frozen, person, fido2Policy, passPolicy, methods, passkeys] = await Promise.all([
    frozenLine(deps, id, own),
    entra.people.get(id),
    entra.policies.fido2(),
    entra.policies.temporaryAccessPass(),
    entra.methods.list(id),
    entra.passkeys.list(id),
  ]);
  const groupIds = await entra.people.isMember(id, targetGroups(fido2Policy, passPolicy));
  const known = await privilege;
  const emergency = isEmergency(deps, person);
  const checked = readiness({
    flow,
    person,
    groupIds,
    fido2Policy,
    passPolicy,
    privilege: known,
    methods,
    passkeys,
    emergency,
    wantedLifetime: settings.passMinutes,
  });
  const lines = [...frozen, ...checked];
  const standing: Standing = {
    subject: factsOf(person),
    privileged: known === undefined ? 'unknown' : known.privileged,
    emergency,
    stops: stopsOf(lines, way),
  };
  const strong = methods.filter(({ phishingResistant }) => phishingResistant).map(({ id: method }) => method);
  return { person, standing, readiness: lines, passkeys, strong };
}
