import { type OutwardEvent } from '../bot/outer/event-schema';
import { fill } from './fill';
import { inert } from './plain';
import { entry } from './said';
import { type Words } from './words/en';

export interface OuterNote {
  title: string;
  text: string;
}

/**
 * What a person wrote, for another system's page. Square brackets give way to round ones: ServiceNow's journals read
 * `[code]` as HTML.
 */
function harmless(text: string, atMost: number): string {
  return inert(text, atMost).replace(/\[/g, '(').replace(/\]/g, ')');
}

/** An event in words for those who read the outer system; undefined: it is not worth a note there. Holds no secret. */
export function outerNote(event: OutwardEvent, words: Words): OuterNote | undefined {
  const say = words.outer;
  const { type, ticket, subject, requester, facts, text } = event;
  const own = type === 'ticket.opened' && !ticket.onBehalf;
  const sentence = entry(say.notes, own ? 'ticket.opened-self' : type);
  // The helpdesk's comments stay in Teams, unless the tenant wants them there.
  if (sentence === undefined || (type === 'ticket.commented' && text === undefined)) return undefined;
  const flow = words.flows[ticket.flow];
  const nameOf = (person: typeof subject) => harmless(person.name ?? person.id, 60);
  const code = harmless(String(facts['code'] ?? ''), 60);
  const note = fill(sentence, { requester: nameOf(requester), subject: nameOf(subject), flow, code });
  return {
    title: `${flow}: ${nameOf(subject)} (${ticket.shortId})`,
    text: text === undefined ? note : fill(say.said, { note, text: harmless(text, 1000) }),
  };
}
