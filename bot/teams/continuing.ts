import { type TeamsAdapter } from '@microsoft/teams-ai';
import { type ConversationReference, type TurnContext } from 'botbuilder';
import { createPatience } from './patience';
import { failureOf, teamsFault, withRetries } from './retrying';

/** Does something in a conversation in which nobody has just spoken; again where Teams asks for patience. */
export type ContinueIn = <T>(
  reference: Partial<ConversationReference>,
  work: (context: TurnContext) => Promise<T>,
) => Promise<T>;

export function createContinueIn(
  adapter: TeamsAdapter | undefined,
  appId: string,
  pause: (ms: number) => Promise<void>,
): ContinueIn {
  const patience = createPatience(() => Date.now());

  /** One attempt: not while a pause lasts that any other has been asked for in this conversation. */
  async function attempt<T>(conversation: string, work: () => Promise<T>): Promise<T> {
    patience.check(conversation);
    try {
      return await work();
    } catch (error) {
      const { retryAfterMs } = failureOf(error);
      if (retryAfterMs !== undefined) patience.ask(conversation, retryAfterMs);
      throw error;
    }
  }

  return async <T>(
    reference: Partial<ConversationReference>,
    work: (context: TurnContext) => Promise<T>,
  ): Promise<T> => {
    if (!adapter) throw teamsFault(new Error('no bot is registered'));
    const results: T[] = [];
    const failures: unknown[] = [];
    await adapter.continueConversationAsync(appId, reference, async (context) => {
      // An error that left this turn would be handled as one of a person's turn, and never come back here.
      try {
        results.push(await withRetries(() => attempt(reference.conversation?.id ?? '', () => work(context)), pause));
      } catch (error) {
        failures.push(error);
      }
    });
    if (failures.length > 0) throw failures[0];
    const [result] = results;
    if (result === undefined) throw teamsFault(new Error('the conversation did not continue'));
    return result;
  };
}
