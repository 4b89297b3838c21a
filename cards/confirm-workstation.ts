import { button } from './actions';
import { type AdaptiveCard } from './card';
import { box, card, heading, text } from './elements';
import { fill } from './fill';
import { plain } from './plain';
import { type Words } from './words/en';

export interface ConfirmWorkstationModel {
  id: string;
  name: string;
  nonce: string;
  /** The words of the fingerprint of the workstation's key, in order. */
  words: readonly string[];
}

/** A workstation has made its key: is it really the person's own? */
export function confirmWorkstationCard(model: ConfirmWorkstationModel, words: Words): AdaptiveCard {
  const say = words.confirmWorkstation;
  const { id, nonce } = model;
  return card(
    words,
    say.title,
    [
      heading(say.title),
      text(fill(say.intro, { name: plain(model.name, 60) })),
      box('emphasis', [
        text(model.words.map((word) => plain(word, 30)).join(' · '), { size: 'medium', weight: 'bolder' }),
      ]),
      text(say.ask),
    ],
    [
      button('confirm-workstation', words.buttons['confirm-workstation'], { subject: id, nonce, style: 'positive' }),
      button('refuse-workstation', words.buttons['refuse-workstation'], { subject: id, nonce, style: 'destructive' }),
    ],
  );
}
