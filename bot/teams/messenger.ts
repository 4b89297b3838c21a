import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TeamsAdapter } from '@microsoft/teams-ai';
import { type ConversationReference, type TurnContext } from 'botbuilder';
import { type AdaptiveCard, confirmWorkstationCard, wordsFor } from '../../cards';
import { type Delivered, type Log, type Messenger } from '../service';
import { type Conversation, type ConversationStore } from '../service/ports';
import { type Settings } from '../settings';
import { cardOfSlot } from './render';
import { createContinueIn } from './continuing';
import { createFileMessenger } from './file-offer';
import { createGroupMessenger } from './group-messenger';
import { createInTurn } from './in-turn';
import { cardMessage } from './reply';
import { mayShowSecret, refreshing } from './refresh-card';
import { cardOvertaken, distrustedIfFailed } from './overtaken';
import { failureOf, teamsFault } from './retrying';

export interface MessengerOptions {
  adapter: TeamsAdapter | undefined;
  settings: Settings;
  conversations: ConversationStore;
  now: () => Date;
  log: Log;
  /** Waits so many milliseconds between two tries. Default: by the clock. */
  pause?: (ms: number) => Promise<void>;
}

/** The key of the record that remembers where this tenant's Teams is to be reached. */
export const TENANT_RECORD = 'tenant';

function digestOf(card: AdaptiveCard): string {
  return createHash('sha256').update(JSON.stringify(card)).digest('base64url');
}

function referenceOf(conversation: Conversation): Partial<ConversationReference> {
  return {
    bot: { id: conversation.botId, name: 'Keyvouch' },
    conversation: {
      id: conversation.conversationId,
      isGroup: false,
      conversationType: 'personal',
      tenantId: conversation.tenantId,
      name: '',
    },
    channelId: 'msteams',
    serviceUrl: conversation.serviceUrl,
  };
}

