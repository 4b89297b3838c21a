import { hasStep } from '../../../../bot/tickets/plan';
import { type Status, type Ticket } from '../../../../bot/tickets/ticket';
import { plusMinutes } from '../../../../bot/tickets/time';
import { ticketsOn } from '../../../local/play/reading';
import { DELETED_WITHIN_MS } from '../../crash/invariants';
import { strayCards, untrueCards } from './cards';
import { type Course, type Scene } from './play';
import { type Ending } from './stories';

/** How a story that ended as it was meant to leaves its ticket. A thawed ticket is a cancelled one. */
const STATUS: Readonly<Record<Ending, Status>> = {
  done: 'done',
  denied: 'denied',
  cancelled: 'cancelled',
  expired: 'expired',
  frozen: 'cancelled',
};
const OVER: readonly Status[] = ['done', 'denied', 'cancelled', 'expired'];
/** "At the latest 10 minutes after approval." */
const LOST_KEY_MINUTES = 10;
/** How soon after bad weather at the latest. */
const CALM_MINUTES = 2;

export interface Judged {
  violations: string[];
  /** Cards that nothing will ever bring up to date: the product never heard that they were posted. */
  stray: string[];
  /** The flow stands still, and says so. */
  standsStill?: string;
  ticket?: Ticket;
}

async function ticketsOf({ house, story, begunAt }: Scene): Promise<Ticket[]> {
  const { items } = await house.truth.tickets.ofPerson(story.subject.id, { size: 50 });
  const stored = await Promise.all(items.map((id) => house.truth.tickets.load(id)));
  return stored.flatMap((one) => (one && one.ticket.openedAt >= begunAt ? [one.ticket] : []));
}

function onPasses({ house, story, begunAt }: Scene, tickets: readonly Ticket[]): string[] {
  const ofThisStory = house.entra.view(story.subject.id).passes.filter(({ createdAt }) => createdAt >= begunAt);
  const passes = ofThisStory.map(({ id, createdAt, endedAt, endedBy, alive }) => ({
    ...{ id, alive, replaced: endedBy === 'replaced', from: Date.parse(createdAt) },
    to: endedAt === null ? Infinity : Date.parse(endedAt),
  }));
  const generations = tickets.flatMap((ticket) => ticket.generations);
  const recorded = new Set(generations.flatMap(({ methodId }) => methodId ?? []));
  const together = passes.filter((pass, at) =>
    passes.slice(at + 1).some((other) => !pass.replaced && other.from < pass.to && pass.from < other.to),
  );
  const now = house.clock.now().getTime();
  const late = passes.filter(
    ({ id, from, to }) => !recorded.has(id) && Math.min(to, now) > Math.max(house.upSince(), from) + DELETED_WITHIN_MS,
  );
  const over = tickets.every(({ status }) => OVER.includes(status));
  return [
    ...together.map(({ id }) => `two passes were alive at once (${id})`),
    ...late.map(({ id }) => `a pass whose showing was not recorded lived for more than 2 minutes (${id})`),
    ...(over ? passes.filter(({ alive }) => alive).map(({ id }) => `a pass is alive after the end (${id})`) : []),
    ...(passes.length <= generations.length ? [] : [`${passes.length} passes of ${generations.length} makings`]),
  ];
}

/** What the app has changed about the subject since the story began. */
function effectsOf({ house, story, begunAt }: Scene) {
  return house.entra.effects().filter(({ at, url }) => at >= begunAt && url.includes(story.subject.id));
}

/** Whether this story's ticket brought a key. */
function madeKey({ story }: Scene, ticket: Ticket): boolean {
  return ticket.status === 'done' && story.flow !== 'pass' && story.flow !== 'return-key';
}

function onPasskeys(scene: Scene, ticket: Ticket): string[] {
  const { house, story, before } = scene;
  const { passkeys } = house.entra.view(story.subject.id);
  const alive = passkeys.filter((passkey) => passkey.alive).map(({ id }) => id);
  const removed = ticket.removals.filter(({ state }) => state === 'removed').map(({ passkey }) => passkey.methodId);
  const named = ticket.removals.map(({ passkey }) => passkey.methodId);
  const kept = before.filter((id) => !named.includes(id));
  const fresh = alive.filter((id) => !before.includes(id));
  const made = madeKey(scene, ticket) ? 1 : 0;
  const posts = effectsOf(scene).filter(({ method, path }) => method === 'POST' && path.endsWith('/fido2Methods'));
  return [
    ...kept.filter((id) => !alive.includes(id)).map((id) => `a key that nobody named is gone (${id})`),
    ...removed.filter((id) => alive.includes(id)).map((id) => `a key that is said to be removed is alive (${id})`),
    ...(OVER.includes(ticket.status) && fresh.length !== made ? [`${fresh.length} new keys, not ${made}`] : []),
    ...(posts.length <= 1 ? [] : [`the app registered ${posts.length} passkeys`]),
    ...(ticket.status === 'done' && ticket.passkey && !alive.includes(ticket.passkey.methodId)
      ? ['the ticket names a passkey that is not there']
      : []),
  ];
}

