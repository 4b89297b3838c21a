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
  sharedTicketCard,
  tooOldCard,
  withRefresh,
} from '../../cards';
import { shareTicket, unshareTicket } from '../service';
import { parseShortId } from '../tickets/ids';
import { isSharedIn, sharedView } from '../tickets/shared';
import { ticketOutcome } from './clicks';
import { type Asker } from './desk';
import { withHelpdesk } from './helpdesk';
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

/** A ticket's number where the line is about one; undefined: it is about something else. */
function numberIn(line: string, asker: Asker): string | undefined {
  if (parseShortId(line)) return line;
  const matched = matchCommand(line, [asker.words, ...ALL_WORDS]);
  return matched?.command === 'ticket' || matched?.command === 'share' ? matched.rest : undefined;
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
  const { appId } = deps.settings;
  const chat = appId === undefined ? {} : { chat: chatLink(appId) };
  const line = withoutMentions(text);
  const number = numberIn(line, asker);
  const { place, tenantId, serviceUrl, botId, conversationId } = speaker;
  if (number === undefined || !place) return groupCard(chat, words);
  const here = { ...place, tenantId, serviceUrl, botId, conversationId };
  const { refusal } = await shareTicket(deps, member, { place: here, text: number, nonce });
  return refusal ? groupRefusalCard({ ...refusal, ...chat }, words) : undefined;
}

/**
 * What a button of a card that stands for everybody brings about, for the one who pressed it: judged by who that is,
 * never by where it was pressed. Those who are not of the helpdesk see the card as all do.
 */
export async function clickedInGroup(asker: Asker, speaker: Speaker, click: Click): Promise<AdaptiveCard | undefined> {
  const { deps, member, words } = asker;
  const { appId } = deps.settings;
  const chat = appId === undefined ? {} : { chat: chatLink(appId) };
  const { ticket: id, nonce } = click;
  const { place } = speaker;
  const stored = id === undefined ? undefined : await deps.tickets.load(id);
  if (!stored || !place || nonce === undefined || !isSharedIn(stored.ticket, place.id))
    return groupRefusalCard({ code: 'personal-only', ...chat }, words);
  const view = sharedView(stored.ticket);
  const looks = click.verb === 'open-ticket' || click.verb === 'refresh';
  // The answer to a submitted click is a message for all: only what all see anyway follows from it, on the card itself.
  if (click.by === 'submit' && looks) return tooOldCard(chat, words);
  if (!member.helpdesk) return click.by === 'submit' ? undefined : sharedTicketCard({ view }, words);
  if (click.verb === 'unshare') {
    const { refusal } = await unshareTicket(deps, member, { place: place.id, ticket: view.id, nonce });
    return refusal ? groupRefusalCard({ ...refusal, ...chat }, words) : sharedTicketCard({ view }, words);
  }
  const verb = PLACE_VERBS.find((one) => one === click.verb);
  if (verb === undefined) return groupRefusalCard({ code: 'personal-only', ...chat }, words);
  const outcome = await ticketOutcome(asker, verb, click, { ticket: view.id, nonce });
  if (click.by === 'submit') return undefined;
  const { details, refusal } = await withHelpdesk(asker, outcome, 'helpdesk');
  if (!details) return groupRefusalCard({ ...(refusal ?? { code: 'ticket-unknown' }), ...chat }, words);
  const problems = refusal ? [{ field: INPUT.comment, ...refusal }] : [];
  const drawn = cardOfSlot('helpdesk', details, words, problems);
  const of = { ticket: view.id, nonce: details.view.nonce, slot: 'shared' };
  return withRefresh(inPlace(drawn, details.view, words), of, [speaker.teamsUserId], words);
}
