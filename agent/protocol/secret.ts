import { inspect } from 'node:util';

const MASK = '••••';

/**
 * A value that must never be printed, logged, stored or serialised: a Temporary Access Pass, a PIN, a token.
 * However it is turned into text it reads ••••; only `reveal` gives the value, so that every use can be found by that word.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Call it at the last moment, where the value leaves the process on purpose. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
