import { Fault } from '../../agent/protocol/fault';
import { lifetimeFor } from '../entra';
import { type Refusal } from '../tickets/commands';
import { commandId } from '../tickets/ids';
import { SERVICE } from '../tickets/people';
import { type Ticket } from '../tickets/ticket';
import { plusSeconds } from '../tickets/time';
import { isMaking, showsLeft } from '../tickets/shows';
import { type Deps, momentOf } from './deps';
import { detailsOf } from './details';
import { dispatch } from './dispatch';
import { guard, whatStops } from './guard';
import { type Member } from './member';
import { type Outcome } from './messenger';
import { othersWithPass } from './other-passes';
import { settleNow } from './outbox';

/** How long Entra may take to make a pass; Teams takes the answer to a click for lost soon after. */
const CREATE_TIMEOUT_MS = 6_000;

async function answer(deps: Deps, member: Member, ticket: Ticket, refusal: Refusal): Promise<Outcome> {
  const now = (await deps.tickets.load(ticket.id))?.ticket ?? ticket;
  const details = await detailsOf(deps, now, member);
  return { ...(details && { details }), refusal };
}

/** How long after a making was recorded its pass may still be asked for: the next making may begin soon after. */
const MAKE_WITHIN_SECONDS = 8;

/** Records that a making of a pass came to nothing, where that is certain. */
async function nothingMade(deps: Deps, ticket: Ticket, generation: number): Promise<void> {
  const command = { kind: 'pass-settled', generation, deleted: false, at: momentOf(deps), by: SERVICE } as const;
  await dispatch(deps, ticket.id, command, `${ticket.id}~settled~${generation}`);
  settleNow(deps, ticket.id);
}

/** Deletes a pass that could not be recorded, and says so in the ticket; what fails here the settling does later. */
async function withhold(deps: Deps, ticket: Ticket, generation: number, methodId: string): Promise<void> {
  const at = momentOf(deps);
  const settled = { kind: 'pass-settled', generation, deleted: true, at, by: SERVICE } as const;
  // Only where the record that seemed to fail has worked after all.
  const ended = { kind: 'pass-ended', generation, how: 'deleted', at, by: SERVICE } as const;
  try {
    await deps.entra.passes.delete(ticket.subject.id, methodId);
    await dispatch(deps, ticket.id, settled, `${ticket.id}~settled~${generation}`);
    await dispatch(deps, ticket.id, ended, `${ticket.id}~withheld~${generation}`);
  } catch (error) {
    deps.log('pass-left-to-settle', { ticket: ticket.shortId, error: error instanceof Fault ? error.code : 'unknown' });
  }
  settleNow(deps, ticket.id);
}

/**
 * What stops a making at the last moment: all is asked once more, and it must not have taken too long. Two tickets of one
 * person make no pass at once, or nobody could tell which of them lives: each has recorded that it begins before it looks
 * for the other.
 */
async function stopsMaking(deps: Deps, ticket: Ticket): Promise<Refusal | undefined> {
  const begun = ticket.generations.at(-1)?.startedAt ?? momentOf(deps);
  const stop = await whatStops(deps, ticket);
  const others = await othersWithPass(deps, ticket);
  if (others.some((other) => isMaking(other, momentOf(deps)))) return stop ?? { code: 'show-in-progress' };
  const late = momentOf(deps) > plusSeconds(begun, MAKE_WITHIN_SECONDS);
  return stop ?? (late ? { code: 'press-show-again' } : undefined);
}

async function create(deps: Deps, subject: string) {
  const policy = await deps.entra.policies.temporaryAccessPass();
  const { lifetimeInMinutes } = lifetimeFor(policy, deps.settings.passMinutes);
  return deps.entra.passes.create(subject, { lifetimeInMinutes }, { timeoutMs: CREATE_TIMEOUT_MS });
}

/**
 * Makes a pass and gives it to the one reply to this click: first the intent is recorded, then the pass is made, then
 * its id is recorded; only then is it shown. If that last record fails, the pass is deleted and withheld. The same
 * click again never makes a second pass and never repeats the first.
 */
export async function show(deps: Deps, member: Member, ticket: Ticket, nonce: string): Promise<Outcome> {
  const subject = ticket.subject.id;
  const [standing, passkeys] = await Promise.all([guard(deps, ticket), deps.entra.passkeys.list(subject)]);
  const begun = await dispatch(
    deps,
    ticket.id,
    {
      kind: 'show',
      standing,
      passkeysBefore: passkeys.map(({ id }) => id),
      at: momentOf(deps),
      by: { kind: 'person', id: member.id, name: member.name },
    },
    commandId(ticket.id, nonce, 'show', member.id),
  );
  const now = begun.stored?.ticket ?? ticket;
  if (begun.repeated) return answer(deps, member, now, begun.refusal ?? { code: 'press-show-again' });
  const generation = now.generations.length;

  let pass;
  try {
    const stop = await stopsMaking(deps, now);
    if (stop) {
      await nothingMade(deps, now, generation);
      return await answer(deps, member, now, stop);
    }
    pass = await create(deps, subject);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // Where the reply was lost a pass may be alive: the settling looks for it, and deletes it.
    if (!error.facts.ambiguous) await nothingMade(deps, now, generation);
    return answer(deps, member, now, { code: error.code });
  }
  const validUntil = pass.validUntil.toISOString();
  const issued = await dispatch(
    deps,
    ticket.id,
    {
      ...{ kind: 'pass-issued', generation, methodId: pass.id, validUntil },
      ...{ at: momentOf(deps), by: SERVICE, requestIds: [pass.requestId] },
    },
    `${ticket.id}~issued~${generation}`,
  ).catch((error: unknown) => {
    deps.log('pass-not-recorded', { ticket: ticket.shortId, error: error instanceof Fault ? error.code : 'unknown' });
    return undefined;
  });
  if (!issued || issued.repeated) {
    await withhold(deps, now, generation, pass.id);
    return answer(deps, member, now, { code: 'pass-withheld' });
  }
  settleNow(deps, ticket.id);
  const details = issued.stored && (await detailsOf(deps, issued.stored.ticket, member));
  const left = showsLeft(issued.stored?.ticket ?? now, momentOf(deps));
  return { ...(details && { details }), pass: { text: pass.pass, validUntil, showsLeft: left } };
}
