import { type Command } from '../tickets/commands';
import { type Effect, type OutboxItem } from '../tickets/effects';
import { type TicketId } from '../tickets/ids';
import { type Moment, type Ticket } from '../tickets/ticket';
import { type Deps } from '../service/deps';

type Body = Command extends infer C ? (C extends Command ? Omit<C, 'at' | 'by'> : never) : never;

/**
 * What came of an effect: nothing more to do, once more later (and perhaps something that the ticket must take already), an
 * outcome that the ticket must take, or outcomes that others must.
 */
export type Result =
  | { kind: 'done' }
  | { kind: 'again'; at: Moment; command?: Body }
  | { kind: 'outcome'; command: Body }
  | { kind: 'elsewhere'; outcomes: readonly { ticket: TicketId; command: Body }[] };

/** How long one process has an item to itself. */
export const LEASE_SECONDS = 45;

export const DONE: Result = { kind: 'done' };

/**
 * Does one thing to the world. It looks before it acts and again after, so that doing it twice is harmless. It throws
 * a Fault where it could not: with `retry` it is tried again, else the helpdesk is told.
 */
export type Run<K extends Effect['kind']> = (
  deps: Deps,
  ticket: Ticket,
  effect: Extract<Effect, { kind: K }>,
  item: OutboxItem,
) => Promise<Result>;