/** Lost and returned keys: gone in time, and whoever held one is signed out after it went. */
function onRemovals(scene: Scene, ticket: Ticket, calmSince: string): string[] {
  if (!hasStep(ticket, 'revoke')) return [];
  const { house, story } = scene;
  const { passkeys } = house.entra.view(story.subject.id);
  const promised = ticket.decidedAt && plusMinutes(ticket.decidedAt, LOST_KEY_MINUTES);
  // While Entra itself does nothing, nobody can take a key away.
  const calm = plusMinutes(calmSince, CALM_MINUTES);
  const due = promised && (promised > calm ? promised : calm);
  const now = house.clock.now().toISOString();
  const frozen = ticket.freeze !== undefined;
  const late = ticket.removals.filter(({ passkey: { methodId } }) => {
    const found = passkeys.find(({ id }) => id === methodId);
    const until = found?.endedAt ?? now;
    return due !== undefined && !frozen && found !== undefined && until > due;
  });
  const effects = effectsOf(scene);
  const at = (pattern: RegExp) => effects.findLastIndex(({ method, url }) => pattern.test(`${method} ${url}`));
  const gone = ticket.removals.some(({ state }) => state === 'removed');
  const order = gone && at(/^POST .*revokeSignInSessions/) < at(/^DELETE .*fido2Methods/);
  return [
    ...late.map(({ passkey }) => `a lost key lived for more than ${LOST_KEY_MINUTES} minutes (${passkey.methodId})`),
    ...(order && OVER.includes(ticket.status) ? ['sessions were not revoked after the key went'] : []),
  ];
}

/** A locked key stays with its owner: its passkey goes after it was erased, never before, and nobody is signed out. */
function onLockedKey(scene: Scene, ticket: Ticket): string[] {
  if (!hasStep(ticket, 'reset')) return [];
  const { house, story, before, workstation } = scene;
  const [onIt] = before;
  const erasedAt = workstation?.key.erasedAt();
  const found = house.entra.view(story.subject.id).passkeys.find(({ id }) => id === onIt);
  const wentAt = found?.endedAt ?? undefined;
  const revoked = effectsOf(scene).some(({ path }) => path.endsWith('/revokeSignInSessions'));
  return [
    ...(wentAt !== undefined && (erasedAt === undefined || wentAt < erasedAt)
      ? ['a passkey went before its key was erased']
      : []),
    ...(erasedAt !== undefined && !ticket.decidedAt ? ['a key was erased that nobody has decided on'] : []),
    ...(ticket.status === 'done' && wentAt === undefined ? ['the passkey of an erased key is alive'] : []),
    ...(revoked ? ['sessions were ended for a key that never left its owner'] : []),
  ];
}

/**
 * Everything that the promises forbid and that can be seen once all is at rest.
 * @param calmSince when bad weather was over; default: there was none
 */
export async function judge(scene: Scene, course: Course, calmSince = ''): Promise<Judged> {
  const { house, story } = scene;
  const tickets = await ticketsOf(scene);
  const ticket = tickets.find(({ shortId }) => shortId === course.ticket) ?? tickets[0];
  const shown = house.entra
    .people()
    .flatMap(({ id }) =>
      house.crowd.chat(id).flatMap(({ card, view }) => [...ticketsOn(card), ...(view ? ticketsOn(view) : [])]),
    );
  const found = await Promise.all(
    [...new Set(shown)].map(async (number) => ({ number, id: await house.truth.tickets.find(number) })),
  );
  const lost = found.filter(({ id }) => id === undefined).map(({ number }) => number);
  const violations = [
    ...lost.map((number) => `ticket ${number} was shown to somebody and is not there`),
    // Who is not answered may fill in another form: it is the same request all the same.
    ...(tickets.length === 1 ? [] : [`one request made ${tickets.length} tickets`]),
    ...onPasses(scene, tickets),
  ];
  if (!ticket) return { violations, stray: [] };
  for (const one of tickets)
    violations.push(...(await house.truth.tickets.verifyAudit(one.id)).map((why) => `audit of ${one.shortId}: ${why}`));
  violations.push(
    ...onPasskeys(scene, ticket),
    ...onRemovals(scene, ticket, calmSince === '' ? ticket.openedAt : calmSince),
    ...onLockedKey(scene, ticket),
  );
  const shownTimes = ticket.generations.filter(({ methodId }) => methodId !== undefined).length;
  if (course.passesSeen.length > shownTimes)
    violations.push(`${course.passesSeen.length} passes were seen, ${shownTimes} showings recorded`);
  violations.push(...(await untrueCards(house, ticket)));
  const posts = await house.truth.conversations.cardsOf(ticket.id);
  const stray = strayCards(house, ticket, new Set(posts.map(({ activityId }) => activityId)));
  const ended = ticket.status === STATUS[story.ending];
  const excused = course.left
    ? 'somebody went away'
    : course.showsUsedUp
      ? 'all shows are used up'
      : ticket.parked && `${ticket.parked.step} stands still`;
  if (!ended && excused === undefined) violations.push(`the story did not come to its end: "${ticket.status}"`);
  return { violations, stray, ticket, ...(!ended && excused !== undefined && { standsStill: excused }) };
}
