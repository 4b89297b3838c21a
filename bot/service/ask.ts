import { Fault } from '../../agent/protocol/fault';
import { type PersonRef } from '../tickets/people';
import { type Refusal } from '../tickets/commands';
import { shortIdOf } from '../tickets/ids';
import { hasStep } from '../tickets/plan';
import { type Flow, isOpen, type Passkey, type Risk, type Ticket, type WorkstationRef } from '../tickets/ticket';
import { findApprovers } from './approvers';
import { type Deps } from './deps';
import { desksInUse } from './desks';
import { detailsOf } from './details';
import { dispatch } from './dispatch';
import { whyBlocked, whyTooMany } from './limits';
import { type ManagerNews } from './manager-news';
import { type Member } from './member';
import { type Outcome } from './messenger';
import { settleNow } from './outbox';
import { keylessRisk } from './step-up';
import { factsOf, passkeyOf, readSubject, type SubjectNow } from './subject';
import { ticketsIn } from './tickets-in';
import { toldOutside } from './told-outside';
import { whoIsTold } from './told';

/** A request as a person filled it in. The ticket's id was made with the form, so that sending it twice opens one ticket. */
export interface Request {
  /** ULID of the form. */
  id: string;
  flow: Flow;
  subject: string;
  /** Entra's ids of the passkeys that are to go, where the flow removes any; `all` also where nobody knows which. */
  passkeys?: readonly string[] | 'all';
  reason: string;
  hander?: string;
  /** Id of a desk workstation, where the key is to be registered there. */
  desk?: string;
  /** When it came in: what was open then, and is over by the time it is written, was the same request. */
  at: string;
}

/** Finds the one person that a typed name, address or id means. */
export async function findPerson(
  deps: Deps,
  text: string,
): Promise<PersonRef | { refusal: Refusal; candidates: PersonRef[] }> {
  const wanted = text.trim();
  const ref = ({ id, displayName }: { id: string; displayName: string }) => ({ id, name: displayName });
  const exact = wanted === '' ? undefined : await deps.entra.people.find(wanted);
  if (exact) return ref(exact);
  const found = wanted.length < 2 ? [] : await deps.entra.people.search(wanted, 6);
  const [first] = found;
  if (first && found.length === 1) return ref(first);
  const code = first ? 'person-ambiguous' : 'person-unknown';
  return { refusal: { code, facts: { name: wanted.slice(0, 80) } }, candidates: found.map(ref) };
}

/** An account younger than this is worth a word to the approver. */
const NEW_ACCOUNT_MS = 30 * 24 * 3600 * 1000;

/** What an approver reads of the manager. */
const NEWS_RISKS: Readonly<Record<ManagerNews, Risk[]>> = {
  changed: [{ code: 'manager-changed' }],
  none: [],
  unknown: [{ code: 'manager-not-checked' }],
};

async function risksOf(deps: Deps, flow: Flow, subject: SubjectNow, requester: Member): Promise<Risk[]> {
  const passes = await deps.entra.passes.list(subject.person.id);
  const risks: Risk[] = [];
  if (passes.some(({ isUsable }) => isUsable)) risks.push({ code: 'pass-live' });
  if (subject.passkeys.length > 0 && !removes(flow))
    risks.push({ code: 'has-passkeys', facts: { count: subject.passkeys.length } });
  if (requester.id !== subject.person.id) risks.push({ code: 'on-behalf' });
  if (!subject.person.employeeId) risks.push({ code: 'no-employee-id' });
  const { businessPhones, mobilePhone, createdDateTime } = subject.person;
  if (businessPhones.length === 0 && !mobilePhone) risks.push({ code: 'no-phone' });
  const age = createdDateTime && deps.now().getTime() - createdDateTime.getTime();
  if (age !== undefined && age < NEW_ACCOUNT_MS) risks.push({ code: 'account-new' });
  if (!deps.settings.rules[flow].vouch && hasStep({ flow }, 'vouch')) risks.push({ code: 'vouch-off' });
  return risks;
}

async function openTicketOf(deps: Deps, flow: Flow, subject: string, not: string): Promise<string | undefined> {
  const tickets = await ticketsIn(deps, await deps.tickets.ofPerson(subject, { size: 10 }));
  const same = (ticket: Ticket) => ticket.id !== not && ticket.subject.id === subject && ticket.flow === flow;
  return tickets.find((ticket) => isOpen(ticket) && same(ticket))?.shortId;
}

async function deskOf(deps: Deps, id: string): Promise<WorkstationRef | undefined> {
  const desk = (await desksInUse(deps)).find((one) => one.id === id);
  return desk && { id: desk.id, name: desk.name, kind: 'desk' };
}

