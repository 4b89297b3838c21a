import { z } from 'zod';
import { cardSchema, type Alert, type CardJson } from './message';

/** What became of an activity that was sent to the bot. */
export interface Delivery {
  /** HTTP status; undefined where no answer came in time. */
  status: number | undefined;
  /** Parsed where it was JSON. */
  body: unknown;
}

/** How the bot answered a click, as the client understands it. */
export type ClickAnswer =
  /** The card takes the place of the old one, for this client only. */
  | { kind: 'card'; card: CardJson; delivery: Delivery }
  /** A line of text under the card. */
  | { kind: 'message'; text: string; delivery: Delivery }
  /** The red bar with the bot's own words. */
  | { kind: 'error'; statusCode: number; code: string; text: string; delivery: Delivery }
  /** The bot answered with something no client understands (or refused): "Something went wrong". */
  | { kind: 'failed'; text: string; delivery: Delivery }
  /** No answer within the deadline: "Unable to reach app". */
  | { kind: 'unreachable'; text: string; delivery: Delivery }
  /** An Action.Submit was taken; its answer comes as a message, if at all. */
  | { kind: 'submitted'; delivery: Delivery };

const SOMETHING_WENT_WRONG = 'Something went wrong. Please try again.';
const UNABLE_TO_REACH = 'Unable to reach app. Please try again.';

const bodySchema = z.discriminatedUnion('type', [
  z.object({
    statusCode: z.number(),
    type: z.literal('application/vnd.microsoft.card.adaptive'),
    value: cardSchema,
  }),
  z.object({
    statusCode: z.number(),
    type: z.literal('application/vnd.microsoft.activity.message'),
    value: z.string(),
  }),
  z.object({
    statusCode: z.number(),
    type: z.literal('application/vnd.microsoft.error'),
    value: z.object({ code: z.string(), message: z.string() }),
  }),
]);

/** Reads an invoke's reply as Teams clients do (Universal Actions, "Response format"). */
export function readAnswer(delivery: Delivery): ClickAnswer {
  if (delivery.status === undefined) return { kind: 'unreachable', text: UNABLE_TO_REACH, delivery };
  const parsed = bodySchema.safeParse(delivery.body);
  if (delivery.status !== 200 || !parsed.success) return { kind: 'failed', text: SOMETHING_WENT_WRONG, delivery };
  const { data } = parsed;
  switch (data.type) {
    case 'application/vnd.microsoft.card.adaptive':
      return { kind: 'card', card: data.value, delivery };
    case 'application/vnd.microsoft.activity.message':
      return { kind: 'message', text: data.value, delivery };
    case 'application/vnd.microsoft.error':
      return { kind: 'error', statusCode: data.statusCode, code: data.value.code, text: data.value.message, delivery };
  }
}

/** An Action.Submit has no answer of its own: any 2xx will do. */
export function readSubmit(delivery: Delivery): ClickAnswer {
  if (delivery.status === undefined) return { kind: 'unreachable', text: UNABLE_TO_REACH, delivery };
  if (delivery.status >= 300) return { kind: 'failed', text: SOMETHING_WENT_WRONG, delivery };
  return { kind: 'submitted', delivery };
}

/** What the client shows under the card. */
export function alertOf(answer: ClickAnswer): Alert | undefined {
  if (answer.kind === 'card' || answer.kind === 'submitted') return undefined;
  if (answer.kind === 'message') return { kind: 'notice', text: answer.text };
  return { kind: 'error', text: answer.text, ...(answer.kind === 'error' && { code: answer.code }) };
}
