import { detailsOf } from '../service/details';
import { type Ticket } from '../tickets/ticket';
import { asItIsNow } from './as-it-is-now';
import { DONE, type Run } from './effect';

function personIn(ticket: Ticket, id: string) {
  const { requester, subject, hander, approvers, formerApprovers = [] } = ticket;
  const people = [requester, subject, ...(hander ? [hander] : []), ...approvers, ...formerApprovers];
  return people.find((person) => person.id === id);
}

/** Posts or updates one person's card of the ticket, drawn from the ticket as it is now. */
export const card: Run<'card'> = (deps, ticket, { person: id, slot, nudge, since }) =>
  asItIsNow(deps, ticket, async (now, first) => {
    const person = personIn(now, id);
    const details = person && (await detailsOf(deps, now, { ...person, helpdesk: false }));
    if (!details) return DONE;
    // Somebody else was asked in their place. A card that they have already tells the truth all the same.
    const away = slot === 'approval' && now.approvers.some((one) => one.id === id && one.away !== undefined);
    if (away && !(await deps.conversations.card(now.id, id, slot))) return DONE;
    const delivered = await deps.messenger.card({
      ...{ person, slot, nudge: nudge && first, details },
      ...(since !== undefined && { since }),
    });
    // A subject who is not in Teams yet is why somebody asked on their behalf; anyone else who cannot be reached is news.
    const expected = now.hander !== undefined && id === now.subject.id;
    if (delivered !== 'not-installed' || expected) return DONE;
    return { kind: 'outcome', command: { kind: 'unreached', person, code: 'not-installed' } };
  });
