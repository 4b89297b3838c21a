import { z } from 'zod';
import { badSyntax } from './connector-error';
import { fileOf } from './files';
import { cardSchema } from './message';
import { type MessageContent } from './chats';

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

const attachmentSchema = z.object({
  contentType: z.string(),
  content: z.unknown(),
  name: z.string().nullish(),
  contentUrl: z.string().nullish(),
});

/** What a bot posts; the parts that this stand-in understands. */
export const postedActivitySchema = z.object({
  type: z.string(),
  text: z.string().nullish(),
  textFormat: z.string().nullish(),
  attachments: z.array(attachmentSchema).max(1, 'This stand-in shows one attachment a message.').nullish(),
});
export type PostedActivity = z.infer<typeof postedActivitySchema>;

/** POST /v3/conversations for a 1:1 chat: exactly one member, not a group, a tenant. */
export const conversationSchema = z.object({
  isGroup: z.literal(false).optional(),
  members: z.array(z.object({ id: z.string() })).length(1),
  tenantId: z.string().nullish(),
  channelData: z
    .object({ tenant: z.object({ id: z.string() }).partial().nullish() })
    .partial()
    .nullish(),
  activity: postedActivitySchema.nullish(),
});

/** @throws ConnectorError 400 `BadSyntax`. */
export function parse<T>(schema: z.ZodType<T, z.ZodTypeDef, unknown>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw badSyntax(parsed.error.issues[0]?.message ?? 'Bad format of request');
  return parsed.data;
}

/** What the chat keeps of an activity. @throws ConnectorError 400 where a client could not show it. */
export function contentOf({ text, textFormat, attachments }: PostedActivity): MessageContent {
  const attachment = attachments?.[0];
  const file = attachment && fileOf(attachment);
  if (file) return { text: text ?? '', format: 'plain', file };
  if (attachment && attachment.contentType !== ADAPTIVE_CARD) {
    throw badSyntax(`Unknown attachment type ${attachment.contentType}`);
  }
  const card = attachment && parse(cardSchema, attachment.content);
  return {
    text: text ?? '',
    format: textFormat === 'plain' ? 'plain' : 'markdown',
    ...(card && { card }),
  };
}
