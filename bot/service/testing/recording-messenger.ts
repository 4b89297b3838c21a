import { Fault } from '../../../agent/protocol/fault';
import { type Delivered, type Messenger, type TicketDetails } from '../messenger';
import { type CardSlot } from '../../tickets/effects';
import { type SharedView } from '../../tickets/shared';
import { type ConversationStore } from '../ports';
import { type PlaceMember } from '../places-port';

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
  offered: Parameters<Messenger['offerFile']>[0][];
  /** People who do not have the app. */
  missing: Set<string>;
  /** Thrown by each call while it is set. */
  fault: Fault | undefined;
  /** What was posted for everybody in a place, in order; `undefined`: taken out. */
  shared: { place: string; view?: SharedView; readers?: readonly string[]; nudge?: boolean }[];
  /** Who is in a place; none: the bot is not there. */
  rosters: Map<string, readonly PlaceMember[]>;
  /** The card that a person sees now. */
  latest(person: string, slot: CardSlot): SentCard | undefined;
}

export function createRecordingMessenger(conversations: ConversationStore, now: () => Date): RecordingMessenger {
  const messenger: RecordingMessenger = {
    sent: [],
    asked: [],
    missing: new Set(),
    shared: [],
    rosters: new Map(),
    fault: undefined,
    latest: (person, slot) => messenger.sent.findLast((card) => card.person === person && card.slot === slot),
    async card({ person, slot, nudge, details, since }): Promise<Delivered> {
      if (messenger.fault) throw messenger.fault;
      if (messenger.missing.has(person.id)) return 'not-installed';
      const digest = JSON.stringify(details);
      const ticket = details.view.id;
      const before = await conversations.card(ticket, person.id, slot);
      const lost = since !== undefined && before !== undefined && before.at < since;
      if (before?.digest === digest && !(nudge && (before.inPlace || lost))) return 'unchanged';
      messenger.sent.push({ person: person.id, slot, nudge, details });
      const activityId = String(messenger.sent.length);
      const at = now().toISOString();
      const inPlace = before !== undefined && !nudge;
      const kept = await conversations.putCard(
        {
          ...{ ticket, person: person.id, slot, conversationId: 'c', activityId },
          ...{ digest, inPlace, at },
        },
        before ?? 'none',
      );
      if (kept) return 'sent';
      const theirs = await conversations.card(ticket, person.id, slot);
      if (theirs) await conversations.putCard({ ...theirs, digest: 'overtaken' });
      throw new Fault({ code: 'card-overtaken', say: 'Overtaken.', todo: 'Once more.', retry: true });
    },
    offered: [],
    async offerFile(message): Promise<Delivered> {
      if (messenger.fault) throw messenger.fault;
      messenger.offered.push(message);
      return messenger.missing.has(message.person.id) ? 'not-installed' : 'sent';
    },
    async confirmWorkstation(message): Promise<Delivered> {
      if (messenger.fault) throw messenger.fault;
      messenger.asked.push(message);
      return messenger.missing.has(message.person) ? 'not-installed' : 'sent';
    },
    roster: async ({ id }) => messenger.rosters.get(id),
    async sharedCard({ place, view, readers, nudge }) {
      if (messenger.fault) throw messenger.fault;
      if (!messenger.rosters.has(place.id)) return 'gone';
      messenger.shared.push({ place: place.id, view, readers, nudge });
      await conversations.putSharedPost({
        ...{ ticket: view.id, place: place.id, conversationId: place.conversationId },
        ...{ activityId: `s-${messenger.shared.length}`, digest: JSON.stringify(view), at: now().toISOString() },
      });
      return 'sent';
    },
    async withdrawCard({ ticket, place }) {
      messenger.shared.push({ place });
      await conversations.removeSharedPost(ticket, place);
    },
  };
  return messenger;
}
