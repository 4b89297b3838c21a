import { type Status } from '../../../bot/tickets/ticket';

/** A pass as Entra knows it: milliseconds since 1970. */
export interface PassLife {
  id: string;
  from: number;
  /** Undefined: alive still. */
  to?: number;
  /** A newer one took its place, in the same act. */
  replaced: boolean;
}

/** A ticket as storage holds it. */
export interface TicketFound {
  shortId: string;
  status: Status;
  /** Makings of a pass; `methodId` where its showing was recorded. */
  generations: readonly { methodId?: string }[];
  /** Entra's id of the passkey that it says it ended with. */
  passkey?: string;
  /** What its audit chain has against it; empty: it holds. */
  auditProblems: readonly string[];
}

/** Everything that can be seen from outside once a story has ended and settled. */
export interface Evidence {
  way: 'pass' | 'workstation';
  /** When the host was up again, or the story began where nothing died: milliseconds since 1970. */
  recoveredAt: number;
  /** The people got to their end; else why not. */
  stuck?: string;
  showsUsedUp: boolean;
  /** Whoever was to have the pass pressed Show, saw none, and went away: the ticket then stays open, and is true. */
  left: boolean;
  /** Ticket numbers that stood on any card, ever. */
  numbersShown: readonly string[];
  /** All tickets about the subject. */
  tickets: readonly TicketFound[];
  passesSeen: number;
  showClicks: number;
  entra: {
    passes: readonly PassLife[];
    /** Ids of the passkeys that are alive. */
    passkeys: readonly string[];
    /** A sign-in with the key, tried at the end. */
    signsIn: boolean;
    /** Calls of the app that made something. */
    passkeysMadeByApp: number;
    passesMade: number;
  };
  /** Credentials on the security key. */
  credentialsOnKey: number;
  /** How each person's newest own card of the ticket says it stands; undefined: no card. */
  cards: readonly { person: string; says: Status | undefined }[];
}

/** How long after recovery a pass may live whose showing was not recorded (promise `crash`). */
export const DELETED_WITHIN_MS = 120_000;

/** Whether the people came to an end without a key, one that a person would accept. */
const endedWithoutKey = ({ left, showsUsedUp }: Evidence): boolean => left || showsUsedUp;

function onPasses(evidence: Evidence): string[] {
  const { entra, tickets, recoveredAt } = evidence;
  const { passes } = entra;
  const recorded = new Set(tickets.flatMap(({ generations }) => generations.flatMap(({ methodId }) => methodId ?? [])));
  // What a newer one replaced never stood beside it, whatever the two stamps of that one act say.
  const overlapping = passes.filter((pass, at) =>
    passes
      .slice(at + 1)
      .some((other) => !pass.replaced && other.from < (pass.to ?? Infinity) && pass.from < (other.to ?? Infinity)),
  );
  const late = passes.filter(
    ({ id, from, to = Infinity }) => !recorded.has(id) && to > Math.max(recoveredAt, from) + DELETED_WITHIN_MS,
  );
  // One that was recorded as shown may have been seen: it lives until its time is over, and the ticket says so.
  const left = endedWithoutKey(evidence) ? [] : passes.filter(({ to }) => to === undefined);
  return [
    ...overlapping.map(({ id }) => `two passes were alive at once (${id})`),
    ...late.map(({ id }) => `a pass whose showing was not recorded lived for more than 2 minutes (${id})`),
    ...left.map(({ id }) => `a pass is alive after the end (${id})`),
  ];
}

function onTickets(evidence: Evidence): string[] {
  const { numbersShown, tickets } = evidence;
  const known = new Set(tickets.map(({ shortId }) => shortId));
  const lost = numbersShown.filter((number) => !known.has(number));
  const ends: readonly Status[] = endedWithoutKey(evidence) ? ['done', 'approved'] : ['done'];
  const open = tickets.filter(({ status }) => !ends.includes(status));
  return [
    ...lost.map((number) => `ticket ${number} was shown to somebody and is not there`),
    ...(tickets.length === 1 ? [] : [`one request made ${tickets.length} tickets`]),
    ...open.map(({ shortId, status }) => `ticket ${shortId} ended as "${status}"`),
    ...tickets.flatMap(({ shortId, auditProblems }) => auditProblems.map((why) => `audit of ${shortId}: ${why}`)),
  ];
}

function onPasskeys(evidence: Evidence): string[] {
  const { entra, tickets, way, credentialsOnKey } = evidence;
  if (endedWithoutKey(evidence) && entra.passkeys.length === 0) return [];
  const made = way === 'workstation' ? 1 : 0;
  const named = tickets.flatMap(({ passkey }) => passkey ?? []);
  return [
    ...(entra.passkeys.length === 1 ? [] : [`Entra holds ${entra.passkeys.length} passkeys, not 1`]),
    ...(credentialsOnKey === 1 ? [] : [`the key holds ${credentialsOnKey} credentials, not 1`]),
    ...(entra.signsIn ? [] : ['the key does not sign in']),
    ...(entra.passkeysMadeByApp === made
      ? []
      : [`the app registered ${entra.passkeysMadeByApp} passkeys, not ${made}`]),
    ...named
      .filter((id) => !entra.passkeys.includes(id))
      .map((id) => `the ticket names a passkey that is not there (${id})`),
  ];
}

function onShows({ entra, tickets, passesSeen, showClicks }: Evidence): string[] {
  const makings = tickets.reduce((sum, { generations }) => sum + generations.length, 0);
  const shown = tickets.reduce(
    (sum, { generations }) => sum + generations.filter(({ methodId }) => methodId).length,
    0,
  );
  return [
    ...(entra.passesMade <= makings ? [] : [`${entra.passesMade} passes were made in ${makings} recorded makings`]),
    ...(makings <= showClicks ? [] : [`${makings} makings came of ${showClicks} clicks on Show`]),
    ...(passesSeen <= shown ? [] : [`${passesSeen} passes were seen, but only ${shown} showings recorded`]),
  ];
}

function onCards({ cards, tickets }: Evidence): string[] {
  const [ticket] = tickets;
  if (!ticket) return [];
  return cards
    .filter(({ says }) => says !== ticket.status)
    .map(({ person, says }) => `${person}'s card says "${says ?? 'nothing'}", the ticket is "${ticket.status}"`);
}

/** What the promise `crash` forbids and this evidence shows, a line each; empty: it holds. */
export function violationsOf(evidence: Evidence): string[] {
  return [
    ...(evidence.stuck === undefined ? [] : [`the people did not get to an end: ${evidence.stuck}`]),
    ...onPasses(evidence),
    ...onTickets(evidence),
    ...onPasskeys(evidence),
    ...onShows(evidence),
    ...onCards(evidence),
  ];
}
