import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { messageActivity, type ActivityFrame } from './activities';
import { type Delivery } from './answer';
import { type Chats } from './chats';
import { badSyntax } from './connector-error';
import { type Deliver } from './delivery';
import { readBody } from './http';
import { type TeamsPerson } from './person';

/** Teams' file cards (Teams docs, "Send and receive files using a bot"): the bot asks, the person answers, the bot puts the file. */
const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const INFO = 'application/vnd.microsoft.teams.card.file.info';

/** What stands in a chat in place of a card: a question whether a file may come, or the file. */
export type FilePart =
  | { kind: 'offer'; name: string; description: string; acceptContext: unknown; declineContext: unknown }
  | { kind: 'file'; name: string; id: string };

const name = z.string().min(1).max(255);
const Attachment = z.union([
  z
    .object({
      contentType: z.literal(CONSENT),
      name,
      content: z.object({
        description: z.string().optional(),
        sizeInBytes: z.number().int().positive(),
        acceptContext: z.unknown(),
        declineContext: z.unknown(),
      }),
    })
    .transform(({ name: called, content }): FilePart => ({
      ...{ kind: 'offer', name: called, description: content.description ?? '' },
      ...{ acceptContext: content.acceptContext, declineContext: content.declineContext },
    })),
  z
    .object({
      contentType: z.literal(INFO),
      name,
      contentUrl: z.string().url(),
      content: z.object({ uniqueId: z.string().min(1), fileType: z.string().min(1) }),
    })
    .transform(({ name: called, content }): FilePart => ({ kind: 'file', name: called, id: content.uniqueId })),
]);

/** The file card that an attachment is; undefined: it is none. @throws ConnectorError 400 for one that Teams would not show */
export function fileOf(attachment: { contentType: string }): FilePart | undefined {
  if (attachment.contentType !== CONSENT && attachment.contentType !== INFO) return undefined;
  const parsed = Attachment.safeParse(attachment);
  if (!parsed.success) throw badSyntax(`Bad file card: ${parsed.error.issues[0]?.message ?? 'unknown'}`);
  return parsed.data;
}

export interface StoredFile {
  name: string;
  bytes: Buffer;
}

/** The people's OneDrives, as far as a bot can put files there. In memory. */
export interface Files {
  /** The person says yes or no to a file. @throws Error where the message offers none */
  answer(person: TeamsPerson, messageId: string, accept: boolean): Promise<Delivery>;
  read(id: string): StoredFile | undefined;
  /** Takes an upload. @returns false where the request is about something else */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
}

interface Expected {
  id: string;
  name: string;
}

export function createFiles(frame: ActivityFrame, chats: Chats, deliver: Deliver, url: () => string): Files {
  const expected = new Map<string, Expected>();
  const stored = new Map<string, StoredFile>();

  async function take(token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = expected.get(token);
    const bytes = await readBody(request);
    const range = `bytes 0-${(bytes?.length ?? 0) - 1}/${bytes?.length ?? 0}`;
    // As an upload session of OneDrive: one range, which says how much there is, never nothing; and no second time.
    const right =
      request.method === 'PUT' && file && bytes && bytes.length > 0 && request.headers['content-range'] === range;
    if (!right) return void response.writeHead(file ? 400 : 404).end();
    expected.delete(token);
    stored.set(file.id, { name: file.name, bytes });
    response
      .writeHead(201, { 'content-type': 'application/json' })
      .end(JSON.stringify({ id: file.id, name: file.name }));
  }

  return {
    async answer(person, messageId, accept) {
      const message = chats.message(person.id, messageId);
      const { file } = message;
      if (file?.kind !== 'offer') throw new Error(`Message ${messageId} of ${person.name} offers no file.`);
      const token = randomUUID();
      const id = randomUUID();
      if (accept) expected.set(token, { id, name: file.name });
      const uploadInfo = {
        name: file.name,
        uploadUrl: `${url()}/upload/${token}`,
        contentUrl: `${url()}/drive/${id}`,
        uniqueId: id,
        fileType: file.name.split('.').at(-1) ?? '',
      };
      const { text: _text, textFormat: _format, ...base } = messageActivity(frame, person, `f:${randomUUID()}`, '');
      const value = accept
        ? { type: 'fileUpload', action: 'accept', context: file.acceptContext, uploadInfo }
        : { type: 'fileUpload', action: 'decline', context: file.declineContext };
      chats.touch(person.id, message, () => (message.busy = true));
      const delivery = await deliver({
        ...base,
        type: 'invoke',
        name: 'fileConsent/invoke',
        replyToId: messageId,
        value,
      });
      chats.touch(person.id, message, () => (message.busy = false));
      return delivery;
    },
    read: (id) => stored.get(id),
    serve(request, response) {
      const token = /^\/upload\/([0-9a-f-]{36})$/.exec(request.url ?? '')?.[1];
      if (token === undefined) return false;
      take(token, request, response).catch(() => response.destroy());
      return true;
    },
  };
}
