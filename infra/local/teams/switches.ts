import { retryAfter } from '../retry-after';
import { botBlocked, ConnectorError, notInRoster } from './connector-error';

/** What a bot does at the connector. */
export type Operation = 'token' | 'create' | 'send' | 'update' | 'delete' | 'members';

/** A refusal: answered instead of doing the work. */
export interface Refusal {
  status: number;
  code: string;
  message?: string;
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number;
  /** How `Retry-After` is said; default in seconds. */
  retryAfterAs?: 'seconds' | 'date';
}

/** Something that goes wrong for the next calls that match. */
export interface Trouble {
  /** Default: any operation. */
  on?: Operation | readonly Operation[];
  /** Only calls about this person. */
  person?: string;
  /** How many calls; default 1. */
  times?: number;
  /**
   * `lost-reply`: the work is done and the connection drops; `reset`: it drops with nothing done. `blocked`: the person
   * has blocked the bot; `uninstalled`: the app is gone, though no event has told of it (both 403).
   */
  what: Refusal | 'lost-reply' | 'reset' | 'blocked' | 'uninstalled';
}

/** The weather between bot and Teams: all off at the start. */
export interface Switches {
  /** Keeps Teams' rate limits per conversation. */
  rates: boolean;
  /** Milliseconds that every connector call takes longer. */
  latencyMs: number;
  /** @returns takes the trouble back. */
  trouble(trouble: Trouble): () => void;
  /** Everything off. */
  clear(): void;
}

export interface Weather extends Switches {
  /** The trouble that this call is in, if any; counts it. */
  strike(operation: Operation, person: string | undefined): Trouble['what'] | undefined;
}

export function createWeather(): Weather {
  let troubles: { trouble: Trouble; left: number }[] = [];
  const weather: Weather = {
    rates: false,
    latencyMs: 0,
    trouble: (trouble) => {
      const entry = { trouble, left: trouble.times ?? 1 };
      troubles.push(entry);
      return () => {
        troubles = troubles.filter((other) => other !== entry);
      };
    },
    clear: () => {
      troubles = [];
      weather.rates = false;
      weather.latencyMs = 0;
    },
    strike: (operation, person) => {
      const entry = troubles.find(
        ({ trouble, left }) =>
          left > 0 &&
          (trouble.on === undefined || [trouble.on].flat().includes(operation)) &&
          (trouble.person === undefined || trouble.person === person),
      );
      if (!entry) return undefined;
      entry.left -= 1;
      troubles = troubles.filter(({ left }) => left > 0);
      return entry.trouble.what;
    },
  };
  return weather;
}

/** What a refused call is answered with. */
export const refusalError = (refusal: Refusal | 'blocked' | 'uninstalled'): ConnectorError => {
  if (refusal === 'blocked') return botBlocked();
  if (refusal === 'uninstalled') return notInRoster();
  const { status, code, message, retryAfterSeconds: seconds, retryAfterAs: as = 'seconds' } = refusal;
  const headers = seconds === undefined ? {} : retryAfter({ seconds, as }, Date.now());
  return new ConnectorError(status, code, message ?? code, headers);
};
