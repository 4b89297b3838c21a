import { z } from 'zod';
import { type FilePart } from './files';

/** An adaptive card as JSON. */
export type CardJson = Readonly<Record<string, unknown>>;
/**
 * What Teams takes of bots: versions up to 1.5, and views of their own for 60 people named. Not checked further: what a
 * client cannot draw it does not draw.
 */
export const cardSchema: z.ZodType<CardJson, z.ZodTypeDef, unknown> = z
  .object({
    type: z.literal('AdaptiveCard'),
    version: z.string().regex(/^1\.[0-5]$/, 'Teams draws cards up to version 1.5'),
    refresh: z
      .object({ userIds: z.array(z.string()).max(60).optional() })
      .passthrough()
      .optional(),
  })
  .passthrough();

/** What a client shows under a card after a click: a red bar, or a line of text. */
export interface Alert {
  kind: 'error' | 'notice';
  text: string;
  /** The bot's own error code, where it gave one. */
  code?: string;
}

/** One message of a 1:1 chat, as the person's client shows it. */
export interface ChatMessage {
  readonly id: string;
  readonly from: 'bot' | 'person';
  /** In a group chat or channel: which person. */
  readonly by?: string;
  /** In a channel: the message that its thread began with. */
  readonly thread?: string;
  /** ISO 8601. */
  readonly at: string;
  text: string;
  /** `plain`, or Teams' markdown. */
  format: 'plain' | 'markdown';
  /** The card as it stands in the chat, for everybody and for ever. */
  card?: CardJson | undefined;
  /** In place of a card: a file, or the question whether one may come. Never saved. */
  file?: FilePart | undefined;
  /** The card that an invoke answered with: this client alone sees it, until it loads the chat again. Never saved. */
  view?: CardJson | undefined;
  /** When the bot last replaced the message. */
  updatedAt?: string | undefined;
  unread: boolean;
  /** An invoke is under way. */
  busy: boolean;
  alert?: Alert | undefined;
  /** Counts every change, so that a page redraws only what changed. */
  revision: number;
}

/** What the person sees now: the client's own view, or else the card in the chat. */
export const shownCard = (message: ChatMessage): CardJson | undefined => message.view ?? message.card;

/** What outlives the client: views, alerts and busy marks do not. */
export const savedMessageSchema = z.object({
  id: z.string(),
  from: z.enum(['bot', 'person']),
  by: z.string().optional(),
  thread: z.string().optional(),
  at: z.string(),
  text: z.string(),
  format: z.enum(['plain', 'markdown']),
  card: cardSchema.optional(),
  updatedAt: z.string().optional(),
  unread: z.boolean(),
});
export type SavedMessage = z.infer<typeof savedMessageSchema>;

export function saved({ id, from, by, thread, at, text, format, card, updatedAt, unread }: ChatMessage): SavedMessage {
  const place = { ...(by !== undefined && { by }), ...(thread !== undefined && { thread }) };
  return { id, from, ...place, at, text, format, unread, ...(card && { card }), ...(updatedAt && { updatedAt }) };
}

export function restored({ by, thread, ...message }: SavedMessage): ChatMessage {
  const place = { ...(by !== undefined && { by }), ...(thread !== undefined && { thread }) };
  return { ...message, ...place, busy: false, revision: 0 };
}
