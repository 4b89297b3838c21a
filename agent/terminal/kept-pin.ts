import { type Prompts } from '../operations/prompts';
import { type Secret } from '../protocol/secret';

/** Prompts of one command that does several things with the key, one after the other. */
export interface KeptPin {
  prompts: Prompts;
  /** What the PIN was asked for has worked, so it was right: it answers the next question for it, once. */
  keep(): void;
}

/**
 * Each thing that is done with a key asks for its PIN. The person should type it once; yet a PIN that turned out wrong
 * must never be tried again by the program. So a PIN is used again only after {@link KeptPin.keep}.
 */
export function keptPin(prompts: Prompts): KeptPin {
  let last: Secret | undefined;
  let kept: Secret | undefined;
  return {
    prompts: {
      ...prompts,
      async askPin(question, signal) {
        if (question.purpose === 'enter' && kept) {
          last = kept;
          kept = undefined;
          return last;
        }
        const pin = await prompts.askPin(question, signal);
        last = question.purpose === 'enter' ? pin : undefined;
        return pin;
      },
    },
    keep: () => void (kept = last),
  };
}
