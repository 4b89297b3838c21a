import { Fault } from '../../../../agent/protocol/fault';
import { memberOf } from '../../../../bot/service';
import { clicked } from '../../../../bot/teams/clicks';
import { said } from '../../../../bot/teams/said';
import { executed } from '../../../../bot/teams/said-and-clicked';
import { wordsFor } from '../../../../cards';
import { findAction } from '../../../local/teams/card-actions';
import { fillInputs } from '../../../local/teams/card-inputs';
import { type CardJson } from '../../../local/teams';
import { offers, ticketsOn } from '../../../local/play/reading';
import { type Posted } from './chats';
import { Died } from './edges';
import { type Ground, type Process } from './process';

/** Teams shows "Unable to reach app" after so long, and the bot gives up before (bot/teams/bot.ts). */
const ANSWER_MS = 3_000;
const SHOW_MS = 8_000;

/** How a click was answered: by a card, by a card that says what failed, or by Teams itself. */
export type Answer = { kind: 'card'; card: CardJson } | { kind: 'fault'; code: string } | { kind: 'unreachable' };

/** People at their chats, in the process of the product: from the button's own data to the card that answers it. */
export interface Crowd {
  /** The newest card with such a button, of those that are so. */
  newestWith(person: string, verb: string, which?: (card: CardJson) => boolean): Posted | undefined;
  /** The newest card about a ticket, as the person sees it now. */
  newestAbout(person: string, ticket: string): CardJson | undefined;
  /** Types a line; the answer is posted. */
  say(person: string, text: string): Promise<Answer>;
  /** Presses a button of a card that stands in the chat, or of one that somebody has kept. */
  press(
    person: string,
    at: Posted | CardJson,
    verb: string,
    inputs?: Readonly<Record<string, unknown>>,
  ): Promise<Answer>;
  chat(person: string): readonly Posted[];
}

export const shown = ({ view, card }: Posted): CardJson => view ?? card;

/** @param running the process that is up; undefined while there is none */
export function createCrowd(ground: Ground, running: () => Process | undefined): Crowd {
  const { chats, clock } = ground;
  const chat = (person: string) => chats.of(ground.conversationOf(person) ?? '');

  async function answer<T>(work: (process: Process) => Promise<T>, limit: number): Promise<T | Answer> {
    const process = running();
    if (!process) return { kind: 'unreachable' };
    try {
      const late = clock.sleep(limit).then((): Answer => ({ kind: 'fault', code: 'answer-slow' }));
      return await Promise.race([work(process), late]);
    } catch (error) {
      if (error instanceof Died || process.life.dead) return { kind: 'unreachable' };
      if (error instanceof Fault) return { kind: 'fault', code: error.code };
      throw error;
    }
  }

  async function askerIn({ deps }: Process, person: string) {
    const at = clock.now().toISOString();
    const member = await memberOf(deps, person);
    const conversation = await deps.conversations.get(person);
    return { deps, member, words: wordsFor(conversation?.locale ?? deps.settings.language), at };
  }

  return {
    chat,
    newestWith: (person, verb, which = () => true) =>
      chat(person).findLast((posted) => offers(shown(posted), verb) && which(shown(posted))),
    newestAbout(person, ticket) {
      const found = chat(person).findLast((posted) => ticketsOn(shown(posted)).includes(ticket));
      return found && shown(found);
    },
    say: (person, text) =>
      answer(async (process) => {
        const asker = await askerIn(process, person);
        const { card } = await said(asker, text, `said-${clock.now().getTime()}`);
        if (process.life.dead) throw new Died();
        const json = structuredClone(card) as unknown as CardJson;
        chats.post(ground.conversationOf(person) ?? '', json, true);
        return { kind: 'card' as const, card: json };
      }, ANSWER_MS),
    async press(person, at, verb, inputs = {}) {
      const posted = 'id' in at && 'unheard' in at ? (at as Posted) : undefined;
      const card = posted ? shown(posted) : (at as CardJson);
      const placed = findAction(card, verb);
      if (!placed) throw new Error(`no card has a button "${verb}"`);
      const data = { ...placed.action.data, ...fillInputs(placed, inputs) };
      const click = executed({ value: { action: { verb: placed.action.verb ?? verb, data } } });
      if (!click) throw new Error(`the button "${verb}" is none of the product's`);
      const got = await answer(
        async (process) => {
          const asker = await askerIn(process, person);
          const reply = await clicked(asker, click);
          if (process.life.dead) throw new Died();
          return { kind: 'card' as const, card: structuredClone(reply) as unknown as CardJson };
        },
        verb === 'show' ? SHOW_MS : ANSWER_MS,
      );
      if (got.kind === 'card' && posted) posted.view = got.card;
      return got;
    },
  };
}
