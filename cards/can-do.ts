import { type TicketView } from '../bot/tickets/view';
import { type Container } from './card';
import { box, text } from './elements';
import { fill } from './fill';
import { plain } from './plain';
import { entry } from './said';
import { type Words } from './words/en';

/** What the helpdesk can do about a ticket that is stuck, by the reason for which it is. */
export function canDo({ parked }: TicketView, words: Words): Container | undefined {
  if (!parked) return undefined;
  const say = words.canDo;
  // What the words say to do about a failure is for those who asked; the helpdesk has its own.
  const advice = entry<string>(say.codes, parked.code) ?? fill(say.retry, { code: plain(parked.code) });
  return box('emphasis', [text(say.title, { weight: 'bolder' }), text(advice, { spacing: 'small' })]);
}
