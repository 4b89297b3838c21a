import { type Command } from '../commands';
import { decide } from '../decide/decide';
import { type TicketEvent } from '../events';
import { evolve, replay } from '../evolve';
import { hasStep } from '../plan';
import { type Flow, type Ticket } from '../ticket';
import { plusSeconds } from '../time';
import { type Body } from './body';
import { stepUpCommands } from './step-up-story';
import { CAROL, DESK, HELEN, HUGO, OLD_KEYS, opening, RULE, START } from './story';

/** How a ticket of a story is opened: by Helen for Ada, with Hugo who hands over. */
export interface Opening {
  flow: Flow;
  vouch: boolean;
  needed: number;
  desk: boolean;
  contain: boolean;
  /** Approvers sign with their own keys. */
  stepUp?: boolean;
}

export interface Step {
  /** Seconds since the step before. */
  after: number;
  body: Body;
}

/** What came of a list of steps. */
export interface Told {
  events: readonly TicketEvent[];
  /** Where each command stood: the ticket before it, what it was, and what it did. */
  moves: readonly { before: Ticket; command: Command; events: readonly TicketEvent[]; after: Ticket }[];
  ticket: Ticket;
}

/** Tells a story: what each of its steps did, and what became of the ticket. */
export function told(open: Opening, list: readonly Step[]): Told {
  const rule = {
    ...RULE,
    vouch: open.vouch,
    needed: open.needed,
    blockMinutes: 60,
    ...(open.stepUp && { stepUp: true }),
  };
  const first = opening({
    ...{
      requester: HELEN,
      hander: HUGO,
      mayOpenForOthers: true,
      rule,
      told: { person: CAROL, via: 'manager' },
      outer: ['webhook', 'jira'],
    },
    ...(open.desk && hasStep(open, 'register') && { desk: DESK }),
    ...{ flow: open.flow, passkeysBefore: OLD_KEYS.map(({ methodId }) => methodId), strongMethods: 2 },
    ...(hasStep(open, 'remove') && !hasStep(open, 'diagnose') && { removes: OLD_KEYS, contain: open.contain }),
  });
  const events: TicketEvent[] = [...decide(undefined, first).events];
  let ticket = replay(events);
  if (!ticket) throw new Error('nothing was opened');
  let at = START;
  const moves: Told['moves'][number][] = [];
  for (const { after, body } of list) {
    at = plusSeconds(at, after);
    for (const bodyNow of stepUpCommands(ticket, body)) {
      const command: Command = { ...bodyNow(ticket), at };
      const before: Ticket = ticket;
      const answer = decide(ticket, command);
      for (const event of answer.events) ticket = evolve(ticket, event);
      events.push(...answer.events);
      moves.push({ before, command, events: answer.events, after: ticket });
    }
  }
  return { events, moves, ticket };
}
