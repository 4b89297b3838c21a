import { isDeepStrictEqual } from 'node:util';
import { detailsOf } from '../../../../bot/service/details';
import { type Deps, type TicketDetails } from '../../../../bot/service';
import { askedApprovers, type Viewer } from '../../../../bot/tickets/view';
import { cardOfSlot } from '../../../../bot/teams/render';
import { type CardSlot } from '../../../../bot/tickets/effects';
import { type Ticket } from '../../../../bot/tickets/ticket';
import { wordsFor } from '../../../../cards';
import { standingOn, textOf, ticketsOn } from '../../../local/play/reading';
import { type CardJson } from '../../../local/teams';
import { cardRefresh } from '../../../local/teams/card-actions';
import { type House } from './house';

/** While a secret stands on somebody's screen in place of a card, that card is left alone (bot/teams/messenger.ts). */
function secretStands(slot: CardSlot, { view }: TicketDetails): boolean {
  if (slot === 'approval') return view.vouch.codeStands;
  return view.pass.liveUntil !== undefined && view.roles.includes('recipient') && slot !== 'helpdesk';
}

function nameOf(house: House, person: string): string {
  return house.entra.people().find(({ id }) => id === person)?.displayName ?? person;
}

const NO_CLAIMS = ['nonce', 'refresh'];

/** A card without what names the click: a ticket may go on without anything changing that a card says. */
function claimsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(claimsOf);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !NO_CLAIMS.includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, claimsOf(inner)]));
}

/** The first line in which two cards differ. */
function difference(card: CardJson, truth: CardJson): string {
  const [says, is] = [textOf(card).split('\n'), textOf(truth).split('\n')];
  const at = says.findIndex((line, n) => line !== is[n]);
  return at < 0
    ? `says less than "${is[says.length] ?? ''}"`
    : `says "${says[at] ?? ''}", the truth is "${is[at] ?? ''}"`;
}

/**
 * The minute in which a prepared pass may be shown is told with its end, in the reply to the one who prepared it: a card
 * in the chat may say it still when it is over, and need not say it yet.
 */
async function aroundThePreparation(deps: Deps, ticket: Ticket, viewer: Viewer): Promise<TicketDetails[]> {
  const { prepared, ...without } = ticket;
  if (!prepared) return [];
  const within = { ...deps, now: () => new Date(Date.parse(prepared.until) - 1) };
  const both = [await detailsOf(within, ticket, viewer), await detailsOf(deps, without, viewer)];
  return both.flatMap((details) => details ?? []);
}

/** Who has a card of a ticket, whatever becomes of it. */
function concerned(ticket: Ticket): string[] {
  const { requester, subject } = ticket;
  return [...new Set([requester.id, subject.id, ...askedApprovers(ticket).map(({ id }) => id)])];
}

/**
 * Every card of a ticket that came to somebody by itself, held against one drawn now from the ticket as storage has it.
 * Empty: all of them are true.
 */
export async function untrueCards(house: House, ticket: Ticket): Promise<string[]> {
  const deps = house.running()?.deps;
  if (!deps) return ['no process is up'];
  const posts = await house.truth.conversations.cardsOf(ticket.id);
  const wrong: string[] = [];
  for (const person of concerned(ticket)) {
    const reachable = (await house.truth.conversations.get(person)) !== undefined;
    if (reachable && !posts.some((post) => post.person === person))
      wrong.push(`${nameOf(house, person)}: no card came`);
  }
  for (const { person, slot, activityId } of posts) {
    const chat = house.crowd.chat(person);
    const posted = chat.find(({ id }) => id === activityId);
    const who = `${nameOf(house, person)} (${slot})`;
    if (!posted) {
      wrong.push(`${who}: the card that is remembered is not in the chat`);
      continue;
    }
    const helpdesk = slot === 'helpdesk';
    const details = await detailsOf(deps, ticket, { id: person, name: nameOf(house, person), helpdesk });
    if (!details || secretStands(slot, details)) continue;
    const words = wordsFor((await house.truth.conversations.get(person))?.locale);
    const drawn = (from: TicketDetails) => claimsOf(structuredClone(cardOfSlot(slot, from, words))) as CardJson;
    const truth = drawn(details);
    const says = claimsOf(posted.card) as CardJson;
    const also = await aroundThePreparation(deps, ticket, { id: person, name: nameOf(house, person), helpdesk });
    if ([truth, ...also.map(drawn)].some((card) => isDeepStrictEqual(says, card))) continue;
    wrong.push(`${who}: ${difference(says, truth)}`);
  }
  return wrong;
}

/** Cards that came by themselves and that the product does not know of: nothing will ever bring them up to date. */
export function strayCards(house: House, ticket: Ticket, known: ReadonlySet<string>): string[] {
  return house.entra.people().flatMap(({ id }) =>
    house.crowd
      .chat(id)
      .filter(({ card, answer, id: post }) => !answer && !known.has(post) && ticketsOn(card).includes(ticket.shortId))
      // One that draws itself anew when it is looked at is true whenever somebody reads it.
      .filter(({ card }) => cardRefresh(card) === undefined)
      .filter(({ card }) => standingOn(card) !== undefined && standingOn(card) !== ticket.status)
      .map(({ card, unheard }) => {
        const why = unheard ? 'its post was never heard of' : 'left behind';
        return `${nameOf(house, id)}: a card says "${standingOn(card) ?? ''}" for ever, the ticket is "${ticket.status}" (${why})`;
      }),
  );
}
