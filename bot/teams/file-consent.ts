import { type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import { refusalCard } from '../../cards';
import { EXPORTED_AT_MOST, exportFile } from '../service';
import { type Asker } from './desk';
import { fileMessage, Offer } from './file-offer';
import { cardMessage } from './reply';
import { upload } from './upload';

/** How long an offer may be taken up. */
const OFFER_MS = 60 * 60_000;

const UploadInfo = z.object({
  name: z.string().max(400),
  uploadUrl: z.string().max(8000),
  contentUrl: z.string().max(8000),
  uniqueId: z.string().max(200),
  fileType: z.string().max(40).optional(),
});

/** The person's yes or no to a file (invoke `fileConsent/invoke`). All of it went through a client. */
const Consent = z.discriminatedUnion('action', [
  z.object({ action: z.literal('accept'), context: Offer, uploadInfo: UploadInfo }),
  z.object({ action: z.literal('decline') }),
]);

/** Whether the invoke is an answer to the offer of a file. */
export function isFileConsent({ activity }: TurnContext): boolean {
  return activity.type === 'invoke' && activity.name === 'fileConsent/invoke';
}

async function takeAwayOffer(context: TurnContext, asker: Asker): Promise<void> {
  const { replyToId } = context.activity;
  if (!replyToId) return;
  await context.deleteActivity(replyToId).catch(() => {
    asker.deps.log('file-offer-not-removed');
  });
}

/**
 * Makes the file that was offered, now that the person has accepted, and puts it into their OneDrive. Whether they may have
 * it is asked again: the offer may be old, and they may have left the helpdesk since.
 */
export async function fileConsented(asker: Asker, context: TurnContext): Promise<void> {
  const { deps, member, words } = asker;
  const refuse = async (code: string): Promise<void> => {
    await context.sendActivity(cardMessage(refusalCard({ code }, words)));
  };
  const consent = Consent.safeParse(context.activity.value);
  if (!consent.success) return refuse('file-too-late');
  if (consent.data.action === 'decline') return takeAwayOffer(context, asker);
  const { context: offer, uploadInfo } = consent.data;
  const age = deps.now().getTime() - Date.parse(offer.at);
  if (age > OFFER_MS || age < -OFFER_MS) return refuse('file-too-late');
  if (!member.helpdesk) return refuse('helpdesk-only');
  const file = await exportFile(deps, member, offer.wanted);
  if (!file) return refuse('ticket-unknown');
  try {
    // An upload session takes no empty file: JSON Lines without a ticket are an empty line.
    await upload(uploadInfo.uploadUrl, Buffer.from(file.text || '\n', 'utf8'), {
      sandbox: deps.settings.sandbox !== undefined,
    });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    deps.log('file-not-sent', { by: member.id, code: error.code });
    return refuse(error.code);
  }
  const { name, contentUrl, uniqueId, fileType } = uploadInfo;
  await context.sendActivity(fileMessage({ name, contentUrl, uniqueId, fileType: fileType ?? offer.wanted.format }));
  if (file.truncated)
    await context.sendActivity({
      type: 'message',
      text: words.files.truncated.replace('{count}', String(EXPORTED_AT_MOST)),
    });
  await takeAwayOffer(context, asker);
}
