import { ulid } from 'ulid';
import { hasStep } from '../../../../bot/tickets/plan';
import { type Flow, type Ticket } from '../../../../bot/tickets/ticket';
import { allOf } from '../../../../cards';
import { softwareKey } from '../../../local/entra/software-authenticator.fixture';
import { people } from '../../../local/entra';
import { type Account, accountOf } from './crowd';
import { press } from './hands';
import { lookAtKey } from './look';
import { type House } from './house';

/** Who is who in one ticket. */
export interface Parties {
  subject: Account;
  requester: { id: string };
  hander?: { id: string };
}

/** What every play in the house begins with: people nobody has used yet, and tickets of them. */
export interface Room {
  house: House;
  /** Somebody of the crowd who has no part in anything so far; Mara is their manager. */
  somebody(): Account;
  /** Two accounts of which the settings say that they are one person's. */
  pair(): [Account, Account];
  /**
   * Opens a ticket, up to where its approvers are asked; a flow that takes keys off an account names all of them.
   * @throws Error where it is refused
   */
  open(flow: Flow, parties: Parties): Promise<string>;
  /** Asks for one. @returns the ticket's id, whether or not it was opened, and what the answer says */
  ask(flow: Flow, parties: Parties): Promise<{ id: string; text: string }>;
  /** The ticket as it lies in the tables. */
  ticket(id: string): Promise<Ticket>;
  /** What a flow needs its subject to have: keys to be lost, a strong way to sign in. */
  equip(flow: Flow, subject: Account): Promise<void>;
  /** A paired and confirmed workstation, a desk's being of the helpdesk; asked for again, the same. @returns its id */
  workstation(person: { id: string }, kind?: 'own' | 'desk'): Promise<string>;
}

/** Settings that make one person of the first so many accounts, two by two. */
export function linkedPairs(pairs: number): string {
  return JSON.stringify(Array.from({ length: pairs }, (_, n) => [accountOf(2 * n + 1).id, accountOf(2 * n + 2).upn]));
}

export const REASON = 'My first day: I need a key to sign in.';

/** @param pairs how many of the first accounts are kept as pairs */
export function createRoom(house: House, pairs = 0): Room {
  let used = 2 * pairs;
  let usedPairs = 0;
  const paired = new Map<string, string>();
  const { tickets, workstations } = house.processes[0].deps;

  const room: Room = {
    house,
    somebody() {
      used += 1;
      return accountOf(used);
    },
    pair() {
      if (usedPairs >= pairs) throw new Error(`there are only ${pairs} pairs`);
      usedPairs += 1;
      return [accountOf(2 * usedPairs - 1), accountOf(2 * usedPairs)];
    },
    async equip(flow, subject) {
      if (flow !== 'spare-key' && !hasStep({ flow }, 'remove')) return;
      const added = await house.entra.enrol(subject.upn, softwareKey(house.maker), 'An old key');
      if (!added.ok) throw new Error(`no key for ${subject.upn}: ${added.reason}`);
    },
    async ask(flow, { subject, requester, hander }) {
      const id = ulid();
      const own = requester.id === subject.id;
      const answer = await press(house, requester.id, {
        ...{ verb: 'send-request', what: flow, nonce: id, reason: REASON, subject: own ? 'me' : 'other' },
        ...(!own && { person: subject.upn }),
        ...(hander && { hander: hander.id }),
        ...(hasStep({ flow }, 'remove') && { passkeys: allOf(subject.id) }),
      });
      await house.rest();
      return { id, text: answer.text };
    },
    async open(flow, parties) {
      await room.equip(flow, parties.subject);
      const { id, text } = await room.ask(flow, parties);
      if (!(await tickets.load(id)))
        throw new Error(`${flow}: no ticket was opened: ${text}\n${house.logged.slice(-3).join('\n')}`);
      if (!hasStep({ flow }, 'diagnose')) return id;
      const recipient = parties.hander ?? parties.subject;
      const there = await room.workstation(recipient, parties.hander ? 'desk' : 'own');
      await lookAtKey(room, id, { subject: parties.subject, recipient }, there);
      return id;
    },
    async ticket(id) {
      const stored = await tickets.load(id);
      if (!stored) throw new Error(`there is no ticket ${id}`);
      return stored.ticket;
    },
    async workstation(user, kind = 'own') {
      const person = kind === 'desk' ? people.jonas : user;
      const known = paired.get(`${person.id}~${kind}`);
      if (known !== undefined) return known;
      const id = `ws-${ulid()}`;
      paired.set(`${person.id}~${kind}`, id);
      const now = house.now().toISOString();
      await workstations.put({
        ...{ id, person: person.id, kind, name: 'a workstation', state: 'active' },
        ...{ publicJwk: '{}', thumbprint: id, pairedAt: now, confirmedAt: now },
      });
      return id;
    },
  };
  return room;
}

/** Who asks for what in the plainest case: everybody for themselves, and the helpdesk takes keys back. */
export function plainly(flow: Flow, subject: Account): Parties {
  return { subject, requester: flow === 'return-key' ? people.jonas : subject };
}
