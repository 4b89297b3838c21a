import { isoTime, type Clock } from './clock';

/** One call that changed the tenant, or tried to. `replied` false: the effect is there, but the caller never heard. */
export interface Effect {
  at: string;
  method: string;
  /** The route: `/users/{id}/authentication/fido2Methods`. */
  path: string;
  url: string;
  status: number;
  requestId: string;
  /** As the caller named the call, where it did. */
  clientRequestId?: string;
  replied: boolean;
}

export interface Count {
  calls: number;
  /** Calls that changed something: a 2xx of an operation that writes. */
  effects: number;
}

const KEPT = 5000;

/** Counts every Graph call by route and remembers those that changed something, for tests and proofs. */
export const createEffects = (clock: Clock) => {
  const counts = new Map<string, Count>();
  const rows: Effect[] = [];
  return {
    /** A call that reached its route. */
    note(call: Omit<Effect, 'at' | 'replied'>, changes: boolean): Effect {
      const { method, path, status } = call;
      const key = `${method} ${path}`;
      const count = counts.get(key) ?? { calls: 0, effects: 0 };
      counts.set(key, count);
      count.calls += 1;
      const effect = { at: isoTime(clock.now()), ...call, replied: true };
      if (changes && status < 300) {
        count.effects += 1;
        rows.push(effect);
        if (rows.length > KEPT) rows.shift();
      }
      return effect;
    },
    counts: (): Record<string, Count> => Object.fromEntries([...counts].map(([key, count]) => [key, { ...count }])),
    list: (): readonly Effect[] => rows,
    clear(): void {
      counts.clear();
      rows.length = 0;
    },
  };
};
export type Effects = ReturnType<typeof createEffects>;
