/** Calls a bot may make in one conversation: [how many, within how many seconds] (Teams docs "rate limit"). */
const SENDING: readonly (readonly [number, number])[] = [
  [7, 1],
  [8, 2],
  [60, 30],
  [1800, 3600],
];
const READING: readonly (readonly [number, number])[] = [
  [14, 1],
  [16, 2],
  [120, 30],
  [3600, 3600],
];
const LONGEST_MS = 3_600_000;

/** Counts calls in a conversation. @returns false where the call is one too many; such a call is not counted. */
export type Rates = (conversation: string, kind: 'sending' | 'reading') => boolean;

export function createRates(now: () => number): Rates {
  const calls = new Map<string, number[]>();
  return (conversation, kind) => {
    const at = now();
    const key = `${kind} ${conversation}`;
    const recent = (calls.get(key) ?? []).filter((time) => time > at - LONGEST_MS);
    const limits = kind === 'sending' ? SENDING : READING;
    const allowed = limits.every(
      ([most, seconds]) => recent.filter((time) => time > at - seconds * 1000).length < most,
    );
    if (allowed) recent.push(at);
    calls.set(key, recent);
    return allowed;
  };
}
