import { isDeepStrictEqual } from 'node:util';
import { createMemoryAbsences } from './memory-absences';
import { type PlaceRecord, type SharedPost } from '../places-port';
import { type CardPost, type Conversation, type ConversationStore } from '../ports';

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
    putSharedPost: async (post) => {
      shared.set(`${post.ticket}~${post.place}`, { ...post });
    },
    removeSharedPost: async (ticket, place) => {
      shared.delete(`${ticket}~${place}`);
    },
    putCard: async (post, before) => {
      const key = keyOf(post.ticket, post.person, post.slot);
      const expected = before === 'none' ? undefined : before;
      if (before && !isDeepStrictEqual(posts.get(key), expected)) return false;
      posts.set(key, { ...post });
      return true;
    },
  };
}
