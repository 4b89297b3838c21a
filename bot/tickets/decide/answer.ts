import { type Command, type Refusal } from '../commands';
import { isComplete } from '../complete';
import { type TicketEvent } from '../events';
import { evolve } from '../evolve';
import { type Ticket } from '../ticket';

/** What came of a command: events, or a refusal; a wrong vouch code is both. */
export interface Answer {
  events: readonly TicketEvent[];
  refusal?: Refusal;
}

type Body<T> = T extends unknown ? Omit<T, 'at' | 'by' | 'requestIds'> : never;

/** An event of one kind, without the moment and the actor that its command gives it. */
export type BodyOf<K extends TicketEvent['kind']> = Body<Extract<TicketEvent, { kind: K }>>;

/** Events of a command: its moment, its actor and its calls to Graph are theirs. */
export function happened({ at, by, requestIds }: Command, ...events: Body<TicketEvent>[]): Answer {
  return { events: events.map((event) => ({ ...event, at, by, ...(requestIds && { requestIds }) })) };
}

/** The same, with the end where they have brought the ticket to it. */
export function progressed(ticket: Ticket, command: Command, ...events: Body<TicketEvent>[]): Answer {
  const after = happened(command, ...events).events.reduce(evolve, ticket);
  return happened(command, ...events, ...(isComplete(after) ? [{ kind: 'completed' as const }] : []));
}

export function refused(code: string, facts?: Refusal['facts']): Answer {
  return { events: [], refusal: { code, ...(facts && { facts }) } };
}

export const NOTHING: Answer = { events: [] };

/** Narrows the commands to those of one kind. */
export type CommandOf<K extends Command['kind']> = Extract<Command, { kind: K }>;
