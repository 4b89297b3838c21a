import { type OutsideCall } from '../rig/played/edges';

/** Attempts of one call of Graph, its repetitions by the outbox not counted. */
const ATTEMPTS_AT_MOST = 4;

function untilOf({ fate, at }: OutsideCall): number | undefined {
  if (!fate || 'dies' in fate || typeof fate.as === 'string' || fate.as.retryAfter === undefined) return undefined;
  const { retryAfter } = fate.as;
  return /^\d+$/.test(retryAfter) ? at + Number(retryAfter) * 1000 : Date.parse(retryAfter);
}

export interface Obeyed {
  /** Answers that asked for a pause. */
  asked: number;
  /** Calls that came before a pause was over. */
  early: string[];
  /** Calls that were tried too often. */
  tooOften: string[];
  mostAttempts: number;
}

/** Whether the pauses that were asked for were kept, and no call was tried without end. */
export function obeyed(calls: readonly OutsideCall[]): Obeyed {
  const pauses = new Map<string, { from: number; until: number; flight?: string }>();
  const early: string[] = [];
  let asked = 0;
  const attempts = new Map<string, number>();
  for (const call of calls) {
    const { to, resource, label, at, flight } = call;
    if (to === 'tables') continue;
    const pause = pauses.get(`${to} ${resource}`);
    // What left at the same moment could not know.
    const knew = pause !== undefined && (at > pause.from || (flight !== undefined && flight === pause.flight));
    if (pause && knew && at < pause.until)
      early.push(`${to} ${label} came ${Math.round((pause.until - at) / 100) / 10} s before its pause was over`);
    const until = untilOf(call);
    if (until !== undefined) {
      asked += 1;
      const longer = pause === undefined || until > pause.until;
      if (longer)
        pauses.set(`${to} ${resource}`, { from: call.endedAt ?? at, until, ...(flight !== undefined && { flight }) });
    }
    if (flight !== undefined) attempts.set(`${label} ${flight}`, (attempts.get(`${label} ${flight}`) ?? 0) + 1);
  }
  const tooOften = [...attempts].filter(([, times]) => times > ATTEMPTS_AT_MOST);
  return {
    asked,
    early,
    tooOften: tooOften.map(([name, times]) => `${name.split(' ').slice(0, 2).join(' ')} was tried ${times} times`),
    mostAttempts: Math.max(0, ...attempts.values()),
  };
}
