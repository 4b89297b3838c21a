import { type TeamsAdapter } from '@microsoft/teams-ai';
import { type Activity, type ConversationReference, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { type Chats } from './chats';
import { type PlayedClock } from './clock';
import { type Edges, type Failure, type Life } from './edges';

/** What a socket waits for a connector that says nothing. */
const HANGS_MS = 15_000;
const WithCard = z.object({ attachments: z.array(z.object({ content: z.record(z.unknown()) })).min(1) });

/** How botframework's client throws: with the status of an answer, or as Node does for a broken line. */
function thrown(as: Failure): Error {
  if (typeof as === 'string') return Object.assign(new Error(`connector: ${as}`), { code: 'ECONNRESET' });
  const headers = new Map(as.retryAfter === undefined ? [] : [['retry-after', as.retryAfter]]);
  return Object.assign(new Error(as.code ?? 'connector'), {
    statusCode: as.status,
    code: as.code,
    response: { headers },
  });
}

function notFound(): Error {
  return Object.assign(new Error('ActivityNotFoundInConversation'), { statusCode: 404 });
}

/** The Bot Connector behind botbuilder's adapter, as far as the product's messenger uses it. */
export function adapterBehind(
  edges: Edges,
  life: Life,
  chats: Chats,
  clock: Pick<PlayedClock, 'sleep'>,
  conversationOf: (person: string) => string | undefined,
): TeamsAdapter {
  const call = <T>(label: string, resource: string, work: () => T): Promise<T> =>
    edges.pass(
      life,
      { to: 'teams', label, writes: true, resource },
      async () => work(),
      async (as) => {
        if (as === 'time-out') await clock.sleep(HANGS_MS);
        throw thrown(as);
      },
    );

  const contextFor = (
    conversation: string,
  ): Pick<TurnContext, 'sendActivity' | 'updateActivity' | 'deleteActivity'> => ({
    sendActivity: async (activity) => {
      const { content } = WithCard.parse(activity).attachments[0] ?? {};
      if (!content) throw new Error('a message without a card');
      let id = '';
      try {
        await call('send', conversation, () => {
          id = chats.post(conversation, content, false).id;
        });
      } catch (error) {
        const posted = id === '' ? undefined : chats.find(conversation, id);
        if (posted) posted.unheard = true;
        throw error;
      }
      return { id };
    },
    updateActivity: async (activity: Partial<Activity>) => {
      const { content } = WithCard.parse(activity).attachments[0] ?? {};
      await call('update', conversation, () => {
        const posted = chats.find(conversation, activity.id ?? '');
        if (!posted || !content) throw notFound();
        posted.card = content;
        delete posted.view;
      });
    },
    deleteActivity: async (which) => {
      const id = typeof which === 'string' ? which : (which.activityId ?? '');
      await call('delete', conversation, () => {
        if (!chats.find(conversation, id)) throw notFound();
        chats.remove(conversation, id);
      });
    },
  });

  const adapter = {
    async continueConversationAsync(
      _app: string,
      reference: Partial<ConversationReference>,
      logic: (context: TurnContext) => Promise<void>,
    ): Promise<void> {
      await logic(contextFor(reference.conversation?.id ?? '') as TurnContext);
    },
    async createConversationAsync(
      ...[, , , , parameters, logic]: Parameters<TeamsAdapter['createConversationAsync']>
    ): Promise<void> {
      const person = parameters.members?.[0]?.id ?? '';
      const id = await call('create', person, () => conversationOf(person));
      if (id === undefined) throw Object.assign(new Error('BotNotInConversationRoster'), { statusCode: 403 });
      const context: unknown = { activity: { conversation: { id } } };
      await logic(context as TurnContext);
    },
  };
  return adapter as unknown as TeamsAdapter;
}
