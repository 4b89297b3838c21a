import { setTimeout as pause } from 'node:timers/promises';
import { type CardJson } from '../teams';
import { type Sandbox } from '../sandbox/sandbox';
import { newestWith, textOf } from './reading';

/** Plays people at their chats: presses what a person would, again where the app did not answer. */
export interface Player {
  say(person: string, text: string): Promise<void>;
  /**
   * Presses the newest button with this verb and gives the card that answered.
   * @throws Error when nobody can press it, or the app does not answer, for `patienceMs`
   */
  press(person: string, verb: string, inputs?: Readonly<Record<string, unknown>>): Promise<CardJson>;
  /** Waits until something is so. @throws Error that says what was waited for. */
  until<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>, ms?: number): Promise<T>;
}

export interface PlayerOptions {
  /** How long a person goes on trying. Default 10 s. */
  patienceMs?: number;
}

const LOOK_EVERY_MS = 40;

export function createPlayer(sandbox: Sandbox, options: PlayerOptions = {}): Player {
  const { teams } = sandbox;
  const { patienceMs = 10_000 } = options;

  async function until<T>(
    what: string,
    look: () => T | undefined | false | Promise<T | undefined | false>,
    ms = patienceMs,
  ): Promise<T> {
    const end = Date.now() + ms;
    for (;;) {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`);
      await pause(LOOK_EVERY_MS);
    }
  }

  return {
    until,
    async say(person, text) {
      await until(`an answer to "${text}"`, async () => {
        const before = teams.chat(person).length;
        const { status } = await teams.say(person, text);
        if (status !== 200) return false;
        return until(
          'the answer',
          () =>
            teams
              .chat(person)
              .slice(before + 1)
              .some(({ from }) => from === 'bot') || undefined,
          3_000,
        ).catch(() => false as const);
      });
    },
    async press(person, verb, inputs = {}) {
      const { name } = teams.person(person);
      const found = await until(`a button "${verb}" for ${name}`, () => newestWith(teams, person, verb));
      return until(`an answer to ${name}'s "${verb}"`, async () => {
        const target = newestWith(teams, person, verb) ?? found;
        const answer = await teams.click(person, target.message.id, verb, inputs).catch(() => undefined);
        if (answer?.kind === 'card') return answer.card;
        if (answer?.kind === 'error') throw new Error(`${name}'s "${verb}" was answered by an error: ${answer.text}`);
        await pause(250);
        return undefined;
      });
    },
  };
}

/** Checks what a card says. @throws Error with the card's text. */
export function expectCard(card: CardJson, what: string, holds: (card: CardJson) => boolean): void {
  if (!holds(card)) throw new Error(`expected ${what}, but the card says:\n${textOf(card)}`);
}
