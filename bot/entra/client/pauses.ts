/** Pauses that Graph has asked for, by what they are about: whoever comes next keeps them too, not only who was told. */
export interface Pauses {
  /** @param until milliseconds since 1970 */
  ask(resource: string, until: number): void;
  /** Milliseconds that are left of a pause; 0: there is none. */
  left(resource: string, now: number): number;
}

/** More than are ever under way at once; the oldest are over by then. */
const KEPT = 1_000;

/** What a pause is about: the same question of the same thing. Graph counts by more than that, and says so again. */
export function resourceOf(method: string, url: string): string {
  return `${method} ${url.split('?', 1)[0] ?? url}`;
}

/** For one client, which lives as long as its process. */
export function createPauses(): Pauses {
  const pauses = new Map<string, number>();
  return {
    ask(resource, until) {
      const latest = Math.max(until, pauses.get(resource) ?? 0);
      pauses.delete(resource);
      pauses.set(resource, latest);
      const [oldest] = pauses.keys();
      if (pauses.size > KEPT && oldest !== undefined) pauses.delete(oldest);
    },
    left(resource, now) {
      const until = pauses.get(resource);
      if (until === undefined) return 0;
      if (until <= now) pauses.delete(resource);
      return Math.max(0, until - now);
    },
  };
}
