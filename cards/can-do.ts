import { type TicketView } from '../bot/tickets/view';
import { type Container } from './card';
import { box, text } from './elements';
import { fill } from './fill';
import { time } from './moments';
import { plain } from './plain';
import { stayingKeys } from './removals';
import { entry } from './said';
import { type Words } from './words/en';

/** What the helpdesk can do about a ticket that is stuck, by the reason for which it is. */
export function canDo(view: TicketView, words: Words): Container | undefined {
  const { parked, removalsBy } = view;
  if (!parked) return undefined;
  const say = words.canDo;
  const keep = removalsBy && fill(say.removalFirst, { names: stayingKeys(view), when: time(removalsBy) });
  // What the words say to do about a failure is for those who asked; the helpdesk has its own.
  const known = entry<string>(say.codes, parked.code) ?? fill(say.retry, { code: plain(parked.code) });
  const advice = parked.code === 'code-dead' ? `${known} ${notThem(view, words)}` : known;
  return box('emphasis', [
    text(say.title, { weight: 'bolder' }),
    text(advice, { spacing: 'small' }),
    keep ? text(`! ${keep}`, { spacing: 'small', weight: 'bolder' }) : undefined,
  ]);
}

/** Somebody else typed the codes: who has the button that stops it. */
function notThem({ stoppable, told }: TicketView, words: Words): string {
  const say = words.canDo.notThem;
  if (!stoppable) return say.none;
  return told?.via === 'manager' ? fill(say.told, { name: plain(told.name, 60) }) : say.own;
}
