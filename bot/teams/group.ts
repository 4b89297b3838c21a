import { type Activity } from 'botbuilder';
import { z } from 'zod';
import {
  type AdaptiveCard,
  ALL_WORDS,
  chatLink,
  groupCard,
  groupRefusalCard,
  inPlace,
  INPUT,
  matchCommand,
  PLACE_VERBS,
  sharedQueueCard,
  sharedTicketCard,
  tooOldCard,
  withRefresh,
  wordsFor,
} from '../../cards';
import { type PlaceRecord, placeNow, shareQueue, shareTicket, unshareTicket } from '../service';
import { parseShortId } from '../tickets/ids';
import { type Refusal } from '../tickets/commands';
import { COUNT_AT_MOST, type QueuePart } from '../tickets/queue';
import { isSharedIn, type Place, sharedView } from '../tickets/shared';
import { ticketOutcome } from './clicks';
import { type Asker } from './desk';
import { helpdeskQueue, partOf, partSaid, withHelpdesk } from './helpdesk';
import { cardOfSlot } from './render';
import { type Click } from './said-and-clicked';
import { type Speaker } from './who';

const Mention = z.object({ type: z.literal('mention'), mentioned: z.object({ id: z.string() }) });

/** Whether the bot itself was mentioned: in a conversation of several people nothing else is meant for it. */
export function isMentioned(activity: Partial<Activity>, { botId }: Speaker): boolean {
  return (activity.entities ?? []).some((entity: unknown) => {
    const mention = Mention.safeParse(entity);
    return mention.success && mention.data.mentioned.id === botId;
  });
}

/** What was said without the mentions, in one line: Teams writes them into the text as `<at>Keyvouch</at>`. */
export function withoutMentions(text: string): string {
  return text
    .replace(/<at[^>]*>.*?<\/at>/gs, ' ')
    .replace(/&nbsp;|\s+/g, ' ')
    .trim();
}

const chatOf = ({ deps }: Asker): { chat?: string } =>
  deps.settings.appId === undefined ? {} : { chat: chatLink(deps.settings.appId) };

/** What a line asks to be shown: a ticket by its number, or a part of the queue; undefined: something else. */
function wanted(line: string, asker: Asker): { number: string } | { part: QueuePart } | undefined {
  if (parseShortId(line)) return { number: line };
  const { command, rest = '' } = matchCommand(line, [asker.words, ...ALL_WORDS]) ?? {};
  if (command === 'queue') return { part: partSaid(asker, rest) ?? 'all' };
  return command === 'ticket' || command === 'share' ? { number: rest } : undefined;
}

/** The place in which somebody speaks, as it is remembered. */
const recordOf = (place: Place, { tenantId, serviceUrl, botId, conversationId }: Speaker): PlaceRecord => ({
  ...place,
  ...{ tenantId, serviceUrl, botId, conversationId },
});

/** The queue for all who are there. */
async function queueInPlace(asker: Asker, place: PlaceRecord, part: QueuePart): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  const shared = await shareQueue(deps, member, place);
  if ('refusal' in shared) return groupRefusalCard({ ...shared.refusal, ...chatOf(asker) }, words);
  const model = { counts: shared.counts, most: COUNT_AT_MOST, at: deps.now().toISOString(), part };
  // Everybody reads the same card, so it is in the language of the house.
  const house = wordsFor(deps.settings.language);
  return withRefresh(sharedQueueCard({ ...model, ...chatOf(asker) }, house), { queue: part }, shared.readers, house);
}

/**
 * What a line in a group chat or channel brings about.
 * @returns the card that answers it for all to read; undefined: the ticket's own card is about to stand there
 */
export async function saidInGroup(
  asker: Asker,
  speaker: Speaker,
  text: string,
  nonce: string,
): Promise<AdaptiveCard | undefined> {
  const { deps, member, words } = asker;
  const asked = wanted(withoutMentions(text), asker);
  if (!asked || !speaker.place) return groupCard(chatOf(asker), words);
  const place = recordOf(speaker.place, speaker);
  if ('part' in asked) return queueInPlace(asker, place, asked.part);
  const { refusal } = await shareTicket(deps, member, { place, text: asked.number, nonce });
  return refusal ? groupRefusalCard({ ...refusal, ...chatOf(asker) }, words) : undefined;
}

/**
 * What a button of a card that stands for everybody brings about, for the one who pressed it: judged by who that is,
 * never by where it was pressed. Those who are not of the helpdesk see the card as all do.
 */
export async function clickedInGroup(asker: Asker, speaker: Speaker, click: Click): Promise<AdaptiveCard | undefined> {
  const { deps, member, words } = asker;
  const chat = chatOf(asker);
  const { ticket: id, nonce } = click;
  const { place } = speaker;
  const refused = (refusal: Refusal) => groupRefusalCard({ ...refusal, ...chat }, words);
  if (click.verb === 'queue') {
    if (click.by === 'submit') return tooOldCard(chat, words);
    return member.helpdesk ? ownQueue(asker, speaker, click.subject ?? click.list) : refused({ code: 'helpdesk-only' });
  }
  const stored = id === undefined ? undefined : await deps.tickets.load(id);
  if (!stored || !place || nonce === undefined) return refused({ code: 'personal-only' });
  const shared = isSharedIn(stored.ticket, place.id);
  // What the queue names the helpdesk may open, where it might stand for everybody.
  const open = shared || (member.helpdesk && !('barred' in (await placeNow(deps, place.id))));
  if (!open) return refused({ code: 'personal-only' });
  const view = sharedView(stored.ticket);
  const looks = click.verb === 'open-ticket' || click.verb === 'refresh';
  // The answer to a submitted click is a message for all: only what all see anyway follows from it, on the card itself.
  if (click.by === 'submit' && looks) return tooOldCard(chat, words);
  if (!member.helpdesk) return click.by === 'submit' ? undefined : sharedTicketCard({ view }, words);
  if (click.verb === 'unshare') {
    const { refusal } = await unshareTicket(deps, member, { place: place.id, ticket: view.id, nonce });
    return refusal ? refused(refusal) : sharedTicketCard({ view }, words);
  }
  if (click.verb === 'share') {
    const of = { place: recordOf(place, speaker), text: view.shortId, nonce };
    const { refusal } = await shareTicket(deps, member, of);
    return refusal ? refused(refusal) : ownQueue(asker, speaker);
  }
  const verb = PLACE_VERBS.find((one) => one === click.verb);
  if (verb === undefined) return refused({ code: 'personal-only' });
  const outcome = await ticketOutcome(asker, verb, click, { ticket: view.id, nonce });
  if (click.by === 'submit') return undefined;
  const { details, refusal } = await withHelpdesk(asker, outcome, 'helpdesk');
  if (!details) return refused(refusal ?? { code: 'ticket-unknown' });
  const problems = refusal ? [{ field: INPUT.comment, ...refusal }] : [];
  const drawn = cardOfSlot('helpdesk', details, words, problems);
  const card = inPlace(drawn, { view: details.view, shared }, words);
  const of = { ticket: view.id, nonce: details.view.nonce, slot: 'shared' };
  return shared ? withRefresh(card, of, [speaker.teamsUserId], words) : card;
}

/** A page of the queue for the one who looks at it in a group chat or channel. */
export async function ownQueue(asker: Asker, { teamsUserId }: Speaker, subject = 'all'): Promise<AdaptiveCard> {
  const drawn = await helpdeskQueue(asker, subject, { inPlace: true });
  return withRefresh(drawn, { queue: partOf(subject) }, [teamsUserId], asker.words);
}
