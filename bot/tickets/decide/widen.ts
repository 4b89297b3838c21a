import { type Ticket } from '../ticket';
import { type BodyOf } from './answer';

/** The next circle in which there is anybody, undefined where all have been asked. */
export function nextCircle({ approvers, askedCircle }: Pick<Ticket, 'approvers' | 'askedCircle'>): number | undefined {
  const further = approvers.map(({ circle }) => circle).filter((circle) => circle > askedCircle);
  return further.length === 0 ? undefined : Math.min(...further);
}

/** Where no card reached any of those asked, the next circle is asked at once. `missed`: who was not reached just now. */
export function widenedAtOnce(ticket: Ticket, missed: string): BodyOf<'widened'>[] {
  const { status, approvers, askedCircle, unreached } = ticket;
  const asked = approvers.filter(({ circle }) => circle <= askedCircle);
  if (status !== 'waiting' || !asked.some(({ id }) => id === missed)) return [];
  // Who is away is not written to: that says nothing of whether they can be reached.
  const written = asked.filter(({ away }) => away === undefined);
  const reached = written.some(({ id }) => id !== missed && !unreached.some(({ person }) => person.id === id));
  const next = nextCircle(ticket);
  return reached || next === undefined ? [] : [{ kind: 'widened', circle: next }];
}
