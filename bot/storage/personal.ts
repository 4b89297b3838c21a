import { type EventKind, type TicketEvent } from '../tickets/events';
import { type Ticket } from '../tickets/ticket';

/**
 * Fields that are personal wherever they stand: what people, their workstations and their keys are called, and the salt
 * without which a signature over them tells nothing of them. Ids stay.
 */
const NAMES: ReadonlySet<string> = new Set(['name', 'displayName', 'userPrincipalName', 'salt']);

/**
 * Which other fields of an event are personal: what somebody wrote, and what a risk says of people. `a.b` is a field of
 * an object, `a[].b` one of each item of a list. A new kind of event does not compile before it has its line here.
 */
const PERSONAL: Readonly<Record<EventKind, readonly string[]>> = {
  opened: ['reason', 'risks[].facts'],
  reminded: [],
  widened: [],
  approved: ['risks[].facts'],
  'approval-begun': [],
  'approval-started': [],
  'approval-failed': [],
  decided: [],
  denied: ['reason'],
  'block-lifted': ['reason'],
  'approvers-changed': ['risks[].facts'],
  cancelled: [],
  expired: [],
  'way-chosen': [],
  'vouch-refused': [],
  vouched: [],
  'show-prepared': [],
  'pass-started': [],
  'pass-issued': [],
  'pass-settled': [],
  'pass-ended': [],
  'passkey-appeared': [],
  contained: [],
  'removal-due': [],
  'passkey-removed': [],
  'sessions-revoked': [],
  finished: [],
  'job-offered': [],
  'job-started': [],
  'act-started': [],
  diagnosed: [],
  'pin-forgotten': [],
  'passkey-picked': [],
  'approval-asked': [],
  'not-needed': [],
  'key-erased': [],
  'not-erased': [],
  'removal-dropped': [],
  'key-made': [],
  'passkey-registered': [],
  'job-failed': [],
  parked: [],
  'taken-over': [],
  resumed: [],
  unreached: [],
  reached: [],
  commented: ['text'],
  'signed-in': [],
  completed: [],
  'mail-sent': [],
  'mail-failed': [],
  frozen: [],
  'passkeys-taken-back': [],
  'sign-in-blocked': [],
  'thaw-said': [],
  thawed: [],
  'sign-in-unblocked': [],
  'sign-in-stays-blocked': [],
  'outer-numbered': [],
  'outer-failed': [],
  'outer-restored': [],
  assigned: [],
  unassigned: [],
  nudged: [],
  resent: [],
  shared: [],
  unshared: [],
};

export type Fields = Record<string, unknown>;

/** An event in two parts: what is kept, and what may be erased, by the path where it stood: `approvers.0.name`. */
export interface SplitEvent {
  data: Fields;
  personal: Fields;
}

/** Takes the personal fields out of an event. `at` and `kind` are in neither part: an audit record has them itself. */
export function splitEvent(event: TicketEvent): SplitEvent {
  const { at: _at, kind, ...rest } = event;
  const personal: Fields = {};
  const plain = JSON.parse(JSON.stringify(rest)) as Fields;
  return { data: withoutPersonal(plain, '', '', PERSONAL[kind], personal), personal };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy without what is personal, which is put into `personal`. `path` has the places in lists, `pattern` has [] there. */
function withoutPersonal(
  fields: Fields,
  path: string,
  pattern: string,
  listed: readonly string[],
  personal: Fields,
): Fields {
  const kept: Fields = {};
  const copy = (value: unknown, at: string, like: string): unknown => {
    if (Array.isArray(value)) return value.map((item, place) => copy(item, `${at}.${place}`, `${like}[]`));
    return isFields(value) ? withoutPersonal(value, `${at}.`, `${like}.`, listed, personal) : value;
  };
  for (const [name, value] of Object.entries(fields)) {
    if (NAMES.has(name) || listed.includes(pattern + name)) personal[path + name] = value;
    else kept[name] = copy(value, path + name, pattern + name);
  }
  return kept;
}

/** What stands in a ticket where something personal was erased: cards that are drawn of it show that there is nothing. */
export const ERASED = '—';

/** What people wrote into a ticket: why they ask or deny, and comments. */
const WRITTEN: ReadonlySet<string> = new Set(['reason', 'text']);

/** The ticket without what is personal: the same that leaves its records with their personal parts. */
export function erasedTicket(ticket: Ticket): Ticket {
  return JSON.parse(JSON.stringify(ticket), (field, value: unknown) => {
    if ((NAMES.has(field) || WRITTEN.has(field)) && typeof value === 'string') return ERASED;
    // What a risk says of people: taken out whole.
    return field === 'facts' ? undefined : value;
  }) as Ticket;
}
