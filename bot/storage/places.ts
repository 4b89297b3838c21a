import { z } from 'zod';
import { type PlaceRecord, type PlaceStore, type SharedPost } from '../service/places-port';
import { keyOf } from './keys';
import { putIfSame } from './put-if-same';
import { type SealedRows, shaped } from './sealed';
import { partitionOf } from './state';
import { type Table } from './tables';

const placeSchema = shaped<PlaceRecord>(
  z.object({
    id: z.string(),
    kind: z.enum(['group-chat', 'channel']),
    tenantId: z.string(),
    serviceUrl: z.string(),
    botId: z.string(),
    conversationId: z.string(),
  }),
);

const postSchema = shaped<SharedPost>(
  z.object({
    ticket: z.string(),
    place: z.string(),
    conversationId: z.string(),
    activityId: z.string(),
    digest: z.string(),
    at: z.string(),
  }),
);

const PLACE_RK = 'place';
const placePk = (id: string) => keyOf('place', id);
const postKey = (place: string) => keyOf('shared', place);

/**
 * Group chats and channels, and which posts in them hold a ticket's card. Sealed: a place written by hand would be shown
 * tickets.
 * @param places a partition for each place
 * @param tickets posts lie in the partition of their ticket, outside its chain
 */
export function createPlaceStore(places: Table, tickets: Table, rows: SealedRows): PlaceStore {
  return {
    async place(id) {
      const row = await places.get(placePk(id), PLACE_RK);
      return row && rows.open('place', row, placeSchema);
    },
    putPlace: (place) => places.upsert(rows.make('place', placePk(place.id), PLACE_RK, place)),
    async removePlace(id) {
      await places.remove(placePk(id), PLACE_RK);
    },
    async sharedPost(ticket, place) {
      const row = await tickets.get(partitionOf(ticket), postKey(place));
      return row && rows.open('shared', row, postSchema);
    },
    putSharedPost(post, before) {
      const row = rows.make('shared', partitionOf(post.ticket), postKey(post.place), post);
      return putIfSame(tickets, row, before, (stored) => rows.open('shared', stored, postSchema));
    },
    async removeSharedPost(ticket, place) {
      await tickets.remove(partitionOf(ticket), postKey(place));
    },
  };
}
