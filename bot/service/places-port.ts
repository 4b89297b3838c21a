import { type TicketId } from '../tickets/ids';
import { type Place } from '../tickets/shared';
import { type Moment } from '../tickets/ticket';

/** A group chat or channel in which a member of the helpdesk has spoken to the bot: our own record of where it is. */
export interface PlaceRecord extends Place {
  tenantId: string;
  serviceUrl: string;
  botId: string;
  /** Where it was last spoken to: the place itself, or a thread of the channel. */
  conversationId: string;
}

/** The post that holds a ticket's card for everybody in a place. */
export interface SharedPost {
  ticket: TicketId;
  place: string;
  conversationId: string;
  activityId: string;
  /** SHA-256 of the card that was last posted: an unchanged card is not sent again. */
  digest: string;
  /** When it was posted or last changed. */
  at: Moment;
}

export interface PlaceStore {
  place(id: string): Promise<PlaceRecord | undefined>;
  putPlace(place: PlaceRecord): Promise<void>;
  /** The bot is there no longer; posts in it are forgotten one by one, as their tickets go on. */
  removePlace(id: string): Promise<void>;
  sharedPost(ticket: TicketId, place: string): Promise<SharedPost | undefined>;
  /**
   * @param before what was read when the card was drawn: then another's post since is not written over, and the answer
   * is false
   */
  putSharedPost(post: SharedPost, before?: SharedPost | 'none'): Promise<boolean>;
  removeSharedPost(ticket: TicketId, place: string): Promise<void>;
}

/** Somebody in a place, as its roster in Teams says. */
export interface PlaceMember {
  /** Entra's object id in lower case; undefined for an account that Entra does not know. */
  id?: string;
  teamsUserId: string;
  /** A member of this tenant: no guest, nobody from elsewhere, nobody unnamed. */
  ours: boolean;
}

/** What came of posting a card in a place: `gone`: the bot is not there (any more), or the place is not. */
export type PlaceDelivered = 'sent' | 'unchanged' | 'gone';
