import { type Activity } from 'botbuilder';
import { z } from 'zod';
import { type Settings } from '../settings';
import { type Place } from '../tickets/shared';

/** What we read of an activity; the rest is nobody's business here. */
const Envelope = z.object({
  channelId: z.literal('msteams'),
  serviceUrl: z.string().url(),
  from: z.object({ id: z.string().min(1), aadObjectId: z.string().uuid() }),
  recipient: z.object({ id: z.string().min(1) }),
  conversation: z.object({
    id: z.string().min(1),
    tenantId: z.string().optional(),
    conversationType: z.string().optional(),
    isGroup: z.boolean().optional(),
  }),
  channelData: z
    .object({ tenant: z.object({ id: z.string() }).optional() })
    .passthrough()
    .optional(),
  locale: z.string().max(35).optional(),
  localTimezone: z.string().max(64).optional().catch(undefined),
});

/** Who speaks, and where. `person` is Entra's object id from the channel's own envelope: the only identity there is. */
export interface Speaker {
  person: string;
  teamsUserId: string;
  tenantId: string;
  conversationId: string;
  serviceUrl: string;
  botId: string;
  locale?: string;
  /** Of the client, by its IANA name. */
  timeZone?: string;
  personal: boolean;
  /** The group chat or channel in which it was said; undefined in the person's own chat. */
  place?: Place;
}

export type NotASpeaker = 'odd-activity' | 'other-tenant';

/** A channel's conversation names the thread too, behind a semicolon: the place is the channel. */
export function placeIdOf(conversationId: string): string {
  return conversationId.split(';')[0] ?? conversationId;
}

function placeOf({ id, conversationType }: z.infer<typeof Envelope>['conversation']): Place {
  return { id: placeIdOf(id), kind: conversationType === 'channel' ? 'channel' : 'group-chat' };
}

/** Reads who sent an activity, whose token botbuilder has verified; people of other tenants are turned away here. */
export function speakerOf(activity: Partial<Activity>, settings: Settings): Speaker | NotASpeaker {
  const parsed = Envelope.safeParse(activity);
  if (!parsed.success) return 'odd-activity';
  const { from, conversation, channelData, serviceUrl, recipient, locale, localTimezone } = parsed.data;
  const tenants = [channelData?.tenant?.id, conversation.tenantId].filter((id) => id !== undefined);
  const ours = tenants.length > 0 && tenants.every((id) => id.toLowerCase() === settings.tenantId.toLowerCase());
  if (!ours) return 'other-tenant';
  const personal = (conversation.conversationType ?? 'personal') === 'personal' && conversation.isGroup !== true;
  return {
    person: from.aadObjectId.toLowerCase(),
    teamsUserId: from.id,
    tenantId: settings.tenantId,
    conversationId: conversation.id,
    serviceUrl,
    botId: recipient.id,
    ...(locale && { locale }),
    ...(localTimezone && { timeZone: localTimezone }),
    personal,
    ...(!personal && { place: placeOf(conversation) }),
  };
}
