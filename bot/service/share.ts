import { type Refusal } from '../tickets/commands';
import { commandId, type TicketId } from '../tickets/ids';
import { isSharedIn, sharedView } from '../tickets/shared';
import { plusSeconds } from '../tickets/time';
import { type Deps, momentOf } from './deps';
import { dispatch } from './dispatch';
import { ticketByText } from './lists';
import { type Member } from './member';
import { settleNow } from './outbox';
import { placeNow } from './places';
import { type PlaceRecord } from './places-port';
import { countsFor } from './queue';
import { unlessOvertaken } from './unless-overtaken';

export interface Shared {
  ticket?: TicketId;
  refusal?: Refusal;
}

/** A line that Teams delivers twice does not post the card twice. */
const SAID_AGAIN_SECONDS = 20;

/**
 * Puts the ticket that a line names into the group chat or channel in which it was written. Said again later, the card
 * is posted anew at the end of the conversation.
 * @param nonce the activity's id: the same line delivered twice is one command
 */
export async function shareTicket(
  deps: Deps,
  member: Member,
  { place, text, nonce }: { place: PlaceRecord; text: string; nonce: string },
): Promise<Shared> {
  // Said before anything is looked up: nobody else learns whether a ticket exists, or points us to a place.
  if (!member.helpdesk) return { refusal: { code: 'share-helpdesk-only' } };
  const ticket = await ticketByText(deps, text);
  if (!ticket) return { refusal: { code: 'ticket-unknown' } };
  await deps.conversations.putPlace(place);
  const here = await placeNow(deps, place.id);
  const barred = 'barred' in here ? here.barred : undefined;
  const by = { kind: 'person', id: member.id, name: member.name } as const;
  const { id, kind } = place;
  const command = { kind: 'share', place: { id, kind }, helpdesk: member.helpdesk, at: momentOf(deps), by } as const;
  const { stored, refusal, repeated } = await dispatch(
    deps,
    ticket,
    { ...command, ...(barred !== undefined && { barred }) },
    commandId(ticket, nonce, 'share', member.id),
  );
  if (refusal) return { refusal: { ...refusal, facts: { ...refusal.facts, place: id } } };
  if (!repeated) settleNow(deps, ticket);
  else if (stored && 'place' in here && isSharedIn(stored.ticket, id)) {
    const post = await deps.conversations.sharedPost(ticket, id);
    const old = post !== undefined && plusSeconds(post.at, SAID_AGAIN_SECONDS) < momentOf(deps);
    const view = sharedView(stored.ticket);
    if (old) await unlessOvertaken(deps.messenger.sharedCard({ ...here, view, nudge: true }));
  }
  return { ticket };
}

/** What there is to do for the helpdesk, in figures that may stand in a place; and who of the helpdesk is there. */
export interface SharedQueue {
  counts: { overdue: number; unassigned: number };
  /** Teams ids. */
  readers: readonly string[];
}

/** The queue for a group chat or channel in which it was asked for: for the helpdesk, and where a ticket may stand. */
export async function shareQueue(
  deps: Deps,
  member: Member,
  place: PlaceRecord,
): Promise<SharedQueue | { refusal: Refusal }> {
  if (!member.helpdesk) return { refusal: { code: 'helpdesk-only' } };
  await deps.conversations.putPlace(place);
  const here = await placeNow(deps, place.id);
  if ('barred' in here) return { refusal: { code: here.barred, facts: { place: place.id } } };
  return { counts: await countsFor(deps, member, momentOf(deps)), readers: here.readers };
}

/** Takes a ticket out of a place again. */
export async function unshareTicket(
  deps: Deps,
  member: Member,
  { place, ticket, nonce }: { place: string; ticket: TicketId; nonce: string },
): Promise<Shared> {
  const by = { kind: 'person', id: member.id, name: member.name } as const;
  const { refusal, repeated } = await dispatch(
    deps,
    ticket,
    { kind: 'unshare', place, why: 'taken-away', helpdesk: member.helpdesk, at: momentOf(deps), by },
    commandId(ticket, `${nonce}.${place}`, 'unshare', member.id),
  );
  if (!repeated) settleNow(deps, ticket);
  return { ticket, ...(refusal && { refusal }) };
}
