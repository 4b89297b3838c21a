import { type Activity } from 'botbuilder';
import { z } from 'zod';
import { placeIdOf, type Speaker } from './who';

/** Channel and team events of a conversationUpdate (Teams docs, "Conversation events"). */
const Told = z.object({
  eventType: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
});

/** After these there is nothing to post to. */
const GONE = ['channelDeleted', 'teamDeleted', 'teamHardDeleted', 'teamArchived'];

/**
 * The group chat or channel in which the bot is no longer, where this activity says so. Other channels of a team it was
 * taken out of show themselves at the next attempt to post there.
 */
export function placeLeft(activity: Partial<Activity>, { place, botId }: Speaker): string | undefined {
  if (!place) return undefined;
  if (activity.type === 'installationUpdate') return /^remove/.test(activity.action ?? '') ? place.id : undefined;
  if (activity.membersRemoved?.some(({ id }) => id === botId)) return place.id;
  const told = Told.safeParse(activity.channelData ?? {});
  if (!told.success || !GONE.includes(told.data.eventType ?? '')) return undefined;
  return placeIdOf(told.data.channel?.id ?? place.id);
}
