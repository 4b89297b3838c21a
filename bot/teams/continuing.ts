import { type TeamsAdapter } from '@microsoft/teams-ai';
import { type ConversationReference, type TurnContext } from 'botbuilder';
import { patiently, teamsFault } from './retrying';

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
  return async <T>(
    reference: Partial<ConversationReference>,
    work: (context: TurnContext) => Promise<T>,
  ): Promise<T> => {
    if (!adapter) throw teamsFault(new Error('no bot is registered'));
    const results: { value: T }[] = [];
    const failures: unknown[] = [];
    await adapter.continueConversationAsync(appId, reference, async (context) => {
      // An error that left this turn would be handled as one of a person's turn, and never come back here.
      try {
        const call = () => work(context);
        results.push({ value: await patiently(adapter, reference.conversation?.id ?? '', call, pause) });
      } catch (error) {
        failures.push(error);
      }
    });
    if (failures.length > 0) throw failures[0];
    const [result] = results;
    if (result === undefined) throw teamsFault(new Error('the conversation did not continue'));
    return result.value;
  };
}
