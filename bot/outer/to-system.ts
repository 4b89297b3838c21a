import { Fault } from '../../agent/protocol/fault';
import { type OuterChannel } from '../tickets/outer';
import { type Channel, type Known, type Told } from './channel';
import { type OutwardEvent } from './event-schema';
import { halfTold } from './faults';
import { type Openness } from './outward';
import { type OuterRecord, type TicketSystem } from './ticket-system';

/** What an event is in words, for people who read the outer system. */
export interface Note {
  /** One line that names the ticket. */
  title: string;
  text: string;
}

export interface ToSystemParts extends Openness {
  name: OuterChannel;
  system: TicketSystem;
  /** Undefined: the event is not worth a note. */
  noteOf: (event: OutwardEvent) => Note | undefined;
}

/** As long as an answer may be on its way, and a search engine behind. */
const SETTLES_MS = 60_000;

/** By which a note is known again. */
export function markOf({ ticket, sequence }: OutwardEvent): string {
  return `[${ticket.shortId} #${sequence}]`;
}

const ENDS = ['done', 'denied', 'cancelled', 'expired'];
const ENDING = ['ticket.completed', 'ticket.denied', 'ticket.cancelled', 'ticket.expired', 'ticket.thawed'];

function ends({ type, ticket }: OutwardEvent): boolean {
  return ENDING.includes(type) && ENDS.includes(ticket.status);
}

/** Tells a ticket system: one record for each ticket, a note for what is worth one, and an end. */
export function createToSystem({ name, system, noteOf, names, texts }: ToSystemParts): Channel {
  const told = ({ ref, number, url }: OuterRecord): Told => ({
    ref,
    number: { number, ...(url !== undefined && { url }) },
  });

  /** Ends the record, where the event is an end. What fails here does not undo that the event is told. */
  async function close(ref: string, event: OutwardEvent, note: Note): Promise<void> {
    if (!ends(event)) return;
    try {
      await system.close(ref, `${note.text} ${markOf(event)}`);
    } catch (error) {
      throw error instanceof Fault ? halfTold(error) : error;
    }
  }

  /** Looks before it makes: a record whose making was not heard of is found again. */
  async function make(event: OutwardEvent, note: Note, known: Known): Promise<Told | 'not-yet'> {
    const correlation = event.ticket.id;
    const found = await system.find(correlation);
    // Made by this very event, as far as is known; else somebody forgot that it was made, and the event is a note on it.
    if (found && known.doubt) return told(found);
    if (found)
      return (await add(found.ref, event, note, { ...known, doubt: true })) === 'not-yet' ? 'not-yet' : told(found);
    if (known.lookOnly) return 'not-yet';
    return told(await system.create({ correlation, title: note.title, text: `${note.text}\n${markOf(event)}` }));
  }

  async function add(ref: string, event: OutwardEvent, note: Note, known: Known): Promise<Told | 'not-yet'> {
    const mark = markOf(event);
    const there = known.doubt && (await system.hasNote(ref, mark));
    if (!there && known.lookOnly) return 'not-yet';
    if (!there) await system.note(ref, `${note.text} ${mark}`);
    await close(ref, event, note);
    return { ref };
  }

  return {
    ...{ name, names, texts },
    settlesAfterMs: SETTLES_MS,
    async tell(event, known) {
      const note = noteOf(event);
      if (!note) return known.ref === undefined ? {} : { ref: known.ref };
      if (known.ref !== undefined) return add(known.ref, event, note, known);
      const made = await make(event, note, known);
      // The first that is told is what the record is made of; it may be the end already.
      if (made !== 'not-yet' && made.ref !== undefined) await close(made.ref, event, note);
      return made;
    },
  };
}
