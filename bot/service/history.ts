import { type HistoryLine, type HistoryPage } from '../tickets/desk-lines';
import { type TicketId } from '../tickets/ids';
import { type Deps } from './deps';
import { type AuditRecord } from './ports';

type Values = Readonly<Record<string, unknown>>;

/** Where an event says of whom or what it is, in the paths of its personal part. */
const NAMED =
  /^(person|to|approval\.by|workstation|passkey|subject|place|actor|approvers\.\d+|removes\.\d+|workstations\.\d+)\.(name|displayName)$/;
const WRITTEN = ['text', 'reason'];

function texts(values: Values): [string, string][] {
  return Object.entries(values).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
}

function actorOf({ data, personal = {}, actor }: AuditRecord): HistoryLine['by'] {
  const by: unknown = data['by'];
  const kind = typeof by === 'object' && by !== null && 'kind' in by ? by.kind : undefined;
  if (actor === 'keyvouch' || kind === 'service') return { kind: 'service' };
  const name = personal['by.name'];
  return { kind: kind === 'workstation' ? 'workstation' : 'person', ...(typeof name === 'string' && { name }) };
}

/** A record of the audit chain as a line to be read. What was erased from it is left out, never guessed. */
export function historyLine(record: AuditRecord): HistoryLine {
  const { seq, at, kind, data, personal = {} } = record;
  const names = texts(personal).flatMap(([key, value]) => (NAMED.test(key) ? [value] : []));
  const written = WRITTEN.map((key) => personal[key]).find((value) => typeof value === 'string');
  const facts = Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => {
      const single: unknown = Array.isArray(value) ? value.length : value;
      return typeof single === 'string' || typeof single === 'number' ? [[key, single]] : [];
    }),
  );
  const code = data['code'];
  return {
    seq,
    at,
    kind,
    by: actorOf(record),
    names: [...new Set(names)],
    ...(typeof written === 'string' && { text: written }),
    ...(typeof code === 'string' && { code }),
    facts,
  };
}

/** A ticket's whole history, oldest first, from its audit chain. */
export async function historyOf(deps: Pick<Deps, 'tickets'>, id: TicketId): Promise<HistoryLine[]> {
  return (await deps.tickets.audit(id)).map(historyLine);
}

/** Part of it, newest first. @param newer how many lines are passed over */
export async function historyPage(deps: Pick<Deps, 'tickets'>, id: TicketId, newer: number, size: number) {
  const all = (await historyOf(deps, id)).reverse();
  const from = Math.max(0, Math.min(newer, all.length - 1));
  const lines = all.slice(from, from + size);
  return { lines, newer: from, older: Math.max(0, all.length - from - lines.length) } satisfies HistoryPage;
}
