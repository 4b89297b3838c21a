/** One thing `npm run check` looks at. */
export interface Check {
  /** What is so when it holds, as its line in the output says it. */
  name: string;
  /** @returns one sentence for each breach, none when all is well. `root` is the top of the repository. */
  run(root: string): Promise<string[]>;
}
