import { csvLine } from './csv';
import { type HistoryLine } from '../tickets/desk-lines';
import { type TicketId } from '../tickets/ids';
import { queuePlace, type QueuePart } from '../tickets/queue';
import { type Ticket } from '../tickets/ticket';
import { type Deps, momentOf } from './deps';
import { historyOf } from './history';
import { type Member } from './member';
import { queueTickets } from './queue';

export type ExportFormat = 'csv' | 'jsonl';

/** What is to be exported: a part of the queue, or one ticket with its history. */
export type ExportWanted = { format: ExportFormat } & ({ queue: QueuePart } | { ticket: TicketId });

export interface ExportFile {
  name: string;
  text: string;
  /** Set where there was more than a file takes. */
  truncated: boolean;
}

/** Tickets in one file: so many can be read while Teams waits. */
export const EXPORTED_AT_MOST = 250;

/** One line of a file, by the names of its columns. */
type Cells = Readonly<Record<string, string | number>>;

function ticketRecord(ticket: Ticket, now: string): Cells {
  const place = queuePlace(ticket);
  const { shortId, flow, status, subject, requester, hander, reason, openedAt, expiresAt, parked, assigned } = ticket;
  return {
    ticket: shortId,
    id: ticket.id,
    flow,
    status,
    opened: openedAt,
    expires: expiresAt,
    closed: ticket.closedAt ?? '',
    subject: subject.name,
    subjectId: subject.id,
    requester: requester.name,
    requesterId: requester.id,
    hander: hander?.name ?? '',
    waitsOn: place?.waitsOn ?? '',
    overdue: place && place.overdueAt <= now ? 'yes' : 'no',
    overdueAt: place?.overdueAt ?? '',
    assigned: assigned?.to.name ?? '',
    stuckStep: parked?.step ?? '',
    stuckCode: parked?.code ?? '',
    takenBy: parked?.takenBy?.name ?? '',
    approvers: ticket.approvers.map(({ name }) => name).join('; '),
    approved: ticket.approvals.map(({ by }) => by.name).join('; '),
    risks: ticket.risks.map(({ code }) => code).join('; '),
    reason,
  };
}

function historyRecord(ticket: Ticket, { seq, at, kind, by, names, text, code }: HistoryLine): Cells {
  return {
    ticket: ticket.shortId,
    number: seq,
    at,
    event: kind,
    byKind: by.kind,
    by: by.name ?? '',
    about: names.join('; '),
    code: code ?? '',
    text: text ?? '',
  };
}

/** Excel takes a file for UTF-8 only where it begins with this. */
const BYTE_ORDER_MARK = '\uFEFF';

/** CSV by RFC 4180 with a line of names, no cell of which a spreadsheet takes for a formula; or JSON Lines. */
function written(records: readonly Cells[], format: ExportFormat): string {
  if (format === 'jsonl') return records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const names = Object.keys(records[0] ?? {});
  const lines = [csvLine(names), ...records.map((record) => csvLine(names.map((name) => record[name] ?? '')))];
  return `${BYTE_ORDER_MARK}${lines.map((line) => `${line}\r\n`).join('')}`;
}

/**
 * A file for somebody of the helpdesk, of what they may see in chat, as it is now. It is kept nowhere; that it was made is
 * logged by ids alone. Undefined: the person is not of the helpdesk, or there is no such ticket.
 */
export async function exportFile(deps: Deps, member: Member, wanted: ExportWanted): Promise<ExportFile | undefined> {
  if (!member.helpdesk) return undefined;
  const now = momentOf(deps);
  const { format } = wanted;
  if ('ticket' in wanted) {
    const stored = await deps.tickets.load(wanted.ticket);
    if (!stored) return undefined;
    const { ticket } = stored;
    const history = (await historyOf(deps, ticket.id)).map((line) => historyRecord(ticket, line));
    deps.log('exported', { by: member.id, ticket: ticket.shortId, records: history.length });
    // A table has one kind of line; in JSON Lines the ticket itself comes first.
    const records = format === 'jsonl' ? [ticketRecord(ticket, now), ...history] : history;
    return { name: `${ticket.shortId}.${format}`, text: written(records, format), truncated: false };
  }
  const { tickets, more } = await queueTickets(deps, member, wanted.queue, EXPORTED_AT_MOST);
  deps.log('exported', { by: member.id, queue: wanted.queue, records: tickets.length });
  const records = tickets.map((ticket) => ticketRecord(ticket, now));
  const name = `keyvouch-queue-${now.slice(0, 10)}.${format}`;
  return { name, text: written(records, format), truncated: more };
}
