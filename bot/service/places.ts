import { type Deps } from './deps';
import { helpdeskMembers } from './helpdesk-members';
import { type PlaceRecord } from './places-port';

/** More people than this are an audience, and reading them all would hold up every step of the ticket. */
export const ROSTER_AT_MOST = 400;

/** A place as it is now: where tickets may stand, and who there is of the helpdesk; or why not. */
export type PlaceNow = { barred: string } | { place: PlaceRecord; readers: readonly string[] };

/**
 * Whether a ticket may stand in a group chat or channel for all who are there, asked at sharing and again before every
 * update, for whoever is added later reads what stands there.
 *
 * Nobody may be there who is not a member of the tenant. Beyond that all must be of the helpdesk, unless an
 * administrator has named the place in KEYVOUCH_HELPDESK_CHANNELS: a name alone says nothing of who comes and goes, so it
 * lets other members in, and never a guest.
 */
export async function placeNow(deps: Deps, id: string): Promise<PlaceNow> {
  const { conversations, messenger, settings } = deps;
  const place = await conversations.place(id);
  const roster = place && (await messenger.roster(place));
  if (!place || !roster) return { barred: 'place-gone' };
  if (roster.length > ROSTER_AT_MOST) return { barred: 'place-too-large' };
  if (roster.some(({ ours }) => !ours)) return { barred: 'place-has-guests' };
  const ids = new Set((await helpdeskMembers(deps)).map((one) => one.id));
  const readers = roster.filter((one) => one.id !== undefined && ids.has(one.id));
  const allowed = settings.helpdeskChannels.includes(id) || readers.length === roster.length;
  if (!allowed) return { barred: 'place-not-helpdesk' };
  return { place, readers: readers.map(({ teamsUserId }) => teamsUserId).sort() };
}
