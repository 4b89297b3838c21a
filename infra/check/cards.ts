import { ALL_WORDS, saidOf } from '../../cards';
import { cardBreaches } from '../cards/card-rules';
import { codesOf } from '../cards/said-codes';
import { HOSTILE, samples } from '../cards/samples';
import { wordBreaches } from '../cards/word-rules';
import { type Check } from './check';

/** Codes that some file of the product answers with, and that the words have no sentence for. */
async function codesWithoutWords(root: string): Promise<string[]> {
  const codes = [...(await codesOf(root))];
  return ALL_WORDS.flatMap((words) =>
    codes
      .filter(([code]) => saidOf(code, {}, words) === undefined && !Object.hasOwn(words.risks, code))
      .map(([code, file]) => `cards/words (${words.lang}) have no sentence for "${code}" of ${file}.`),
  );
}

/** Draws every card in every state and language, for ordinary and for hostile names, and holds it to the rules. */
export const cards: Check = {
  name: 'every card in every state and language is valid, small and labelled, keeps its secrets, and every code has words',
  async run(root) {
    // First what this tree may lack, for drawing all cards takes seconds.
    const codes = await codesWithoutWords(root);
    const drawn = [...samples(), ...samples(HOSTILE)].flatMap((sample) =>
      ALL_WORDS.flatMap((words) =>
        cardBreaches(sample.draw(words), sample.shows).map((breach) => `${sample.name} (${words.lang}): ${breach}`),
      ),
    );
    const said = ALL_WORDS.flatMap((one) => ALL_WORDS.flatMap((other) => wordBreaches(one, other)));
    return [...new Set([...drawn, ...said, ...codes])];
  },
};
