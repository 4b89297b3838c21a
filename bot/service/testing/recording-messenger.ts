import { type Fault } from '../../../agent/protocol/fault';
import { type Delivered, type Messenger, type TicketDetails } from '../messenger';
import { type CardSlot } from '../../tickets/effects';
import { type ConversationStore } from '../ports';

export interface SentCard {
  person: string;
  slot: CardSlot;
  nudge: boolean;
  details: TicketDetails;
}

/** A Messenger that keeps what it was given, in order, and remembers posts as the real one does. */
export interface RecordingMessenger extends Messenger {
  sent: SentCard[];
  asked: Parameters<Messenger['confirmWorkstation']>[0][];
  /** People who do not have the app. */
  missing: Set<string>;
  /** Thrown by each call while it is set. */
  fault: Fault | undefined;
  /** The card that a person sees now. */
  latest(person: string, slot: CardSlot): SentCard | undefined;
}

export function createRecordingMessenger(conversations: ConversationStore, now: () => Date): RecordingMessenger {
  const messenger: RecordingMessenger = {
    sent: [],
    asked: [],
    missing: new Set(),
    fault: undefined,
    latest: (person, slot) => messenger.sent.findLast((card) => card.person === person && card.slot === slot),
    async card({ person, slot, nudge, details }): Promise<Delivered> {
      if (messenger.fault) throw messenger.fault;
      if (messenger.missing.has(person.id)) return 'not-installed';
      const digest = JSON.stringify(details);
      const ticket = details.view.id;
      const before = await conversations.card(ticket, person.id, slot);
      if (before?.digest === digest && !(nudge && before.inPlace)) return 'unchanged';
      messenger.sent.push({ person: person.id, slot, nudge, details });
      const activityId = String(messenger.sent.length);
      const at = now().toISOString();
      const inPlace = before !== undefined && !nudge;
      await conversations.putCard({
        ...{ ticket, person: person.id, slot, conversationId: 'c', activityId },
        ...{ digest, inPlace, at },
      });
      return 'sent';
    },
    async confirmWorkstation(message): Promise<Delivered> {
      if (messenger.fault) throw messenger.fault;
      messenger.asked.push(message);
      return messenger.missing.has(message.person) ? 'not-installed' : 'sent';
    },
  };
  return messenger;
}
