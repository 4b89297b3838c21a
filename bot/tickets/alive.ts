import { type Ticket } from './ticket';

/** Whether a pass of this ticket is or may be alive: shown and not ended, or being made. */
export function passMayLive(ticket: Pick<Ticket, 'generations'>): boolean {
  return ticket.generations.some(({ state, endedAt }) => state === 'started' || (state === 'issued' && !endedAt));
}

/** Whether something has been done to the world already, so that an end must tidy up. */
export function hasActed(ticket: Ticket): boolean {
  const { job } = ticket;
  const jobActed = job !== undefined && !job.act && job.state !== 'offered' && job.state !== 'failed';
  const removing = ticket.removals.some(({ state }) => state !== 'named');
  return ticket.generations.length > 0 || jobActed || removing || ticket.reset !== undefined;
}
