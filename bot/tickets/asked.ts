import { type PersonRef } from './people';
import { type Ticket } from './ticket';

/** Those who have been asked and have not decided: whom a reminder is for. */
export function undecided({ approvers, askedCircle, approvals }: Ticket): PersonRef[] {
  const open = approvers.filter(
    ({ id, circle }) => circle <= askedCircle && !approvals.some((approval) => approval.by.id === id),
  );
  return [...new Map(open.map(({ id, name }) => [id, { id, name }])).values()];
}
