import { type Secret } from '../protocol/secret';

/** What a PIN is asked for. */
export interface PinQuestion {
  /** `enter` the PIN the key has, choose a `new` one, `repeat` the new one. */
  purpose: 'enter' | 'new' | 'repeat';
  /** The least length in characters (code points); to be told where a new one is chosen. */
  minimum: number;
  /** Tries left before the key locks for ever; undefined where none can be lost. */
  retriesLeft?: number;
}

/** Something that goes on for a while. */
export interface Progress {
  /** It is over; called once. */
  done(): void;
  /** Says something else in the same place; absent where lines stay, as in a log. */
  update?(text: string): void;
}

/**
 * How an operation speaks with the person at the workstation. What waits for the person rejects with the Fault
 * `key-cancelled` when `signal` fires.
 */
export interface Prompts {
  /** One line that stays. */
  say(line: string): void;
  /** Something goes on that needs nobody. */
  progress(text: string): Progress;
  /** The key waits for a touch: must be impossible to miss. */
  touch(text: string): void;
  /** It waits no longer. */
  touchDone(): void;
  askPin(question: PinQuestion, signal?: AbortSignal): Promise<Secret>;
  /** A question of yes or no; anything unclear is no. */
  confirm(question: string, signal?: AbortSignal): Promise<boolean>;
  ask(question: string, signal?: AbortSignal): Promise<string>;
}
