import { timingSafeEqual } from 'node:crypto';
import { Fault } from '../../agent/protocol/fault';
import { FREEZE_DAYS } from '../tickets/freeze';
import { type TicketId } from '../tickets/ids';
import { type Moment, type Ticket, type Told } from '../tickets/ticket';
import { plusMinutes } from '../tickets/time';
import { type Deps, momentOf } from './deps';

/** ULID of the ticket, the link's end (seconds since 1970, base 36), HMAC-SHA-256 (base64url). Stored nowhere. */
const TOKEN = /^([0-9A-HJKMNP-TV-Z]{26})([0-9a-z]{7})([A-Za-z0-9_-]{43})$/;

/** Only this service can work it out; it holds for one ticket, one addressee and one end. */
function codeOf({ keys }: Pick<Deps, 'keys'>, id: TicketId, { person, via }: Told, end: string): Buffer {
  return keys.derive('not-me', [id, person.id, via, end].join('~'));
}

/** Until when the link of a mail sent now holds: seven days longer than the ticket. */
export function linkEnds({ expiresAt }: Ticket): Moment {
  return plusMinutes(expiresAt, FREEZE_DAYS * 24 * 60);
}

/** The link of a mail to whoever is told: whoever holds it may say "this was not me", and nothing else. */
export function notMeLink(deps: Pick<Deps, 'keys' | 'settings'>, ticket: Ticket, told: Told): string {
  const end = Math.floor(Date.parse(linkEnds(ticket)) / 1000)
    .toString(36)
    .padStart(7, '0');
  const code = codeOf(deps, ticket.id, told, end).toString('base64url');
  return `${deps.settings.publicUrl}/api/not-me/${ticket.id}${end}${code}`;
}

function odd(): Fault {
  return new Fault({
    code: 'link-odd',
    say: 'This link is not one of ours.',
    todo: 'Open it from the mail once more, and mind that all of it is taken.',
  });
}

/**
 * The ticket that a link is about.
 * @throws Fault `link-odd` where the link was not made by us, for this ticket and its addressee; `link-over` after its end
 */
export async function ticketOfLink(deps: Deps, token: string): Promise<{ ticket: Ticket; told: Told }> {
  const [, id, end, code] = TOKEN.exec(token) ?? [];
  if (!id || !end || !code) throw odd();
  const ticket = (await deps.tickets.load(id))?.ticket;
  if (!ticket?.told) throw odd();
  const given = Buffer.from(code, 'base64url');
  const right = codeOf(deps, id, ticket.told, end);
  if (given.length !== right.length || !timingSafeEqual(given, right) || given.toString('base64url') !== code)
    throw odd();
  if (Date.parse(momentOf(deps)) > Number.parseInt(end, 36) * 1000) {
    throw new Fault({
      code: 'link-over',
      say: 'This link has ended.',
      todo: 'If something is not right, call the helpdesk.',
    });
  }
  return { ticket, told: ticket.told };
}
