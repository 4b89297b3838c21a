import { digitsOf } from '../keys/keys';
import { recipientOf, type Ticket } from '../tickets/ticket';
import { type Viewer, viewOf } from '../tickets/view';
import { type Deps, momentOf } from './deps';
import { type Contact, type TicketDetails } from './messenger';
import { stepUpOf } from '../tickets/step-up';

/** Six digits for the ticket's approvers to pass on. Written nowhere: worked out anew each time from a key. */
export function vouchCodeOf(deps: Deps, ticket: Ticket): string {
  return digitsOf(deps.keys, 'vouch-code', `${ticket.id}~${ticket.subject.id}~${ticket.decidedAt ?? ''}`, 6);
}

/** Two digits that tie the person in the chat to the person at the workstation. */
export function jobNumberOf(deps: Deps, job: string): string {
  return digitsOf(deps.keys, 'job-number', job, 2);
}

async function contactOf(deps: Deps, { subject, workstation, hander }: Ticket): Promise<Contact> {
  const { people } = deps.entra;
  const [person, manager, paired] = await Promise.all([
    people.find(subject.id),
    people.manager(subject.id),
    deps.workstations.ofPerson(subject.id),
  ]);
  const own = hander ? [] : paired.filter(({ state, kind }) => state === 'active' && kind === 'own');
  const phones = [...(person?.businessPhones ?? []), ...(person?.mobilePhone ? [person.mobilePhone] : [])];
  return {
    phones,
    workstations: workstation ? [workstation.name] : own.map(({ name }) => name),
    ...(person?.jobTitle && { jobTitle: person.jobTitle }),
    ...(person?.department && { department: person.department }),
    ...(manager && { manager: manager.displayName }),
  };
}

/** A ticket as this person may see it, or undefined where it is none of their business. */
export async function detailsOf(deps: Deps, ticket: Ticket, viewer: Viewer): Promise<TicketDetails | undefined> {
  const view = viewOf(ticket, viewer, momentOf(deps));
  if (!view) return undefined;
  const decides = view.can.includes('approve') || view.can.includes('show-vouch-code');
  const offered = ticket.job?.state === 'offered' && recipientOf(ticket).id === viewer.id ? ticket.job : undefined;
  const signing = view.stepUp?.mine?.state === 'offered' ? stepUpOf(ticket, viewer.id) : undefined;
  const number = offered?.id ?? signing?.job;
  return {
    view,
    ...(decides && { contact: await contactOf(deps, ticket) }),
    ...(number !== undefined && { jobNumber: jobNumberOf(deps, number) }),
  };
}
