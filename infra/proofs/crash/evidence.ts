import { z } from 'zod';
import { type Storage } from '../../../bot/storage';
import { Secret } from '../../../agent/protocol/secret';
import { type Course } from '../../local/play/persistent-onboarding';
import { ticketsOn } from '../../local/play/reading';
import { ownCardSays } from '../rig/own-cards';
import { type Rig } from '../rig/rig';
import { type Evidence, type TicketFound } from './invariants';
import { playersOf, STORY, type StoryName } from './stories';

const KeyState = z.object({ credentials: z.number() });

export interface Ended {
  story: StoryName;
  pin: string;
  course?: Course;
  stuck?: string;
  recoveredAt: number;
}

async function ticketsOf(storage: Storage, subject: string): Promise<TicketFound[]> {
  const { items } = await storage.tickets.ofPerson(subject, { size: 50 });
  return Promise.all(
    items.map(async (id) => {
      const stored = await storage.tickets.load(id);
      if (!stored) throw new Error(`the list names ticket ${id}, which is not there`);
      const { shortId, status, generations, passkey } = stored.ticket;
      return {
        shortId,
        status,
        generations: generations.map(({ methodId }) => ({ ...(methodId && { methodId }) })),
        ...(passkey && { passkey: passkey.methodId }),
        auditProblems: await storage.tickets.verifyAudit(id),
      };
    }),
  );
}

function numbersShown({ teams }: Rig): string[] {
  const cards = teams.people().flatMap(({ id }) => teams.chat(id).flatMap(({ card, view }) => [card, view]));
  return [...new Set(cards.flatMap((card) => (card ? ticketsOn(card) : [])))];
}

/** Looks at everything from outside: Entra, the key, the chats, and the tables. */
export async function evidenceOf(rig: Rig, storage: Storage, ended: Ended): Promise<Evidence> {
  const { entra, teams, key } = rig;
  const story = STORY[ended.story];
  const { subject } = story.roles;
  const tickets = await ticketsOf(storage, subject.id);
  const view = entra.view(subject.id);
  const device = { device: `tcp:127.0.0.1:${key.port}`, pin: new Secret(ended.pin) };
  const signsIn = await entra.signInWithKey(subject.upn, device).then(
    ({ ok }) => ok,
    () => false,
  );
  const state = KeyState.parse(await (await fetch(`http://127.0.0.1:${key.controlPort}/state`)).json());
  const made = (path: string): number =>
    entra.effects().filter((effect) => effect.method === 'POST' && effect.path.endsWith(path)).length;
  const number = tickets[0]?.shortId;
  return {
    way: story.way,
    recoveredAt: ended.recoveredAt,
    ...(ended.stuck !== undefined && { stuck: ended.stuck }),
    showsUsedUp: ended.course?.showsUsedUp ?? false,
    left: ended.course?.left ?? false,
    numbersShown: numbersShown(rig),
    tickets,
    passesSeen: ended.course?.passesSeen.length ?? 0,
    showClicks: ended.course?.showClicks ?? Infinity,
    entra: {
      passes: view.passes.map(({ id, createdAt, endedAt, endedBy }) => ({
        id,
        replaced: endedBy === 'replaced',
        from: Date.parse(createdAt),
        ...(endedAt !== null && { to: Date.parse(endedAt) }),
      })),
      passkeys: view.passkeys.filter(({ alive }) => alive).map(({ id }) => id),
      signsIn,
      passkeysMadeByApp: made('/fido2Methods'),
      passesMade: made('/temporaryAccessPassMethods'),
    },
    credentialsOnKey: state.credentials,
    cards: playersOf(story).map((person) => ({
      person: teams.person(person).name,
      says: number === undefined ? undefined : ownCardSays(teams, person, number),
    })),
  };
}
