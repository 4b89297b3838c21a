import {
  type AdaptiveCard,
  type CommandName,
  deliveriesCard,
  fileOfferedCard,
  historyCard,
  queueCard,
  type QueueModel,
  refusalCard,
  whoCard,
  whoChoiceCard,
  type Words,
  wordsFor,
} from '../../cards';
import {
  act,
  EXPORTED_AT_MOST,
  type ExportFormat,
  findPerson,
  helpdeskDetails,
  lookBack,
  type Outcome,
  queue,
  tenantFullUntil,
  ticketByText,
  whoIs,
  whoWasReached,
} from '../service';
import { type Refusal } from '../tickets/commands';
import { type CardSlot } from '../tickets/effects';
import { parseShortId, type TicketId } from '../tickets/ids';
import { COUNT_AT_MOST, QUEUE_PARTS, type QueuePart } from '../tickets/queue';
import { type Asker } from './desk';
import { outcomeCard, slotFor } from './render';
import { textFacts } from './text-facts';

/** The part of the queue that a button names, with or without the mark of a page behind it. */
export function partOf(subject: string | undefined): QueuePart {
  const named = subject?.split('~')[0];
  return QUEUE_PARTS.find((part) => part === named) ?? 'all';
}

/** A page of the queue. @param subject of the button: `mine`, or `mine~` and the mark of a page */
export async function helpdeskQueue(
  asker: Asker,
  subject = '',
  how: Pick<QueueModel, 'unknown' | 'inPlace'> = {},
): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  if (!member.helpdesk) return refusalCard({ code: 'helpdesk-only' }, words);
  const [, next] = subject.split('~');
  const [page, fullUntil] = await Promise.all([
    queue(deps, member, { part: partOf(subject), ...(next && { next }) }),
    tenantFullUntil(deps),
  ]);
  const { part, items, counts } = page;
  return queueCard(
    {
      ...{ part, page: items, most: COUNT_AT_MOST },
      ...(counts && { counts }),
      ...(page.next && { next: page.next }),
      ...(fullUntil && { fullUntil }),
      ...how,
    },
    words,
  );
}

/** The part of the queue that `queue mine` names, in the words of either language. */
export function partSaid({ words }: Asker, rest: string): QueuePart | undefined {
  const said = rest.toLowerCase().replace(/[\s.!?]+$/, '');
  if (said === '') return 'all';
  return [words, wordsFor('en'), wordsFor('de')]
    .map(({ queueSaid }) => QUEUE_PARTS.find((one) => queueSaid[one].includes(said)))
    .find((one) => one !== undefined);
}

export async function queueByWords(asker: Asker, rest: string): Promise<AdaptiveCard> {
  const part = partSaid(asker, rest);
  return helpdeskQueue(asker, part, part ? {} : { unknown: rest });
}

/** Puts beside a ticket what the helpdesk reads of it when somebody looks. */
export async function withHelpdesk(
  { deps, member }: Pick<Asker, 'deps' | 'member'>,
  outcome: Outcome,
  slot?: CardSlot,
): Promise<Outcome> {
  const { details } = outcome;
  if (!member.helpdesk || !details || (slot ?? slotFor(details)) !== 'helpdesk') return outcome;
  return { ...outcome, details: { ...details, helpdesk: await helpdeskDetails(deps, member, details.view.id) } };
}

export async function history(asker: Asker, id: TicketId | undefined, from: string | undefined): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  if (!member.helpdesk) return refusalCard({ code: 'helpdesk-only' }, words);
  const newer = /^\d{1,6}$/.test(from ?? '') ? Number(from) : 0;
  const found = id === undefined ? undefined : await lookBack(deps, member, id, newer);
  if (!found) return refusalCard({ code: 'ticket-unknown' }, words);
  const { shortId, version } = found.ticket;
  return historyCard({ ticket: { id: found.ticket.id, shortId, nonce: `v${version}` }, page: found.page }, words);
}

