import { type CardPost, type Conversation, type ConversationStore } from '../ports';

/** Conversations and card posts in memory, by the contract of bot/storage. */
export function createMemoryConversations(): ConversationStore {
  const people = new Map<string, Conversation>();
  const posts = new Map<string, CardPost>();
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
    putCard: async (post) => {
      posts.set(keyOf(post.ticket, post.person, post.slot), { ...post });
    },
  };
}
