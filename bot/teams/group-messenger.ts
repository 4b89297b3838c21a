import { createHash } from 'node:crypto';
import { type ConversationReference, TeamsInfo } from 'botbuilder';
import { z } from 'zod';
import {
  type AdaptiveCard,
  chatLink,
  REFRESHED_AT_MOST,
  sharedTicketCard,
  withdrawnCard,
  withRefresh,
  wordsFor,
} from '../../cards';
import { type Log, type Messenger } from '../service';
import { type ConversationStore } from '../service/ports';
import { type PlaceMember, type PlaceRecord } from '../service/places-port';
import { type Settings } from '../settings';
import { type ContinueIn } from './continuing';
import { createInTurn } from './in-turn';
import { cardMessage } from './reply';
import { cardOvertaken, distrustedIfFailed } from './overtaken';
import { failureOf, teamsFault } from './retrying';

/** Somebody on a roster of Teams, as far as it is read. */
const Account = z.object({
  id: z.string(),
  aadObjectId: z.string().optional(),
  objectId: z.string().optional(),
  tenantId: z.string().optional(),
  userRole: z.string().optional(),
  userPrincipalName: z.string().optional(),
});

/** Pages of a roster are read up to this one; more people than that are an audience anyway. */
const PAGES_AT_MOST = 10;
const PAGE = 100;

/** Of this tenant, and no guest in it: whatever of the three the roster says against it counts. */
function memberFrom(account: unknown, tenantId: string): PlaceMember {
  const read = Account.safeParse(account);
  if (!read.success) return { teamsUserId: '', ours: false };
  const { id: teamsUserId, aadObjectId, objectId, tenantId: home, userRole, userPrincipalName } = read.data;
  const id = (aadObjectId ?? objectId)?.toLowerCase();
  const ours =
    id !== undefined &&
    home?.toLowerCase() === tenantId.toLowerCase() &&
    (userRole ?? 'user') === 'user' &&
    !(userPrincipalName ?? '').toUpperCase().includes('#EXT#');
  return { teamsUserId, ours, ...(id !== undefined && { id }) };
}

function referenceOf(place: PlaceRecord, conversationId: string): Partial<ConversationReference> {
  const conversationType = place.kind === 'channel' ? 'channel' : 'groupChat';
  return {
    bot: { id: place.botId, name: 'Keyvouch' },
    conversation: { id: conversationId, isGroup: true, conversationType, tenantId: place.tenantId, name: '' },
    channelId: 'msteams',
    serviceUrl: place.serviceUrl,
  };
}

const isGone = (error: unknown): boolean => [400, 403, 404].includes(failureOf(error).status ?? 0);

export interface GroupMessengerOptions {
  settings: Settings;
  conversations: ConversationStore;
  now: () => Date;
  log: Log;
  continueIn: ContinueIn;
}

/** The part of the messenger that speaks in group chats and channels. */
export function createGroupMessenger(
  options: GroupMessengerOptions,
): Pick<Messenger, 'roster' | 'sharedCard' | 'withdrawCard'> {
  const { settings, conversations, log, continueIn } = options;
  const inTurn = createInTurn();
  // Everybody reads the same card, so it is in the language of the house.
  const words = wordsFor(settings.language);
  const chat = (shortId: string) => (settings.appId === undefined ? {} : { chat: chatLink(settings.appId, shortId) });

  /** @returns the activity's id; undefined where the bot is not there. */
  async function post(place: PlaceRecord, card: AdaptiveCard): Promise<string | undefined> {
    try {
      const reference = referenceOf(place, place.conversationId);
      const sent = await continueIn(reference, (context) => context.sendActivity(cardMessage(card)));
      return sent?.id ?? '';
    } catch (error) {
      if (isGone(error)) return undefined;
      throw teamsFault(error);
    }
  }

  /** @returns false where the old card is not there any more. */
  async function update(place: PlaceRecord, conversationId: string, id: string, card: AdaptiveCard): Promise<boolean> {
    try {
      return await continueIn(referenceOf(place, conversationId), async (context) => {
        await context.updateActivity({ ...cardMessage(card), id });
        return true;
      });
    } catch (error) {
      if (isGone(error)) return false;
      throw teamsFault(error);
    }
  }

  async function takeAway(place: PlaceRecord, conversationId: string, id: string): Promise<void> {
    await continueIn(referenceOf(place, conversationId), async (context) => {
      await context.deleteActivity(id);
      return true;
    }).catch((error: unknown) => log('card-not-removed', { status: failureOf(error).status }));
  }

  const bring: Messenger['sharedCard'] = async ({ place, view, readers, nudge }) => {
    const of = { ticket: view.id, nonce: view.nonce, slot: 'shared' };
    const plain = sharedTicketCard({ view, ...chat(view.shortId) }, words);
    const card = withRefresh(plain, of, readers.slice(0, REFRESHED_AT_MOST), words);
    const digest = createHash('sha256').update(JSON.stringify(card)).digest('base64url');
    const before = await conversations.sharedPost(view.id, place.id);
    if (before?.digest === digest && !nudge) return 'unchanged';
    const record = { ticket: view.id, place: place.id, digest, at: options.now().toISOString() };
    if (before && !nudge && (await update(place, before.conversationId, before.activityId, card))) {
      const { conversationId, activityId } = before;
      const shown = { ...record, conversationId, activityId };
      if (!(await conversations.putSharedPost(shown, before))) throw cardOvertaken();
      return 'sent';
    }
    const activityId = await post(place, card);
    if (activityId === undefined) return 'gone';
    const { conversationId } = place;
    if (!(await conversations.putSharedPost({ ...record, conversationId, activityId }, before ?? 'none'))) {
      await takeAway(place, conversationId, activityId);
      throw cardOvertaken();
    }
    if (before) await takeAway(place, before.conversationId, before.activityId);
    return 'sent';
  };

  return {
    async roster(place) {
      try {
        return await continueIn(referenceOf(place, place.id), async (context) => {
          const members: PlaceMember[] = [];
          let next: string | undefined;
          for (let page = 0; page < PAGES_AT_MOST; page += 1) {
            const read = await TeamsInfo.getPagedMembers(context, PAGE, next);
            members.push(...read.members.map((account) => memberFrom(account, settings.tenantId)));
            next = read.continuationToken;
            if (!next) break;
          }
          return members;
        });
      } catch (error) {
        if (isGone(error)) return undefined;
        throw teamsFault(error);
      }
    },

    sharedCard(message) {
      const [ticket, place] = [message.view.id, message.place.id];
      const recorded = () => conversations.sharedPost(ticket, place);
      return inTurn(`${ticket}~${place}`, () =>
        distrustedIfFailed(() => bring(message), recorded, conversations.putSharedPost),
      );
    },

    withdrawCard: ({ ticket, shortId, place: id }) =>
      inTurn(`${ticket}~${id}`, async () => {
        const before = await conversations.sharedPost(ticket, id);
        const place = before && (await conversations.place(id));
        if (before && place) {
          const card = withdrawnCard({ shortId, ...chat(shortId) }, words);
          await update(place, before.conversationId, before.activityId, card);
        }
        await conversations.removeSharedPost(ticket, id);
      }),
  };
}
