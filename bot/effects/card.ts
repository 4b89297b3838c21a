import { detailsOf } from '../service/details';
import { type Ticket } from '../tickets/ticket';
import { DONE, type Run } from './effect';

function personIn(ticket: Ticket, id: string) {
  const people = [ticket.requester, ticket.subject, ...(ticket.hander ? [ticket.hander] : []), ...ticket.approvers];
  return people.find((person) => person.id === id);
}

/** Posts or updates one person's card of the ticket, drawn from the ticket as it is now. */
export const card: Run<'card'> = async (deps, ticket, { person: id, slot, nudge }) => {
  const person = personIn(ticket, id);
  const details = person && (await detailsOf(deps, ticket, { ...person, helpdesk: false }));
  if (!details) return DONE;
  const delivered = await deps.messenger.card({ person, slot, nudge, details });
  // A subject who is not in Teams yet is why somebody asked on their behalf; anyone else who cannot be reached is news.
  const expected = ticket.hander !== undefined && id === ticket.subject.id;
  if (delivered !== 'not-installed' || expected) return DONE;
  return { kind: 'outcome', command: { kind: 'unreached', person, code: 'not-installed' } };
};
