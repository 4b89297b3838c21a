import { setTimeout as pause } from 'node:timers/promises';
import { type CardJson, type TeamsStandIn } from '../teams';
import { newestWith } from './reading';

/** People who go on where an app does not answer, as people do: they wait a moment and press again. */
export interface PersistentPlayer {
  /** Types a line, again until it was taken. */
  say(person: string, text: string): Promise<void>;
  /** Presses the newest such button once. Undefined: there is none, or no answer came that a person can read. */
  press(person: string, verb: string, inputs?: Readonly<Record<string, unknown>>): Promise<CardJson | undefined>;
  /** Does something again and again until it gives something. @throws Error that says what was tried in vain. */
  until<T>(what: string, step: () => Promise<T | undefined> | T | undefined): Promise<T>;
}

export interface Patience {
  /** When everybody gives up, in milliseconds since 1970. */
  until: number;
  /** Between two tries. */
  pauseMs?: number;
}

/** @param patience shared by all who play one story */
export function createPersistentPlayer(teams: TeamsStandIn, patience: Patience): PersistentPlayer {
  const { pauseMs = 400 } = patience;

  async function until<T>(what: string, step: () => Promise<T | undefined> | T | undefined): Promise<T> {
    for (;;) {
      const got = await step();
      if (got !== undefined) return got;
      if (Date.now() > patience.until) throw new Error(`in vain: ${what}`);
      await pause(pauseMs);
    }
  }

  return {
    until,
    say: (person, text) =>
      until(`${teams.person(person).name} types "${text}"`, async () => {
        const { status } = await teams.say(person, text);
        return status === 200 || undefined;
      }).then(() => undefined),
    async press(person, verb, inputs = {}) {
      const found = newestWith(teams, person, verb);
      if (!found) return undefined;
      // A card that was taken away, or changed, between the look and the click: the person looks again.
      const answer = await teams.click(person, found.message.id, verb, inputs).catch(() => undefined);
      return answer?.kind === 'card' ? answer.card : undefined;
    },
  };
}
