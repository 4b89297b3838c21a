import { type Ticket } from '../../../bot/tickets/ticket';
import { type Answer } from './deliver';

/** One click that arrived several times at once, and what was found afterwards. */
export interface Burst {
  verb: string;
  times: number;
  /** Of each delivery. */
  answers: readonly Answer[];
  /** How often the audit of the ticket has this kind of event since the burst before. */
  events: Readonly<Record<string, number>>;
  /** What the click is to bring about, once; empty: nothing is recorded. */
  once: readonly string[];
  ticketsNow: number;
  /** Passes that Entra made during the burst. */
  passesMade: number;
  ticket: Pick<Ticket, 'approvals' | 'vouchTries'>;
}

/** What is wrong with a burst, a line each; empty: the click counted once, and everybody got an answer. */
export function wrongWith(burst: Burst): string[] {
  const { verb, times, answers, events, once, ticketsNow, passesMade, ticket } = burst;
  const what = `${verb} × ${times}`;
  const faults = answers.flatMap(({ fault }) => fault ?? []);
  const shown = answers.filter(({ letters }) => letters !== undefined).length;
  const passes = verb === 'show' ? 1 : 0;
  return [
    ...(faults.length === 0
      ? []
      : [`${what}: ${faults.length} deliveries had no good answer, but ${faults.join(', ')}`]),
    ...once
      .filter((kind) => events[kind] !== 1)
      .map((kind) => `${what}: "${kind}" was recorded ${events[kind] ?? 0} times`),
    ...(ticketsNow === 1 ? [] : [`${what}: ${ticketsNow} tickets of one request`]),
    ...(passesMade === passes ? [] : [`${what}: ${passesMade} passes were made, not ${passes}`]),
    ...(verb === 'show' && shown !== 1 ? [`${what}: ${shown} answers held a pass, not 1`] : []),
    ...(ticket.approvals.length <= 1 ? [] : [`${what}: ${ticket.approvals.length} approvals of one person`]),
    ...(ticket.vouchTries <= 1 ? [] : [`${what}: one wrong code counted as ${ticket.vouchTries} tries`]),
  ];
}
