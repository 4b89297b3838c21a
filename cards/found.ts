import { type Flow, type Status } from '../bot/tickets/ticket';
import { type TicketView } from '../bot/tickets/view';
import { link } from './actions';
import { type AdaptiveCard } from './card';
import { card, heading, quiet } from './elements';
import { fill } from './fill';
import { header } from './header';
import { plain } from './plain';
import { standing } from './ticket-row';
import { type Words } from './words/en';

/** What a search shows of one thing it found, to the one who searches. No Markdown is read in it. */
export interface Preview {
  title: string;
  text: string;
}

/** The public facts of a ticket: whoever reads the conversation may know these. */
export interface PublicTicket {
  shortId: string;
  flow: Flow;
  status: Status;
}

/**
 * What is put into a conversation when somebody chooses a ticket there. All who are in it read it, so it says which
 * ticket and how it stands, and nothing of the people in it; the rest is in each reader's own chat.
 */
export function publicTicketCard(
  { shortId, flow, status, chat }: PublicTicket & { chat: string },
  words: Words,
): AdaptiveCard {
  const title = `${words.flows[flow]} · ${shortId}`;
  return card(
    words,
    `${title}: ${words.statuses[status]}`,
    [header({ shortId, flow, status }, words), heading(shortId)],
    [link(fill(words.shared.openIn, { ticket: shortId }), chat)],
  );
}

export function ticketPreview(view: TicketView, words: Words): Preview {
  return {
    title: `${view.shortId} · ${words.flows[view.flow]}`,
    text: `${fill(words.search.for, { name: view.subject.name.slice(0, 60) })} · ${words.statuses[view.status]} · ${standing(view, words)}`,
  };
}

export interface FoundPerson {
  name: string;
  /** The directory's line about them, shown to the one who searches. */
  upn: string;
  jobTitle?: string;
}

/** A person in a conversation: a name, and the way to more for those of the helpdesk. */
export function publicPersonCard({ name, chat }: { name: string; chat: string }, words: Words): AdaptiveCard {
  return card(
    words,
    words.product,
    [quiet(words.product), heading(plain(name, 60)), quiet(words.search.personHint)],
    [link(words.shared.chat, chat)],
  );
}

export function personPreview({ name, upn, jobTitle }: FoundPerson): Preview {
  return { title: name.slice(0, 80), text: [upn, jobTitle ?? ''].filter((part) => part !== '').join(' · ') };
}
