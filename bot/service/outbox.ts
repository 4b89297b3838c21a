import { Fault } from '../../agent/protocol/fault';
import { EFFECT_STEPS, runEffect } from '../effects';
import { LEASE_SECONDS } from '../effects/effect';
import { noting } from '../entra';
import { type EffectKind, type OutboxItem } from '../tickets/effects';
import { SERVICE } from '../tickets/people';
import { type TicketId } from '../tickets/ids';
import { type Moment } from '../tickets/ticket';
import { plusSeconds } from '../tickets/time';
import { type Deps, momentOf } from './deps';
import { dispatch } from './dispatch';
import { isTelling, tellOutside, type WorkOff } from './telling';

/** Tries after which the helpdesk is told; the trying goes on, more slowly. */
const PARK_AFTER = 5;
const SLOWEST_SECONDS = 600;
/** Cards sooner: a minute after an outage each one tells the truth again. */
const SLOWEST_CARD_SECONDS = 30;
/** What may not wait long after an outage either: as long as it is not done, somebody may hold a way in. */
const SLOWEST_ENDING_SECONDS = 60;
const ENDINGS: readonly EffectKind[] = [
  ...(['remove-passkey', 'revoke-sessions', 'delete-pass', 'settle-pass'] as const),
  ...(['take-back-passkeys', 'block-sign-in', 'end-replaced'] as const),
];
/** Rounds of one working off: what an effect brings about is worked off too. */
const ROUNDS = 8;

function isCard({ effect }: OutboxItem): boolean {
  return effect.kind === 'card' || effect.kind === 'helpdesk-cards' || effect.kind === 'shared-card';
}

function backOffSeconds(item: OutboxItem): number {
  const ends = ENDINGS.includes(item.effect.kind);
  const slowest = isCard(item) ? SLOWEST_CARD_SECONDS : ends ? SLOWEST_ENDING_SECONDS : SLOWEST_SECONDS;
  return Math.min(slowest, 2 ** (item.attempts + 1)) * (0.8 + Math.random() * 0.4);
}

/** At most so many calls stand in one record. */
const CALLS_AT_MOST = 20;

function newest(calls: ReadonlySet<string>): readonly string[] | undefined {
  return calls.size === 0 ? undefined : [...calls].slice(-CALLS_AT_MOST);
}

/** An effect failed: it is put off, and after some tries (or at once, where trying cannot help) the helpdesk is told. */
async function putOff(
  deps: Deps,
  ticket: TicketId,
  item: OutboxItem,
  { error, calls }: { error: unknown; calls: ReadonlySet<string> },
): Promise<void> {
  const fault = error instanceof Fault ? error : undefined;
  const code = fault?.code ?? 'unexpected';
  deps.log('effect-failed', {
    effect: item.effect.kind,
    code,
    attempts: item.attempts + 1,
    ...(fault ? {} : { error: error instanceof Error ? error.message : 'unknown' }),
  });
  const wait = Math.max(backOffSeconds(item), (fault?.retryAfterMs ?? 0) / 1000);
  const hopeless = fault !== undefined && !fault.retry;
  const next = plusSeconds(momentOf(deps), hopeless ? SLOWEST_SECONDS : wait);
  const stands = await deps.tickets.postpone(ticket, item.id, next, newest(calls));
  if (!stands && isCard(item)) {
    // Somebody else was at it too, and is done: it was heard, but which of both cards stands there now, nobody knows.
    const effect = 'nudge' in item.effect ? { ...item.effect, nudge: false } : item.effect;
    await deps.tickets.putBack(ticket, { ...item, effect, notBefore: next, attempts: item.attempts + 1 });
  }
  const step = EFFECT_STEPS[item.effect.kind];
  if (!step || !(hopeless || item.attempts + 1 >= PARK_AFTER)) return;
  const command = { kind: 'park', step, code, at: momentOf(deps), by: SERVICE } as const;
  await dispatch(deps, ticket, command, `${ticket}~park~${item.id}~${item.attempts}~${code}`);
}

/** An effect works again: where its step was marked as standing still, it no longer is. */
async function unpark(deps: Deps, ticket: TicketId, item: OutboxItem): Promise<void> {
  const step = EFFECT_STEPS[item.effect.kind];
  const now = item.attempts > 0 && step ? await deps.tickets.load(ticket) : undefined;
  if (!now || now.ticket.parked?.step !== step) return;
  const command = { kind: 'retry', helpdesk: true, at: momentOf(deps), by: SERVICE } as const;
  await dispatch(deps, ticket, command, `${ticket}~unpark~${item.id}~${item.attempts}`);
}

