import { type Secret } from '../agent/protocol/secret';
import { type Moment } from '../bot/tickets/ticket';
import { type TicketView } from '../bot/tickets/view';
import { link, ticketButton } from './actions';
import { type AdaptiveCard, type ColumnSet } from './card';
import { box, card, column, heading, letters, quiet, text } from './elements';
import { fill } from './fill';
import { header } from './header';
import { dayAndTime } from './moments';
import { plain } from './plain';
import { SECURITY_INFO } from './stages/show';
import { type Words } from './words/en';

export interface PassModel {
  view: TicketView;
  pass: Secret;
  validUntil: Moment;
  /** How often a further pass can be shown. */
  showsLeft: number;
}

/**
 * The Temporary Access Pass itself. Reveals a secret: for the reply to the recipient's own click on `show`, nowhere else.
 * Never log, store, post or update a message with it.
 */
export function passCard({ view, pass, validUntil, showsLeft }: PassModel, words: Words): AdaptiveCard {
  const say = words.pass;
  const subject = { subject: plain(view.subject.name, 60) };
  const left = showsLeft > 1 ? fill(say.left, { count: showsLeft }) : showsLeft === 1 ? say.leftOne : say.leftNone;
  // Where the pass is all that was asked for, it is used wherever the person signs in.
  const alone = view.flow === 'pass';
  const site = SECURITY_INFO.replace('https://', '');
  return card(
    words,
    say.title,
    [
      header(view, words),
      heading(view.hander ? fill(say.titleOther, subject) : say.title),
      box('emphasis', [
        letters(pass.reveal()),
        text(fill(say.until, { when: dayAndTime(validUntil) }), { spacing: 'small', weight: 'bolder' }),
      ]),
      text(`! ${view.hander ? fill(say.handOver, subject) : say.once}`),
      ...(alone ? say.stepsAlone : say.steps).map((step, at) => numbered(at + 1, fill(step, { site: `**${site}**` }))),
      quiet(left, { spacing: 'medium' }),
    ],
    [
      alone ? undefined : link(words.buttons.security_info, SECURITY_INFO, 'positive'),
      ticketButton(view, 'refresh', words.buttons.hide),
      ticketButton(view, 'finish', words.buttons.finish),
    ],
  );
}

/** Not a Markdown list: each client indents those in its own way. */
function numbered(number: number, step: string): ColumnSet {
  return {
    type: 'ColumnSet',
    spacing: number === 1 ? 'medium' : 'small',
    columns: [column('auto', [text(`**${number}**`)]), column('stretch', [text(step)])],
  };
}
