import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type AuditRecord } from '../service/ports';
import { type TicketEvent } from '../tickets/events';
import { type TicketId } from '../tickets/ids';
import { type Actor } from '../tickets/people';
import { toMoment } from './keys';
import { type Fields, splitEvent } from './personal';

/** Where a chain ends. Stands under the seal of the state, so that a tail cannot be cut off unseen. */
export interface Head {
  seq: number;
  hash: string;
}

/** A record as it is chained: without what may be erased, and without its own hash. */
export type Chained = Omit<AuditRecord, 'hash' | 'personal'>;

/** What may be erased, with the salt without which the commitment to it tells nothing. base64url. */
export interface PersonalPart {
  seq: number;
  salt: string;
  personal: Fields;
}

export interface Link {
  record: Chained & { hash: string };
  /** Undefined where the event has nothing personal. */
  part?: PersonalPart;
}

const SALT_BYTES = 16;

/** Canonical JSON by RFC 8785. @throws TypeError for what is no JSON. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not JSON');
  return text;
}

/** SHA-256 over texts in UTF-8, one after the other; base64url. */
export function sha256(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text, 'utf8');
  return hash.digest('base64url');
}

/** The hash before the first record; of each ticket another, so that chains cannot be exchanged. */
export function genesis(ticket: TicketId): Head {
  return { seq: 0, hash: sha256('keyvouch-audit-1\u0000', ticket) };
}

/** SHA-256 (salt, canonical JSON): binds to what is personal, and tells nothing of it once the salt is gone. */
export function commitmentOf(salt: string, personal: unknown): string {
  return sha256(salt, '.', canonical(personal));
}

/** SHA-256 (hash before, canonical JSON of the record by RFC 8785), base64url. */
export function hashOf(record: Chained): string {
  return sha256(record.previous, canonical(record));
}

function actorOf(actor: Actor): string {
  return actor.kind === 'service' ? 'keyvouch' : actor.id;
}

/** What is to be chained: what is kept of it, and what may be erased. */
export interface Step {
  at: string;
  kind: string;
  actor: string;
  commandId: string;
  data: Fields;
  personal: Fields;
}

function stepOf(event: TicketEvent, commandId: string): Step {
  return { at: toMoment(event.at), kind: event.kind, actor: actorOf(event.by), commandId, ...splitEvent(event) };
}

/** Goes on with a chain: one link for each step, in order, and where it then ends. */
export function extendBy(head: Head, steps: readonly Step[]): { links: Link[]; head: Head } {
  const links: Link[] = [];
  let end = head;
  for (const { at, kind, actor, commandId, data, personal } of steps) {
    const seq = end.seq + 1;
    const salt = randomBytes(SALT_BYTES).toString('base64url');
    const bare = Object.keys(personal).length === 0;
    const commitment = bare ? '' : commitmentOf(salt, personal);
    const chained: Chained = { seq, at, kind, actor, commandId, data, commitment, previous: end.hash };
    const hash = hashOf(chained);
    links.push({ record: { ...chained, hash }, ...(bare ? {} : { part: { seq, salt, personal } }) });
    end = { seq, hash };
  }
  return { links, head: end };
}

/** Goes on with a ticket's chain by the events of one command. */
export function extend(head: Head, commandId: string, events: readonly TicketEvent[]): { links: Link[]; head: Head } {
  return extendBy(
    head,
    events.map((event) => stepOf(event, commandId)),
  );
}
