import { z } from 'zod';
import { type CardPost, type Conversation, type ConversationStore } from '../service/ports';
import { type CardSlot } from '../tickets/effects';
import { type TicketId } from '../tickets/ids';
import { keyOf } from './keys';
import { createAbsenceStore } from './absences';
import { createPlaceStore } from './places';
import { putIfSame } from './put-if-same';
import { type SealedRows, shaped } from './sealed';
import { partitionOf } from './state';
import { type Table } from './tables';

const conversationSchema = shaped<Conversation>(
  z.object({
    person: z.string(),
    tenantId: z.string(),
    conversationId: z.string(),
    serviceUrl: z.string(),
    botId: z.string(),
    locale: z.string().optional(),
    teamsUserId: z.string().optional(),
  }),
);

const cardSchema = shaped<CardPost>(
  z.object({
    ticket: z.string(),
    person: z.string(),
    slot: z.string(),
    conversationId: z.string(),
    activityId: z.string(),
    digest: z.string(),
    inPlace: z.boolean(),
    at: z.string(),
  }),
);

const CONVERSATION_RK = 'conversation';
const cardKey = (slot: CardSlot, person: string) => keyOf('card', slot, person);

/**
 * Where people can be written to, and which posts hold cards. Sealed too: whoever could point a person's conversation
 * elsewhere would be sent that person's vouch codes.
 * @param people a partition for each person
 * @param tickets card posts lie in the partition of their ticket, outside its chain
 */
export function createConversationStore(people: Table, tickets: Table, rows: SealedRows): ConversationStore {
  const personPk = (person: string) => keyOf('person', person);

  return {
    ...createPlaceStore(people, tickets, rows),
    ...createAbsenceStore(people, rows),
    async get(person) {
      const row = await people.get(personPk(person), CONVERSATION_RK);
      return row && rows.open('conversation', row, conversationSchema);
    },
    put: (conversation) =>
      people.upsert(rows.make('conversation', personPk(conversation.person), CONVERSATION_RK, conversation)),
    async remove(person) {
      await people.remove(personPk(person), CONVERSATION_RK);
    },
    async card(ticket, person, slot) {
      const row = await tickets.get(partitionOf(ticket), cardKey(slot, person));
      return row && rows.open('card', row, cardSchema);
    },
    async cardsOf(ticket: TicketId) {
      const found = await tickets.query([
        ['PartitionKey', 'eq', partitionOf(ticket)],
        ['RowKey', 'ge', 'card~'],
        ['RowKey', 'lt', 'card~~'],
      ]);
      return found.map((row) => rows.open('card', row, cardSchema));
    },
    putCard(post, before) {
      const row = rows.make('card', partitionOf(post.ticket), cardKey(post.slot, post.person), post);
      return putIfSame(tickets, row, before, (stored) => rows.open('card', stored, cardSchema));
    },
  };
}
