import { button } from './actions';
import { type AdaptiveCard } from './card';
import { card, heading, text } from './elements';
import { type Words } from './words/en';

/** The answer to "Export": where the file is offered, and that it is made only once it is accepted. */
export function fileOfferedCard(words: Words): AdaptiveCard {
  const say = words.files;
  return card(words, say.title, [heading(say.title), text(say.text)], [button('queue', words.buttons.queue)]);
}
