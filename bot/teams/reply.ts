import { type Activity } from 'botbuilder';
import { type AdaptiveCard } from '../../cards';

export const CARD = 'application/vnd.microsoft.card.adaptive';

/** A card as a message. `summary` is what a notification and a screen reader say. */
export function cardMessage(card: AdaptiveCard): Partial<Activity> {
  return {
    type: 'message',
    summary: card.speak,
    attachments: [{ contentType: CARD, content: card }],
  };
}

/** The answer to an `adaptiveCard/action` invoke: a card for the one client that pressed the button. */
export function cardInvokeResponse(card: AdaptiveCard): Partial<Activity> {
  return invokeResponse({ statusCode: 200, type: CARD, value: card });
}

/** The answer to a search in a message box (`composeExtension/query`). */
export function searchInvokeResponse(composeExtension: object): Partial<Activity> {
  return invokeResponse({ composeExtension });
}

/** The answer that Teams shows as an error below the card. */
export function errorInvokeResponse(statusCode: 400 | 500, code: string, message: string): Partial<Activity> {
  return invokeResponse({ statusCode, type: 'application/vnd.microsoft.error', value: { code, message } });
}

function invokeResponse(body: Record<string, unknown>): Partial<Activity> {
  return { type: 'invokeResponse', value: { status: 200, body } };
}
