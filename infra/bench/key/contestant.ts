/** What is measured, in the order of a round; `register` makes what `assert` then uses. */
export const OPERATIONS = ['open', 'info', 'pin', 'register', 'assert', 'list'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** A FIDO2 library with a key open. All of them reach the same result on the same key over the same kind of socket. */
export interface Contestant {
  readonly name: string;
  /**
   * Milliseconds that one operation took, by the contestant's own clock.
   *
   * @param bare without asking first how many PIN tries are left
   */
  run(operation: Operation, bare?: boolean): Promise<number>;
  close(): Promise<void>;
}

/** PINs of the key: `pin` changes it to the other one and back. */
export const PIN = 'bench-4711';
export const OTHER_PIN = 'bench-4712';
export const PASSKEYS = 40;
