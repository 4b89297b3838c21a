import { type Secret } from '../agent/protocol/secret';
import { type Moment, type WorkstationRef } from '../bot/tickets/ticket';
import { button } from './actions';
import { type AdaptiveCard } from './card';
import { box, card, command, heading, letters, quiet, text } from './elements';
import { fill } from './fill';
import { time } from './moments';
import { type Words } from './words/en';

export interface PairModel {
  /** The address of the Keyvouch service, which the agent asks for: `https://keyvouch.example`. */
  service: string;
  code: Secret;
  expiresAt: Moment;
  kind: WorkstationRef['kind'];
}

/** The code that pairs a workstation. Reveals a secret: for the reply to the person who asked, nowhere else. */
export function pairCard({ service, code, expiresAt, kind }: PairModel, words: Words): AdaptiveCard {
  const say = words.pair;
  const title = kind === 'desk' ? say.titleDesk : say.title;
  return card(
    words,
    title,
    [
      heading(title),
      text(say.intro),
      box('emphasis', [command(`keyvouch-agent pair --service ${service}`)], 'small'),
      text(say.code),
      box('emphasis', [letters(code.reveal()), quiet(fill(say.until, { when: time(expiresAt) }))], 'small'),
      text(`! ${say.never}`),
      text(say.after),
    ],
    [button('home', words.buttons.hide)],
  );
}
