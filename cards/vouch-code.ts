import { type Secret } from '../agent/protocol/secret';
import { type Moment } from '../bot/tickets/ticket';
import { type TicketView } from '../bot/tickets/view';
import { ticketButton } from './actions';
import { type AdaptiveCard } from './card';
import { box, card, heading, letters, quiet, text } from './elements';
import { fill } from './fill';
import { header } from './header';
import { dayAndTime } from './moments';
import { plain } from './plain';
import { type Words } from './words/en';

export interface VouchCodeModel {
  view: TicketView;
  code: Secret;
  validUntil: Moment;
}

/** The code that an approver passes on. Reveals a secret: for the reply to the approver's own click, nowhere else. */
export function vouchCodeCard({ view, code, validUntil }: VouchCodeModel, words: Words): AdaptiveCard {
  const say = words.vouchCode;
  const subject = { subject: plain(view.subject.name, 60) };
  return card(
    words,
    say.alt,
    [
      header(view, words),
      heading(fill(say.title, subject)),
      text(fill(say.intro, subject)),
      box('emphasis', [
        letters(code.reveal().replace(/^(\d{3})(\d{3})$/, '$1 $2')),
        quiet(fill(say.until, { when: dayAndTime(validUntil) })),
      ]),
      text(`! ${view.flow === 'pass' ? say.neverPass : say.never}`),
    ],
    [ticketButton(view, 'refresh', words.buttons.hide)],
  );
}
