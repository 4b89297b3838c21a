/** One exchange between Teams and the bot, whole: who searches for a leaked secret searches here too. */
export interface Exchange {
  /** ISO 8601. */
  at: string;
  way: 'to-bot' | 'from-bot';
  method: string;
  path: string;
  /** As it was sent; a token endpoint's form is left out. */
  request: unknown;
  /** HTTP status; 0 where no answer came. */
  status: number;
  reply: unknown;
}

const KEPT_EXCHANGES = 20_000;

export interface Traffic {
  add(exchange: Omit<Exchange, 'at'>): void;
  all(): readonly Exchange[];
  clear(): void;
}

export function createTraffic(now: () => number): Traffic {
  let exchanges: Exchange[] = [];
  return {
    add: (exchange) => {
      exchanges.push({ at: new Date(now()).toISOString(), ...exchange });
      if (exchanges.length > KEPT_EXCHANGES) exchanges.shift();
    },
    all: () => exchanges,
    clear: () => {
      exchanges = [];
    },
  };
}