/** @returns false where another process has the item, or it is done. */
const workOff: WorkOff = async (deps, ticket, item) => {
  const mine = await deps.tickets.claim(ticket, item.id, plusSeconds(momentOf(deps), LEASE_SECONDS));
  if (!mine) return false;
  // Where what was done shows only at a later try, its record names the calls of the earlier ones too.
  const calls = new Set(item.requestIds);
  try {
    const stored = await deps.tickets.load(ticket);
    if (!stored) throw new Error('an outbox without a ticket');
    const result = await noting(calls, () => runEffect(deps, stored.ticket, item));
    if (result.kind === 'outcome') {
      const requestIds = newest(calls);
      const command = { ...result.command, at: momentOf(deps), by: SERVICE, ...(requestIds && { requestIds }) };
      await dispatch(deps, ticket, command, `${ticket}~${item.id}~${command.kind}`, item.id);
    }
    if (result.kind === 'elsewhere') {
      for (const { ticket: other, command: body } of result.outcomes) {
        const command = { ...body, at: momentOf(deps), by: SERVICE };
        await dispatch(deps, other, command, `${other}~${ticket}~${item.id}~${command.kind}`);
        settleNow(deps, other);
      }
    }
    await unpark(deps, ticket, item);
    if (result.kind === 'done' || result.kind === 'elsewhere') await deps.tickets.settle(ticket, item.id);
    if (result.kind === 'again') {
      const { command: body, at } = result;
      const command = body && { ...body, at: momentOf(deps), by: SERVICE };
      if (command) await dispatch(deps, ticket, command, `${ticket}~${item.id}~${item.attempts}~${command.kind}`);
      await deps.tickets.postpone(ticket, item.id, at, newest(calls));
    }
  } catch (error) {
    await putOff(deps, ticket, item, { error, calls });
  }
  return true;
};

/** What is due this soon is waited for in this process; the timer sees to the rest, and to all of it if this dies. */
const SOON_SECONDS = 60;

/**
 * Works off what is due in a ticket's outbox, and what comes of that. Safe to call at any time, from any process:
 * each item is claimed first, and is harmless when done twice.
 */
export async function settle(deps: Deps, ticket: TicketId): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const all = await deps.tickets.outbox(ticket, plusSeconds(momentOf(deps), SOON_SECONDS));
    const soon = deps.outer ? all.filter((item) => !isTelling(item)) : all;
    const now = momentOf(deps);
    const items = soon.filter(({ notBefore }) => notBefore <= now);
    if (items.length === 0) {
      settleAt(deps, ticket, soon.map(({ notBefore }) => notBefore).sort()[0]);
      return;
    }
    // Cards last: they then tell what the other effects have come to.
    const cards = items.filter(isCard);
    const worked: boolean[] = [];
    for (const item of items.filter((one) => !cards.includes(one))) worked.push(await workOff(deps, ticket, item));
    worked.push(...(await Promise.all(cards.map((item) => workOff(deps, ticket, item)))));
    // All are in other hands: they are looked at again when those have had their time.
    if (!worked.includes(true)) {
      settleAt(deps, ticket, plusSeconds(momentOf(deps), 2));
      return;
    }
  }
}

/** Tells who is outside of Teams, apart from everything else: whoever is slow there keeps nobody waiting here. */
export async function settleOuter(deps: Deps, ticket: TicketId): Promise<void> {
  if (!deps.outer) return;
  const next = await tellOutside(deps, ticket, workOff);
  if (next.told) await settle(deps, ticket);
  settleAt(deps, ticket, next.at, outerAlarms);
}

/** By their `deps`, so that what nothing else knows any more goes with its alarms. */
type Alarms = WeakMap<Deps, Map<TicketId, NodeJS.Timeout>>;
const alarms: Alarms = new WeakMap();
const outerAlarms: Alarms = new WeakMap();

function alarmsIn(all: Alarms, deps: Deps): Map<TicketId, NodeJS.Timeout> {
  const known = all.get(deps) ?? new Map<TicketId, NodeJS.Timeout>();
  all.set(deps, known);
  return known;
}

/** Comes back to a ticket when its next item is due, so that a person who waits does not wait for a timer's turn. */
function settleAt(deps: Deps, ticket: TicketId, moment: Moment | undefined, all = alarms): void {
  const mine = alarmsIn(all, deps);
  clearTimeout(mine.get(ticket));
  mine.delete(ticket);
  if (moment === undefined) return;
  const wait = Math.max(0, Date.parse(moment) - deps.now().getTime());
  const alarm = setTimeout(() => {
    mine.delete(ticket);
    settleNow(deps, ticket);
  }, wait + 5);
  mine.set(ticket, alarm.unref());
}

const running = new Set<Promise<unknown>>();

/** Works off a ticket's outbox right after its commit, without making the click wait; the timer does it if this dies. */
export function settleNow(deps: Deps, ticket: TicketId, options: { retried?: boolean } = {}): void {
  const work = (async () => {
    if (options.retried) await hasten(deps, ticket);
    await Promise.all([settle(deps, ticket), settleOuter(deps, ticket)]);
  })().catch((error: unknown) => {
    deps.log('settle-failed', { ticket, error: error instanceof Fault ? error.code : String(error) });
  });
  running.add(work);
  void work.finally(() => running.delete(work));
}

/** Waits until what was begun in the background is done: before a process ends on purpose. */
export async function settled(): Promise<void> {
  while (running.size > 0) await Promise.all([...running]);
}

/** Makes all that waits in an outbox due now: the helpdesk has asked to try again. */
async function hasten(deps: Deps, ticket: TicketId): Promise<void> {
  const later = plusSeconds(momentOf(deps), 365 * 24 * 3600);
  const items = await deps.tickets.outbox(ticket, later);
  const stuck = items.filter(({ effect, attempts }) => EFFECT_STEPS[effect.kind] !== undefined && attempts > 0);
  await Promise.all(stuck.map((item) => deps.tickets.postpone(ticket, item.id, momentOf(deps))));
}
