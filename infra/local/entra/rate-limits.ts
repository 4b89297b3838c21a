import { tooManyRequests, type Area } from './graph-error';

interface Limit {
  calls: number;
  perMs: number;
  retryAfter: boolean;
}

/** Published limits for one app in one tenant (docs "Microsoft Graph service-specific throttling limits"). */
const LIMITS: Partial<Record<Area, Limit>> = {
  reports: { calls: 5, perMs: 10_000, retryAfter: true },
  authentication: { calls: 5, perMs: 10_000, retryAfter: true },
  conditionalAccess: { calls: 1, perMs: 1000, retryAfter: false },
  risk: { calls: 1, perMs: 1000, retryAfter: false },
};

/** Counts calls in fixed windows and throws Graph's 429 where an area's limit is passed. */
export const createRateLimits = (now: () => number) => {
  const windows = new Map<Area, { from: number; calls: number }>();
  return (area: Area): void => {
    const limit = LIMITS[area];
    if (!limit) return;
    const at = now();
    const window = windows.get(area);
    if (!window || at - window.from >= limit.perMs) {
      windows.set(area, { from: at, calls: 1 });
      return;
    }
    window.calls += 1;
    if (window.calls <= limit.calls) return;
    throw tooManyRequests(limit.retryAfter ? Math.ceil((window.from + limit.perMs - at) / 1000) : null);
  };
};
