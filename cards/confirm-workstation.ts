import { button } from './actions';
import { type AdaptiveCard, type CardElement } from './card';
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
      fingerprint(model.words),
      text(say.ask),
    ],
    [
      button('confirm-workstation', words.buttons['confirm-workstation'], { subject: id, nonce, style: 'positive' }),
      button('refuse-workstation', words.buttons['refuse-workstation'], { subject: id, nonce, style: 'destructive' }),
    ],
  );
}

/** The words of a workstation's key, to be compared with those on its screen. */
export function fingerprint(list: readonly string[]): CardElement {
  const said = list.map((word) => plain(word, 30)).join(' · ');
  return box('emphasis', [text(said, { size: 'medium', weight: 'bolder' })]);
}
