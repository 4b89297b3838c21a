import { type DecisionFacts, type Refusal, type Standing } from '../tickets/commands';
import { stillStands } from '../tickets/decide/approvers';
import { stopOf } from '../tickets/standing';
import { type Ticket } from '../tickets/ticket';
import { approversNow } from './approvers';
import { candidatesFor } from './candidates';
import { verifyContainment, verifyDecision } from './decision';
import { type Deps, momentOf } from './deps';
import { factsOf, readSubject } from './subject';

/** Whether those who approved still might: the rule and the delegates read again, for people who are still there. */
async function approversStillStand(deps: Deps, ticket: Ticket, standing: Standing): Promise<boolean> {
  const { people } = deps.entra;
  const [requester, hander, candidates] = await Promise.all([
    people.get(ticket.requester.id),
    ticket.hander ? people.get(ticket.hander.id) : undefined,
    candidatesFor(deps, ticket.rule, ticket.subject.id, ticket.approvals),
  ]);
  const facts = {
    ...{ subject: standing.subject, requester: factsOf(requester), samePerson: deps.settings.samePerson },
    ...(hander && { hander: factsOf(hander) }),
    candidates,
  };
  return ticket.approvals.every((approval) => stillStands(approval, ticket, facts));
}

/**
 * Reads everything again that an effect relies on, right before it: the decision's signature, the subject, the
 * approvers, the policies. What stands in the way is in `stops`, as it is in the answers to people.
 */
export async function guard(deps: Deps, ticket: Ticket): Promise<Standing> {
  await verifyDecision(deps, ticket);
  const { standing } = await readSubject(deps, ticket.subject.id, ticket);
  const approvers = await approversStillStand(deps, ticket, standing);
  // Better now than after the key was written: without roots no attestation can be trusted.
  const { attestationRoots, unattested } = deps.settings;
  const rootless = ticket.way === 'workstation' && attestationRoots.length === 0 && unattested === 'refuse';
  const late = ticket.expiresAt <= momentOf(deps) ? ['approval-over'] : [];
  return {
    ...standing,
    stops: [
      ...standing.stops,
      ...(approvers ? [] : ['approver-no-longer-allowed']),
      ...late,
      ...(rootless ? ['no-attestation-roots'] : []),
    ],
  };
}

/**
 * What stops the removal of a passkey. It gives nobody a way in, so neither a policy nor a disabled account is in its
 * way; that it was decided on, by those who may, is asked again.
 */
export async function whatStopsRemoval(deps: Deps, ticket: Ticket): Promise<Refusal | undefined> {
  await (ticket.decision ? verifyDecision(deps, ticket) : verifyContainment(deps, ticket));
  const { standing } = await readSubject(deps, ticket.subject.id, ticket);
  const approvers = await approversStillStand(deps, ticket, standing);
  const stops = approvers ? [] : ['approver-no-longer-allowed'];
  return stopOf({ ...standing, subject: { ...standing.subject, enabled: true }, stops });
}

export async function whatStops(deps: Deps, ticket: Ticket): Promise<Refusal | undefined> {
  return stopOf(await guard(deps, ticket));
}

async function subjectAndApprovers(deps: Deps, ticket: Ticket) {
  const subject = await readSubject(deps, ticket.subject.id, ticket);
  return { subject, approvers: await approversNow(deps, ticket, subject.person) };
}

/** Reads again all that a person's decision is judged by. */
export async function decisionFacts(deps: Deps, ticket: Ticket, actor: string): Promise<DecisionFacts> {
  const { people } = deps.entra;
  const [who, requester, hander, { subject, approvers }, workstations] = await Promise.all([
    people.get(actor),
    people.get(ticket.requester.id),
    ticket.hander ? people.get(ticket.hander.id) : undefined,
    subjectAndApprovers(deps, ticket),
    deps.workstations.ofPerson(ticket.subject.id),
  ]);
  // Where somebody hands over, the desk is where it happens: the subject's own machine is not named.
  const own = ticket.hander ? [] : workstations.filter(({ state, kind }) => state === 'active' && kind === 'own');
  return {
    actor: factsOf(who),
    requester: factsOf(requester),
    ...(hander && { hander: factsOf(hander) }),
    standing: subject.standing,
    ...approvers,
    samePerson: deps.settings.samePerson,
    hasPhone: subject.person.businessPhones.length > 0 || subject.person.mobilePhone !== undefined,
    workstations: ticket.workstation ? [ticket.workstation] : own.map(({ id, name, kind }) => ({ id, name, kind })),
  };
}
