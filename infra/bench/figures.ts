/** One measured figure beside its peer's, from the same run. */
export interface Figure {
  id: string;
  what: string;
  /** In `unit`; milliseconds where none is named. */
  ours: number;
  peer: string;
  peers: number;
  unit?: 'ms' | 'MB' | 'exchanges' | 'calls' | 'rows' | 'a second';
  /** What was promised; without it the figure is for orientation. */
  goal?: Goal;
}

/** At most so many times the peer's, or at most so much in all. */
export type Goal = { ratio: number } | { most: number };

/** The value below which this part (0 to 1) of the samples lies. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

export function ratio({ ours, peers }: Figure): number {
  return ours / peers;
}

/** Whether the goal is met; undefined where there is none. */
export function holds(figure: Figure): boolean | undefined {
  const { goal, ours } = figure;
  if (goal === undefined) return undefined;
  return 'ratio' in goal ? ratio(figure) <= goal.ratio : ours <= goal.most;
}

const WHOLE: readonly Figure['unit'][] = ['exchanges', 'calls', 'rows'];

/** A figure as a line for people, with goal and verdict. */
export function line(figure: Figure): string {
  const { what, ours, peer, peers, unit = 'ms', goal } = figure;
  const number = (value: number) => `${value.toFixed(WHOLE.includes(unit) ? 0 : value < 10 ? 2 : 1)} ${unit}`;
  const beside = `${what}: ${number(ours)}, ${ratio(figure).toFixed(2)} times the ${number(peers)} of ${peer}`;
  if (goal === undefined) return beside;
  const promised = 'ratio' in goal ? `${goal.ratio} times` : number(goal.most);
  return `${beside} (goal: at most ${promised}) ${holds(figure) === true ? 'holds' : 'DOES NOT HOLD'}`;
}

/** How long something takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