export async function deliveries(asker: Asker, id: TicketId | undefined): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  if (!member.helpdesk) return refusalCard({ code: 'helpdesk-only' }, words);
  const found = id === undefined ? undefined : await whoWasReached(deps, member, id);
  if (!found) return refusalCard({ code: 'ticket-unknown' }, words);
  const { shortId, version } = found.ticket;
  const ticket = { id: found.ticket.id, shortId, nonce: `v${version}` };
  return deliveriesCard({ ticket, report: found.report, at: deps.now().toISOString() }, words);
}

/** Who somebody is, by what was typed or whom a button names. */
export async function who({ deps, member, words }: Asker, text: string): Promise<AdaptiveCard> {
  if (!member.helpdesk) return refusalCard({ code: 'helpdesk-only' }, words);
  const said = text.trim().slice(0, 200);
  const answer = await whoIs(deps, member, said);
  if ('refusal' in answer) return whoChoiceCard({ said, candidates: answer.candidates }, words);
  const { readiness, ...person } = answer.found;
  const lines = readiness.map(({ state, code, facts }) => ({ state, code, facts: textFacts(facts) }));
  return whoCard({ ...person, readiness: lines }, words);
}

/** Why no ticket is meant by what stands behind the words of a command: none has that number, or it is no number. */
export function noTicket(text: string, command: CommandName, { commands }: Words): Refusal {
  if (parseShortId(text)) return { code: 'ticket-unknown' };
  return { code: 'ticket-number-missing', facts: { command: commands[command][0] ?? command } };
}

/** `assign KV-7Q2M-9D Helen`, `nudge KV-7Q2M-9D`, `resend KV-7Q2M-9D Bob`. Without a name: oneself, or all who decide. */
export async function deskWords(
  asker: Asker,
  verb: 'assign' | 'nudge' | 'resend',
  rest: string,
  nonce: string,
): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  const [number = '', ...name] = rest.split(' ');
  const ticket = await ticketByText(deps, number);
  if (!ticket) return refusalCard(noTicket(number, verb, words), words);
  const said = name.join(' ').trim();
  // Who may not do this learns nothing of who there is.
  const person = said === '' || !member.helpdesk ? undefined : await findPerson(deps, said);
  if (person && 'refusal' in person) return whoChoiceCard({ said, candidates: person.candidates }, words);
  const outcome = await act(deps, member, {
    ...{ ticket, nonce, verb: verb === 'assign' && !person ? 'assign-me' : verb },
    ...(person && { person: person.id }),
  });
  return outcomeCard(await withHelpdesk(asker, outcome), words, member.helpdesk ? { slot: 'helpdesk' } : {});
}

/** Offers a file in the asker's own chat. @param subject `csv`, or for the queue `csv~mine` */
export async function offerExport(asker: Asker, subject: string | undefined, id?: TicketId): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  if (!member.helpdesk) return refusalCard({ code: 'helpdesk-only' }, words);
  const [first, part] = (subject ?? '').split('~');
  const format: ExportFormat = first === 'jsonl' ? 'jsonl' : 'csv';
  const stored = id === undefined ? undefined : await deps.tickets.load(id);
  if (id !== undefined && !stored) return refusalCard({ code: 'ticket-unknown' }, words);
  const at = deps.now().toISOString();
  const shortId = stored?.ticket.shortId;
  const say = words.files;
  await deps.messenger.offerFile({
    person: { id: member.id, name: member.name },
    name: shortId ? `${shortId}.${format}` : `keyvouch-queue-${at.slice(0, 10)}.${format}`,
    about: shortId
      ? say.ticketAbout.replace('{ticket}', shortId)
      : say.queueAbout.replace('{count}', String(EXPORTED_AT_MOST)),
    offer: { at, wanted: stored ? { format, ticket: stored.ticket.id } : { format, queue: partOf(part) } },
  });
  return fileOfferedCard(words);
}

/** `export`, or `export KV-7Q2M-9D`. */
export async function exportWords(asker: Asker, rest: string): Promise<AdaptiveCard> {
  const [number = ''] = rest.split(' ');
  const format = /\bjson/i.test(rest) ? 'jsonl' : 'csv';
  if (!asker.member.helpdesk || !parseShortId(number)) return offerExport(asker, format);
  const ticket = await ticketByText(asker.deps, number);
  return ticket ? offerExport(asker, format, ticket) : refusalCard({ code: 'ticket-unknown' }, asker.words);
}
