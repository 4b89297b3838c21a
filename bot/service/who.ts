import { type Method, type ReadinessLine } from '../entra';
import { type PersonRef } from '../tickets/people';
import { isOpen, type Moment, type Passkey } from '../tickets/ticket';
import { type TicketView, viewOf } from '../tickets/view';
import { findPerson } from './ask';
import { type Deps, momentOf } from './deps';
import { type Member } from './member';
import { type WorkstationState } from './ports';
import { factsOf, passkeyOf, readSubject } from './subject';
import { ticketsIn } from './tickets-in';

const RECENT = 5;

/** Somebody as the helpdesk sees them: how they sign in, their keys, what runs for them, and what is in the way. */
export interface PersonNow {
  person: PersonRef;
  userPrincipalName: string;
  jobTitle?: string;
  department?: string;
  manager?: string;
  enabled: boolean;
  external: boolean;
  methods: readonly { kind: Method['kind']; name?: string; usable?: boolean; createdAt?: Moment }[];
  keys: readonly Passkey[];
  readiness: readonly ReadinessLine[];
  workstations: readonly { name: string; kind: 'own' | 'desk'; state: WorkstationState; lastSeenAt?: Moment }[];
  open: readonly TicketView[];
  recent: readonly TicketView[];
}

export type WhoAnswer =
  | { found: PersonNow }
  | { refusal: { code: string; facts?: Record<string, string | number> }; candidates: PersonRef[] };

function methodOf(method: Method): PersonNow['methods'][number] {
  const { kind, createdAt } = method;
  const name = 'displayName' in method ? method.displayName : 'phoneType' in method ? method.phoneType : undefined;
  return {
    kind,
    ...(name !== undefined && { name }),
    ...('isUsable' in method && { usable: method.isUsable }),
    ...(createdAt && { createdAt: createdAt.toISOString() }),
  };
}

async function ticketsOf(
  deps: Deps,
  member: Member,
  person: string,
): Promise<{ open: TicketView[]; recent: TicketView[] }> {
  const tickets = await ticketsIn(deps, await deps.tickets.ofPerson(person, { size: 10 }));
  const views = (some: typeof tickets) => some.flatMap((ticket) => viewOf(ticket, member, momentOf(deps)) ?? []);
  const open = tickets.filter(isOpen);
  return { open: views(open), recent: views(tickets.filter((one) => !open.includes(one)).slice(0, RECENT)) };
}

/**
 * Looks somebody up for the helpdesk, by name, address or id. Each look is logged, by ids alone. Several who fit are
 * offered to choose from.
 */
export async function whoIs(deps: Deps, member: Member, text: string): Promise<WhoAnswer> {
  if (!member.helpdesk) return { refusal: { code: 'helpdesk-only' }, candidates: [] };
  const person = await findPerson(deps, text);
  if ('refusal' in person) {
    const { code, facts } = person.refusal;
    return { refusal: { code, ...(facts && { facts }) }, candidates: person.candidates };
  }
  deps.log('person-looked-up', { by: member.id, person: person.id });
  const [subject, methods, tickets, workstations, manager] = await Promise.all([
    readSubject(deps, person.id, { flow: 'onboarding' }),
    deps.entra.methods.list(person.id),
    ticketsOf(deps, member, person.id),
    deps.workstations.ofPerson(person.id),
    deps.entra.people.manager(person.id),
  ]);
  const { enabled, external } = factsOf(subject.person);
  const { userPrincipalName, jobTitle, department } = subject.person;
  return {
    found: {
      person,
      userPrincipalName,
      ...(jobTitle && { jobTitle }),
      ...(department && { department }),
      ...(manager && { manager: manager.displayName }),
      enabled,
      external,
      methods: methods.map(methodOf),
      keys: subject.passkeys.map(passkeyOf),
      readiness: subject.readiness,
      workstations: workstations
        .filter(({ state }) => state !== 'removed')
        .map(({ name, kind, state, lastSeenAt }) => ({ name, kind, state, ...(lastSeenAt && { lastSeenAt }) })),
      ...tickets,
    },
  };
}
