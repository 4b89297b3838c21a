import { type Prompts } from '../operations/prompts';
import { type Tell } from '../service/agent-event';

/** One run of a command: how it speaks with the person, and how it is called off. */
export interface Session {
  /** People's words: on stderr, so that stdout has the result alone. */
  prompts: Prompts;
  tell: Tell;
  signal: AbortSignal;
  /** Whether a person sits at the terminal and can be asked. */
  interactive: boolean;
  /** What the PIN was typed for has worked: the next operation of this command need not ask for it again. */
  pinWasRight(): void;
}
