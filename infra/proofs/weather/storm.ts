import { type Fate, type OutsideCall } from '../rig/played/edges';
import { type Dice } from '../seed';

/** What goes wrong with Graph and the Bot Connector, and how often. */
export interface Storm {
  /** Until when, in milliseconds since 1970. */
  until: number;
  /** Of a hundred calls to Graph and to Teams, so many meet it. */
  graph: number;
  teams: number;
}

/** Answers that Graph and the connector give on a bad day. */
const STATUSES = [429, 500, 502, 503, 504, 412] as const;

/** Seconds, or a date (RFC 9110 §10.2.3), or nothing at all. */
function retryAfter(at: number, dice: Dice): string | undefined {
  const seconds = 1 + dice.below(20);
  switch (dice.below(3)) {
    case 0:
      return String(seconds);
    case 1:
      return new Date(Math.ceil(at / 1000) * 1000 + seconds * 1000).toUTCString();
    default:
      return undefined;
  }
}

/** The fate of one call in a storm. */
export function fateIn(storm: Storm, call: OutsideCall, dice: Dice): Fate | undefined {
  if (call.to === 'tables' || call.at >= storm.until || dice.below(100) >= storm[call.to]) return undefined;
  // A 429 says that nothing was done, and 412 that somebody else was faster; of all else nobody can tell.
  const when = call.writes && dice.below(2) === 0 ? ('after' as const) : ('before' as const);
  const how = dice.below(STATUSES.length + 2);
  if (how === 0) return { when, as: 'reset' };
  if (how === 1) return { when, as: 'time-out' };
  const status = STATUSES[how - 2] ?? 503;
  if (status === 412 && call.to === 'graph') return undefined;
  if (status === 429 || status === 412) return { when: 'before', as: refusal(status, call.at, dice) };
  return { when, as: refusal(status, call.at, dice) };
}

function refusal(status: number, at: number, dice: Dice) {
  const wait = status === 429 || status === 503 ? retryAfter(at, dice) : undefined;
  return { status, ...(wait !== undefined && { retryAfter: wait }) };
}
