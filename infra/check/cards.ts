import { ALL_WORDS } from '../../cards';
import { cardBreaches } from '../cards/card-rules';
import { HOSTILE, samples } from '../cards/samples';
import { wordBreaches } from '../cards/word-rules';
import { type Check } from './check';

/** Draws every card in every state and language, for ordinary and for hostile names, and holds it to the rules. */
export const cards: Check = {
  name: 'every card in every state and language is valid, small, labelled and keeps its secrets',
  async run() {
    const drawn = [...samples(), ...samples(HOSTILE)].flatMap((sample) =>
      ALL_WORDS.flatMap((words) =>
        cardBreaches(sample.draw(words), sample.shows).map((breach) => `${sample.name} (${words.lang}): ${breach}`),
      ),
    );
    const said = ALL_WORDS.flatMap((one) => ALL_WORDS.flatMap((other) => wordBreaches(one, other)));
    return [...new Set([...drawn, ...said])];
  },
};
