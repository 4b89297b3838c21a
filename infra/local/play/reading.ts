import { type Status } from '../../../bot/tickets/ticket';
import { ALL_WORDS } from '../../../cards';
import { type CardJson, type ChatMessage, shownCard, type TeamsStandIn } from '../teams';

const STATUSES: readonly Status[] = ['waiting', 'approved', 'done', 'denied', 'cancelled', 'expired', 'frozen'];

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const one of value) yield* stringsIn(one);
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* stringsIn(one);
}

function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(value)) for (const one of value) yield* objectsIn(one);
  else if (typeof value === 'object' && value !== null) {
    yield value as Readonly<Record<string, unknown>>;
    for (const one of Object.values(value)) yield* objectsIn(one);
  }
}

/** The code, pass or number that a card shows in large letters; undefined where it shows none. */
export function lettersOf(card: CardJson): string | undefined {
  for (const object of objectsIn(card)) {
    if (object['type'] === 'TextRun' && object['size'] === 'extraLarge' && typeof object['text'] === 'string') {
      return object['text'];
    }
  }
  return undefined;
}

/** Everything a card says, as one text. */
export function textOf(card: CardJson): string {
  return [...stringsIn(card)].join('\n');
}

/** Whether a card has a button that says this. */
export function offers(card: CardJson, verb: string): boolean {
  return [...objectsIn(card)].some((object) => object['type'] === 'Action.Execute' && object['verb'] === verb);
}

/** The input of a card that has this id. */
export function findInput(card: CardJson, id: string): Readonly<Record<string, unknown>> | undefined {
  return [...objectsIn(card)].find((object) => object['id'] === id && String(object['type']).startsWith('Input.'));
}

/** The newest card in a person's chat that has a button with this verb. */
export function newestWith(
  teams: TeamsStandIn,
  person: string,
  verb: string,
): { message: ChatMessage; card: CardJson } | undefined {
  for (const message of teams.chat(person).toReversed()) {
    const card = shownCard(message);
    if (card && offers(card, verb)) return { message, card };
  }
  return undefined;
}

/** By itself: a pairing code may have the same letters in the middle. */
const SHORT_ID = /(?<![0-9A-Z-])KV-[0-9A-Z]{4}-[0-9A-Z]{2}(?![0-9A-Z-])/g;

/** The number in the sentence that tells people what to type: nobody's ticket. */
const EXAMPLE = 'KV-7Q2M-9D';

/** Every ticket number that a card says. */
export function ticketsOn(card: CardJson): string[] {
  return [...new Set(textOf(card).match(SHORT_ID) ?? [])].filter((number) => number !== EXAMPLE);
}

/** The newest card about a ticket in a person's chat, as they see it now. */
export function newestAbout(teams: TeamsStandIn, person: string, ticket: string): CardJson | undefined {
  for (const message of teams.chat(person).toReversed()) {
    const card = shownCard(message);
    if (card && ticketsOn(card).includes(ticket)) return card;
  }
  return undefined;
}

const STANDING = /^[●✓✕!] (.+)$/;

/** How the ticket stands, as the first line of its card says it, in whatever language; undefined: it says nothing of that. */
export function standingOn(card: CardJson): Status | undefined {
  for (const object of objectsIn(card)) {
    const said = typeof object['text'] === 'string' ? STANDING.exec(object['text'])?.[1] : undefined;
    if (said === undefined) continue;
    for (const { statuses } of ALL_WORDS) {
      const found = STATUSES.find((status) => statuses[status] === said);
      if (found) return found;
    }
  }
  return undefined;
}
