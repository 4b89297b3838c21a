/** How much is tried: `quick` is what CI runs. */
export interface Effort {
  quick: boolean;
  seed: number;
  /** The built Functions app that the host runs. */
  entry: string;
  /** A line for whoever waits. */
  progress: (text: string) => void;
}

/** What a proof has found. */
export interface Finding {
  id: string;
  promise: string;
  /** What was measured, in a few words: `0 violations at 24 of 611 points`. */
  figure: string;
  goal: string;
  holds: boolean;
  /** What broke it, one line each; shortened for the terminal. */
  violations: readonly string[];
  /** Further numbers, for the JSON. */
  facts: Readonly<Record<string, unknown>>;
}

export interface Proof {
  id: string;
  run(effort: Effort): Promise<Finding>;
  /** Runs it with a guard taken out: it must then not hold. `--prove-the-proofs` fails where there is none. */
  withoutGuard?: (effort: Effort) => Promise<Finding>;
}
