import { type DeliveryLine, type DeliveryReport } from '../bot/tickets/desk-lines';
import { type TicketId } from '../bot/tickets/ids';
import { type Moment } from '../bot/tickets/ticket';
import { button } from './actions';
import { type AdaptiveCard, type TextBlock } from './card';
import { card, heading, quiet, text } from './elements';
import { fill } from './fill';
import { dayAndTime, stamp } from './moments';
import { plain } from './plain';
import { whyOf } from './said';
import { type Words } from './words/en';

export interface DeliveriesModel {
  ticket: { id: TicketId; shortId: string; nonce: string };
  report: DeliveryReport;
  /** When it was looked up. */
  at: Moment;
}

/** Who of a ticket's people has a card of it, and whom none could reach. */
export function deliveriesCard({ ticket, report, at }: DeliveriesModel, words: Words): AdaptiveCard {
  const say = words.deliveries;
  const here = { ticket: ticket.id, nonce: ticket.nonce };
  return card(
    words,
    say.title,
    [
      heading(say.title),
      quiet(fill(say.of, { ticket: ticket.shortId }), { spacing: 'none' }),
      ...report.lines.map((line) => delivery(line, words)),
      text(fill(say.helpdesk, { count: report.helpdesk }), { spacing: 'medium' }),
      quiet(fill(say.asOf, { when: dayAndTime(at) })),
    ],
    [
      button('open-ticket', fill(words.buttons.open_ticket, { ticket: ticket.shortId }), here),
      button('deliveries', words.buttons.refresh, here),
    ],
  );
}

const SIGN = { posted: '✓', 'not-reached': '✕', none: '○' } as const;

function delivery({ person, slot, state, at, inPlace, code }: DeliveryLine, words: Words): TextBlock {
  const say = words.deliveries;
  const why = code === undefined ? '' : whyOf(code, {}, words);
  const is =
    state === 'posted' && at !== undefined
      ? fill(inPlace ? say.changed : say.posted, { when: stamp(at) })
      : fill(state === 'not-reached' ? say['not-reached'] : say.none, { why }).trim();
  const look = state === 'not-reached' ? { color: 'attention' as const } : {};
  return text(`${SIGN[state]} **${plain(person.name, 60)}** (${say.slots[slot]}): ${is}`, {
    spacing: 'small',
    ...look,
  });
}
