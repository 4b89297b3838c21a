import { isDeepStrictEqual } from 'node:util';
import { createMemoryAbsences } from './memory-absences';
import { type PlaceRecord, type SharedPost } from '../places-port';
import { type CardPost, type Conversation, type ConversationStore } from '../ports';

function putIfSame<T extends object>(
  rows: Map<string, T>,
  key: string,
  row: T,
  before: T | 'none' | undefined,
): boolean {
  if (before && !isDeepStrictEqual(rows.get(key), before === 'none' ? undefined : before)) return false;
  rows.set(key, { ...row });
  return true;
}

/** Conversations and card posts in memory, by the contract of bot/storage. */
export function createMemoryConversations(): ConversationStore {
  const people = new Map<string, Conversation>();
  const posts = new Map<string, CardPost>();
  const places = new Map<string, PlaceRecord>();
  const shared = new Map<string, SharedPost>();
  const keyOf = (ticket: string, person: string, slot: string) => [ticket, person, slot].join('~');
  return {
    get: async (person) => people.get(person),
    put: async (conversation) => {
      people.set(conversation.person, { ...conversation });
    },
    remove: async (person) => {
      people.delete(person);
    },
    card: async (ticket, person, slot) => posts.get(keyOf(ticket, person, slot)),
    cardsOf: async (ticket) => [...posts.values()].filter((post) => post.ticket === ticket),
    place: async (id) => places.get(id),
    putPlace: async (place) => {
      places.set(place.id, { ...place });
    },
    removePlace: async (id) => {
      places.delete(id);
    },
    ...createMemoryAbsences(),
    sharedPost: async (ticket, place) => shared.get(`${ticket}~${place}`),
    putSharedPost: async (post, before) => putIfSame(shared, `${post.ticket}~${post.place}`, post, before),
    removeSharedPost: async (ticket, place) => {
      shared.delete(`${ticket}~${place}`);
    },
    putCard: async (post, before) => putIfSame(posts, keyOf(post.ticket, post.person, post.slot), post, before),
  };
}
