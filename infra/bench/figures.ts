/** One measured figure beside its peer's, from the same run. */
export interface Figure {
  id: string;
  what: string;
  /** Milliseconds. */
  ours: number;
  peer: string;
  peers: number;
}

/** The value below which this part (0 to 1) of the samples lies. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export function ratio({ ours, peers }: Figure): number {
  return ours / peers;
}

/** How long something takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
