import { type Activity, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { type Delivered, type FileMessenger, type FileOffer } from '../service';
import { type Conversation } from '../service/ports';
import { QUEUE_PARTS } from '../tickets/queue';
import { failureOf, teamsFault } from './retrying';

/** Teams' own card that asks whether the bot may put a file into the person's OneDrive. In personal chats only. */
const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const INFO = 'application/vnd.microsoft.teams.card.file.info';

/** What Teams tells the person to expect: the file itself is made once they accept. */
const SIZE_GUESSED = { ticket: 16 * 1024, queue: 64 * 1024 };

const format = z.enum(['csv', 'jsonl']);
const Wanted = z.union([
  z.object({ format, ticket: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/) }).strict(),
  z.object({ format, queue: z.enum(QUEUE_PARTS) }).strict(),
]);

/** The offer as it comes back. It went through a client, so whoever accepts is asked for their rights again. */
export const Offer: z.ZodType<FileOffer, z.ZodTypeDef, unknown> = z
  .object({ wanted: Wanted, at: z.string().datetime() })
  .strict();

function consentMessage(name: string, about: string, offer: FileOffer): Partial<Activity> {
  const sizeInBytes = 'ticket' in offer.wanted ? SIZE_GUESSED.ticket : SIZE_GUESSED.queue;
  return {
    type: 'message',
    summary: about,
    attachments: [
      {
        contentType: CONSENT,
        name,
        content: { description: about, sizeInBytes, acceptContext: offer, declineContext: offer },
      },
    ],
  };
}

/** The file as Teams shows it once it is there. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
export function fileMessage(file: {
  name: string;
  contentUrl: string;
  uniqueId: string;
  fileType: string;
}): Partial<Activity> {
  const { name, contentUrl, uniqueId, fileType } = file;
  return { type: 'message', attachments: [{ contentType: INFO, name, contentUrl, content: { uniqueId, fileType } }] };
}

export interface FileMessengerParts {
  conversationWith: (person: string) => Promise<Conversation | undefined>;
  inConversation: <T>(conversation: Conversation, work: (context: TurnContext) => Promise<T>) => Promise<T>;
}

/** Offers files in people's own chats. */
export function createFileMessenger({ conversationWith, inConversation }: FileMessengerParts): FileMessenger {
  return {
    async offerFile({ person, name, about, offer }): Promise<Delivered> {
      const conversation = await conversationWith(person.id);
      if (!conversation) return 'not-installed';
      try {
        await inConversation(conversation, (context) => context.sendActivity(consentMessage(name, about, offer)));
        return 'sent';
      } catch (error) {
        if (failureOf(error).status === 403) return 'not-installed';
        throw teamsFault(error);
      }
    },
  };
}
