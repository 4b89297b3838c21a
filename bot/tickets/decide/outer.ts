import { isOuterLink, isOuterNumber, LINK_AT_MOST, NUMBER_AT_MOST, outranks } from '../outer';
import { type Ticket } from '../ticket';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';

type Happened = Parameters<typeof happened>[1];

/** Events were told, and the answer may have named a number. Only what is new becomes part of the ticket. */
export function outerTold(ticket: Ticket, command: CommandOf<'outer-told'>): Answer {
  const { to, number } = command;
  const events: Happened[] = [];
  if (ticket.outer?.failed.some((one) => one.to === to)) events.push({ kind: 'outer-restored', to });
  if (ticket.outer && number && isOuterNumber(number.number) && outranks(ticket, to)) {
    // A number without a way there is better than none.
    const url = number.url !== undefined && isOuterLink(number.url) ? { url: number.url } : {};
    events.push({ kind: 'outer-numbered', system: to, number: number.number, ...url });
  }
  return events.length === 0 ? NOTHING : happened(command, ...events);
}

/** Somebody outside cannot be told. Said once: it is mended there, and nothing of the ticket waits for it. */
export function outerFailed(ticket: Ticket, command: CommandOf<'outer-failed'>): Answer {
  const known = ticket.outer?.failed.some(({ to }) => to === command.to);
  if (!ticket.outer?.to.includes(command.to) || known) return NOTHING;
  return happened(command, { kind: 'outer-failed', to: command.to, code: command.code });
}

/** The helpdesk types what the ticket is called elsewhere. */
export function outerNumber(ticket: Ticket, command: CommandOf<'outer-number'>): Answer {
  if (!command.helpdesk || command.by.kind !== 'person') return refused('helpdesk-only');
  if (!ticket.outer) return refused('outer-off');
  const number = command.number.trim();
  const url = command.url?.trim() ?? '';
  if (!isOuterNumber(number)) return refused('outer-number-odd', { most: NUMBER_AT_MOST });
  if (url !== '' && !isOuterLink(url)) return refused('outer-link-odd', { most: LINK_AT_MOST });
  const before = ticket.outer.number;
  if (before?.by === 'hand' && before.number === number && (before.url ?? '') === url) return NOTHING;
  return happened(command, { kind: 'outer-numbered', system: 'hand', number, ...(url !== '' && { url }) });
}