/** Whether a member may ask for this person: themselves, those they manage, and for the helpdesk anyone. */
export async function mayAskFor(deps: Deps, member: Member, subject: string): Promise<boolean> {
  if (member.id === subject || member.helpdesk) return true;
  return (await deps.entra.people.manager(subject))?.id === member.id;
}

const removes = (flow: Flow): boolean => hasStep({ flow }, 'remove');

/** The passkeys that a request names, as Entra lists them now; undefined where one is not there any more. */
function namedOf({ flow, passkeys }: Request, subject: SubjectNow): Passkey[] | undefined {
  // Which one is on a locked key is found by a look at it.
  if (!removes(flow) || flow === 'locked-pin') return [];
  const all = subject.passkeys.map(passkeyOf);
  if (passkeys === 'all') return all;
  const named = all.filter(({ methodId }) => passkeys?.includes(methodId));
  return named.length === (passkeys?.length ?? 0) ? named : undefined;
}

/** Whether they go at once: the subject's own report, of somebody who can still sign in by another strong way. */
function mayContain(deps: Deps, member: Member, flow: Flow, subject: SubjectNow, named: readonly Passkey[]): boolean {
  const left = subject.strong.filter((id) => !named.some(({ methodId }) => methodId === id));
  return flow === 'lost-key' && deps.settings.containment && member.id === subject.person.id && left.length > 0;
}

/** Opens a ticket, or says why not; nothing is written then. */
export async function ask(deps: Deps, member: Member, request: Request): Promise<Outcome> {
  const { flow, at } = request;
  const [subject, hander, desk, mayOpenForOthers] = await Promise.all([
    readSubject(deps, request.subject, { flow }),
    request.hander ? deps.entra.people.get(request.hander) : undefined,
    request.desk ? deskOf(deps, request.desk) : undefined,
    mayAskFor(deps, member, request.subject),
  ]);
  if (request.desk && !desk) return { refusal: { code: 'workstation-not-active' } };
  const named = namedOf(request, subject);
  if (!named) return { refusal: { code: 'passkey-not-there' } };
  const parties = [member.id, ...(request.hander ? [request.hander] : [])];
  const [{ candidates, rule, news }, risks, alreadyOpen, heard, blocked, tooMany] = await Promise.all([
    findApprovers(deps, deps.settings.rules[flow], subject.person),
    risksOf(deps, flow, subject, member),
    openTicketOf(deps, flow, request.subject, request.id),
    whoIsTold(deps, flow, subject.person, parties),
    whyBlocked(deps, request.subject, flow),
    whyTooMany(deps, member, request.subject),
  ]);
  const by = { kind: 'person', id: member.id, name: member.name } as const;
  const barred = blocked ?? tooMany;
  const keyless = await keylessRisk(deps, rule, candidates);
  const command = {
    kind: 'open',
    at,
    by,
    id: request.id,
    shortId: shortIdOf(request.id),
    flow,
    requester: factsOf(member.person),
    standing: subject.standing,
    ...(hander && { hander: factsOf(hander) }),
    ...(desk && { desk }),
    mayOpenForOthers,
    reason: request.reason,
    rule,
    risks: [...risks, ...(heard === 'nobody' ? [{ code: 'mail-nobody' }] : []), ...NEWS_RISKS[news], ...keyless],
    candidates,
    ...(typeof heard === 'object' && { told: heard }),
    ...(deps.settings.outer && { outer: toldOutside(deps.settings.outer) }),
    samePerson: deps.settings.samePerson,
    passkeysBefore: subject.passkeys.map(({ id }) => id),
    removes: named,
    contain: mayContain(deps, member, flow, subject, named),
    strongMethods: subject.strong.length,
    ...(alreadyOpen && { alreadyOpen }),
    ...(barred && { barred }),
  } as const;
  const opened = await dispatch(deps, request.id, command, `${request.id}~open~${member.id}`).catch(
    (error: unknown) => {
      if (error instanceof Fault && error.code === 'short-id-taken') return undefined;
      throw error;
    },
  );
  if (!opened) return ask(deps, member, { ...request, id: deps.newId() });
  const { stored, refusal, outbox } = opened;
  // The id came from a card: whoever guesses another's gets to see no more than their part in that ticket.
  const details = stored && (await detailsOf(deps, stored.ticket, member));
  if (outbox.length > 0) settleNow(deps, request.id);
  return { ...(details && { details }), ...(refusal && { refusal }) };
}
