import { type TicketEvent } from './events';
import { type StepUp } from './step-up';
import { type Ticket } from './ticket';

type EventOf<K extends TicketEvent['kind']> = Extract<TicketEvent, { kind: K }>;

function withStepUp(ticket: Ticket, job: string | undefined, change: Partial<StepUp>): Ticket {
  if (!ticket.stepUps || job === undefined) return ticket;
  return { ...ticket, stepUps: ticket.stepUps.map((one) => (one.job === job ? { ...one, ...change } : one)) };
}

/** The newest of this approver takes the place of the one before. */
export function begun(ticket: Ticket, event: EventOf<'approval-begun'>): Ticket {
  const { person: by, how, job, workstation, validUntil, statement, at: begunAt } = event;
  const others = (ticket.stepUps ?? []).filter((one) => one.by.id !== by.id);
  const one: StepUp = { by, how, job, workstation, begunAt, validUntil, state: 'offered', statement };
  return { ...ticket, stepUps: [...others, one] };
}

export function started(ticket: Ticket, { job }: EventOf<'approval-started'>): Ticket {
  return withStepUp(ticket, job, { state: 'started' });
}

export function failed(ticket: Ticket, { job, code }: EventOf<'approval-failed'>): Ticket {
  return withStepUp(ticket, job, { state: 'failed', code });
}

/** The signature itself is in the approval. */
export function signed(ticket: Ticket, { approval }: EventOf<'approved'>): Ticket {
  return withStepUp(ticket, approval.proof?.statement.job, { state: 'signed' });
}
