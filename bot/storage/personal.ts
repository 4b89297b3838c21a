import { type EventKind, type TicketEvent } from '../tickets/events';

/**
 * Which fields of an event are personal: names that a person bears or gave, and what somebody wrote. Ids stay, for
 * without them a history says nothing. `a.b` goes into an object, `a[].b` into each item of a list.
 * A new kind of event does not compile before it has its line here.
 */
const PERSONAL: Readonly<Record<EventKind, readonly string[]>> = {
  opened: ['requester.name', 'subject.name', 'hander.name', 'desk.name', 'reason', 'risks[].facts', 'approvers[].name'],
  reminded: [],
  widened: [],
  approved: ['approval.by.name'],
  decided: [],
  denied: ['person.name', 'reason'],
  cancelled: ['person.name'],
  expired: [],
  'way-chosen': ['workstation.name'],
  'vouch-refused': [],
  vouched: [],
  'show-prepared': ['person.name'],
  'pass-started': ['person.name'],
  'pass-issued': [],
  'pass-settled': [],
  'pass-ended': [],
  'passkey-appeared': ['passkey.name'],
  'job-offered': ['workstation.name'],
  'job-started': [],
  'key-made': [],
  'passkey-registered': ['passkey.name'],
  'job-failed': [],
  parked: [],
  'taken-over': ['person.name'],
  resumed: [],
  unreached: ['person.name'],
  commented: ['person.name', 'text'],
  'signed-in': [],
  completed: [],
};

/** The name of whoever did it, in every event. */
const ALWAYS = ['by.name'];

export type Fields = Record<string, unknown>;

/** An event in two parts: what may be kept, and what may be erased, by the path where it stood. */
export interface SplitEvent {
  data: Fields;
  personal: Fields;
}

/** Takes the personal fields out of an event. `at` and `kind` are left out of both: an audit record has them itself. */
export function splitEvent(event: TicketEvent): SplitEvent {
  const { at: _at, kind, ...rest } = event;
  const data = JSON.parse(JSON.stringify(rest)) as Fields;
  const personal: Fields = {};
  for (const path of [...ALWAYS, ...PERSONAL[kind]]) {
    const taken = take(data, path.split('.'));
    if (taken !== undefined) personal[path] = taken;
  }
  return { data, personal };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Removes what stands at a path and returns it; of a list, a list with null where an item has nothing there. */
function take(from: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined || !isFields(from)) return undefined;
  const name = step.replace('[]', '');
  const value = from[name];
  if (step.endsWith('[]')) {
    if (!Array.isArray(value)) return undefined;
    const taken = value.map((item) => take(item, rest) ?? null);
    return taken.some((item) => item !== null) ? taken : undefined;
  }
  if (rest.length > 0) return take(value, rest);
  Reflect.deleteProperty(from, name);
  return value;
}