/** Posts cards to people, and updates them in place. */
export function createMessenger(options: MessengerOptions): Messenger {
  const { adapter, settings, conversations, log, pause = sleep } = options;
  const appId = settings.appId ?? '';
  const inTurn = createInTurn();

  const continueIn = createContinueIn(adapter, appId, pause);

  function inConversation<T>(conversation: Conversation, work: (context: TurnContext) => Promise<T>): Promise<T> {
    return continueIn(referenceOf(conversation), work);
  }

  /** The person's chat; one is opened where the app is installed but the person has never written. */
  async function conversationWith(person: string): Promise<Conversation | undefined> {
    const known = await conversations.get(person);
    if (known) return known;
    const tenant = await conversations.get(TENANT_RECORD);
    if (!tenant || !adapter) return undefined;
    const { serviceUrl, botId, tenantId } = tenant;
    const opened: string[] = [];
    try {
      await adapter.createConversationAsync(
        appId,
        'msteams',
        serviceUrl,
        settings.sandbox?.botOAuthScope ?? 'https://api.botframework.com',
        {
          isGroup: false,
          bot: { id: botId, name: 'Keyvouch' },
          members: [{ id: person, name: '' }],
          tenantId,
          channelData: { tenant: { id: tenantId } },
          activity: undefined as never,
          topicName: '',
        },
        async (context) => {
          opened.push(context.activity.conversation.id);
        },
      );
    } catch (error) {
      const { status } = failureOf(error);
      if (status === 403 || status === 404 || status === 400) return undefined;
      throw teamsFault(error);
    }
    const [conversationId] = opened;
    if (!conversationId) return undefined;
    const conversation = { person, tenantId, conversationId, serviceUrl, botId };
    await conversations.put(conversation);
    return conversation;
  }

  /** @returns the activity's id; undefined where the app is not installed for the person. */
  async function post(conversation: Conversation, card: AdaptiveCard): Promise<string | undefined> {
    try {
      const sent = await inConversation(conversation, (context) => context.sendActivity(cardMessage(card)));
      return sent?.id ?? '';
    } catch (error) {
      const { status } = failureOf(error);
      if (status === 403) return undefined;
      throw teamsFault(error);
    }
  }

  /** @returns false where the old card is no longer there to be updated. */
  async function update(conversation: Conversation, activityId: string, card: AdaptiveCard): Promise<boolean> {
    try {
      await inConversation(conversation, async (context) => {
        await context.updateActivity({ ...cardMessage(card), id: activityId });
        return true;
      });
      return true;
    } catch (error) {
      const { status } = failureOf(error);
      if (status === 403 || status === 404 || status === 400) return false;
      throw teamsFault(error);
    }
  }

  /** Takes an older card of the same ticket away, so that there is one truth in the chat. Best effort. */
  async function takeAway(conversation: Conversation, activityId: string): Promise<void> {
    await inConversation(conversation, async (context) => {
      await context.deleteActivity(activityId);
      return true;
    }).catch((error: unknown) => log('card-not-removed', { status: failureOf(error).status }));
  }

  /** Brings one person's card up to date, or posts it. */
  async function bring({ person, slot, nudge, details, since }: Parameters<Messenger['card']>[0]): Promise<Delivered> {
    const conversation = await conversationWith(person.id);
    if (!conversation) return 'not-installed';
    const words = wordsFor(conversation.locale ?? settings.language);
    const card = refreshing(cardOfSlot(slot, details, words), { slot, details, words }, conversation.teamsUserId);
    const digest = digestOf(card);
    const ticket = details.view.id;
    const before = await conversations.card(ticket, person.id, slot);
    // An update in place may have overtaken the news: then the card says it, and nobody has heard of it.
    // Somebody asks for it anew because it got lost: then it comes, changed or not, but once.
    const lost = since !== undefined && before !== undefined && before.at < since;
    if (before?.digest === digest && !(nudge && (before.inPlace || lost))) return 'unchanged';
    // It is brought up to date by what comes next: the new passkey, the pass's deletion, the card put off for the
    // approver, or the person's own click.
    if (before && !nudge && mayShowSecret(slot, details)) return 'unchanged';
    const record = {
      ticket,
      person: person.id,
      slot,
      conversationId: conversation.conversationId,
      digest,
      at: options.now().toISOString(),
    };
    if (before && !nudge && (await update(conversation, before.activityId, card))) {
      const shown = { ...record, activityId: before.activityId, inPlace: true };
      if (!(await conversations.putCard(shown, before))) throw cardOvertaken();
      return 'sent';
    }
    const activityId = await post(conversation, card);
    if (activityId === undefined) return 'not-installed';
    if (!(await conversations.putCard({ ...record, activityId, inPlace: false }, before ?? 'none'))) {
      await takeAway(conversation, activityId);
      throw cardOvertaken();
    }
    if (before) await takeAway(conversation, before.activityId);
    return 'sent';
  }

  return {
    ...createFileMessenger({ conversationWith, inConversation }),
    ...createGroupMessenger({ settings, conversations, now: options.now, log, continueIn }),

    // Two at once would both find no card yet, and leave two in the chat of which one is never true again.
    card(message) {
      const [ticket, person, slot] = [message.details.view.id, message.person.id, message.slot];
      const recorded = () => conversations.card(ticket, person, slot);
      return inTurn(`${ticket}~${person}~${slot}`, () =>
        distrustedIfFailed(() => bring(message), recorded, conversations.putCard),
      );
    },

    async confirmWorkstation({ person, workstation, words: fingerprint }): Promise<Delivered> {
      const conversation = await conversationWith(person);
      if (!conversation) return 'not-installed';
      const words = wordsFor(conversation.locale ?? settings.language);
      const { id, name } = workstation;
      const posted = await post(
        conversation,
        confirmWorkstationCard({ id, name, nonce: id, words: fingerprint }, words),
      );
      return posted === undefined ? 'not-installed' : 'sent';
    },
  };
}
