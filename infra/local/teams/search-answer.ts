import { z } from 'zod';
import { type Delivery } from './answer';
import { ADAPTIVE_CARD } from './connector-schema';
import { type CardJson, cardSchema } from './message';

/** One line of a search's results, and the card that choosing it puts into the conversation. */
export interface SearchResult {
  title: string;
  text: string;
  card: CardJson;
}

/** What the box shows: results, or a sentence. */
export type SearchAnswer =
  | { kind: 'results'; results: readonly SearchResult[]; delivery: Delivery }
  | { kind: 'message'; text: string; delivery: Delivery };

const previewSchema = z.object({
  contentType: z.enum(['application/vnd.microsoft.card.thumbnail', 'application/vnd.microsoft.card.hero']),
  content: z.object({ title: z.string(), text: z.string().default('') }),
});

const bodySchema = z.object({
  composeExtension: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('result'),
      attachmentLayout: z.enum(['list', 'grid']),
      // A card without a preview has nothing that a list of results could show.
      attachments: z
        .array(z.object({ contentType: z.literal(ADAPTIVE_CARD), content: cardSchema, preview: previewSchema }))
        .max(25),
    }),
    z.object({ type: z.literal('message'), text: z.string() }),
  ]),
});

const UNABLE_TO_REACH = 'Unable to reach app. Please try again.';

/** Reads the reply to `composeExtension/query` as clients do (Teams docs, "Respond to search command"). */
export function readSearch(delivery: Delivery): SearchAnswer {
  const parsed = bodySchema.safeParse(delivery.body);
  if (delivery.status !== 200 || !parsed.success) return { kind: 'message', text: UNABLE_TO_REACH, delivery };
  const { composeExtension } = parsed.data;
  if (composeExtension.type === 'message') return { kind: 'message', text: composeExtension.text, delivery };
  const results = composeExtension.attachments.map(({ content: card, preview: { content } }) => ({ ...content, card }));
  return { kind: 'results', results, delivery };
}
