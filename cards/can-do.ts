import { type TicketView } from '../bot/tickets/view';
import { type Container } from './card';
import { box, text } from './elements';
import { entry } from './said';
import { type Words } from './words/en';

/** What the helpdesk can do about a ticket that is stuck, by the reason for which it is. */
export function canDo({ parked }: TicketView, words: Words): Container | undefined {
  if (!parked) return undefined;
  const say = words.canDo;
  const own = entry<string>(say.codes, parked.code);
  const known = entry(words.faults, parked.code) ?? entry(words.refusals, parked.code);
  // Whatever the words say to do about a failure comes down to trying again once that is done.
  const advice = own ?? (known ? `${known.todo} ${say.retry}`.trim() : say.generic);
  return box('emphasis', [text(say.title, { weight: 'bolder' }), text(advice, { spacing: 'small' })]);
}
