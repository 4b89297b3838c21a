import { Fault } from '../../agent/protocol/fault';
import { type Passkey, passkeyWith } from '../entra';
import { whatStops } from '../service/guard';
import { passkeyOf } from '../service/subject';
import { type OutboxItem } from '../tickets/effects';
import { causeOf } from '../tickets/standing';
import { type Moment } from '../tickets/ticket';
import { plusMinutes, plusSeconds } from '../tickets/time';
import { DONE, LEASE_SECONDS, type Result, type Run } from './effect';

/** How long after its challenge ended a registration that was sent may still come to light. */
const LAG_MINUTES = 4;
const LOOK_AGAIN_SECONDS = 3;

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

function registered(job: string, passkey: Passkey): Result {
  return { kind: 'outcome', command: { kind: 'passkey-registered', job, passkey: passkeyOf(passkey) } };
}

function failed(job: string, code: string): Result {
  return { kind: 'outcome', command: { kind: 'job-failed', job, code, orphan: true } };
}

/** Roles that could not be read now may be read in a moment: what may have been done is neither taken nor undone before. */
function notKnown(code: string): Fault {
  return new Fault({ code, say: 'The registration was left as it is.', todo: 'See the ticket.', retry: true });
}

/** Whether it may have been sent before: it was put off since, or a process may have died over it. */
function maybeSent({ attempts, notBefore }: OutboxItem, now: Moment): boolean {
  return attempts > 0 || now >= plusSeconds(notBefore, LEASE_SECONDS);
}

/**
 * Registers in Entra what the key has made, and reads it back. Where a reply is lost the same attestation is sent again,
 * never a new one made, until the list shows it or the challenge has ended. Whatever stops it then, it has failed only
 * once nothing more can come to light; what does is taken off the account again.
 */
export const registerPasskey: Run<'register-passkey'> = async (deps, ticket, effect, item) => {
  const { job } = ticket;
  if (job?.id !== effect.job || job.state !== 'made') return DONE;
  const subject = ticket.subject.id;
  const credentialId = bytes(effect.credentialId);

  const listed = passkeyWith(await deps.entra.passkeys.list(subject), credentialId);
  const now = deps.now().toISOString();
  const challengeUntil = job.challengeUntil ?? now;
  const settled = listed !== undefined || now > plusMinutes(challengeUntil, LAG_MINUTES);
  const again: Result = { kind: 'again', at: plusSeconds(now, LOOK_AGAIN_SECONDS) };
  if (!settled && now > challengeUntil) return again;

  const stop = await whatStops(deps, ticket);
  const why = stop && causeOf(stop);
  const unsettled = maybeSent(item, now);
  if (why === 'subject-privilege-unknown' && (listed || unsettled)) throw notKnown(why);
  // It was sent while the approval held.
  if (listed && (!why || why === 'approval-over')) return registered(job.id, listed);
  // Never one that was there before, whatever the workstation says it has made.
  if (listed && !ticket.passkeysBefore.includes(listed.id)) await deps.entra.passkeys.delete(subject, listed.id);
  if (settled) return failed(job.id, why ?? 'passkey-challenge-expired');
  if (why) return unsettled ? again : failed(job.id, why);
  try {
    await deps.entra.passkeys.create(subject, {
      displayName: effect.displayName,
      credentialId,
      clientDataJSON: bytes(effect.clientDataJSON),
      attestationObject: bytes(effect.attestationObject),
    });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const arrived = error.code === 'passkey-already-registered' || error.facts.ambiguous === true;
    if (arrived) return again;
    if (error.retry) throw error;
    return unsettled ? again : failed(job.id, error.code);
  }
  const readBack = passkeyWith(await deps.entra.passkeys.list(subject), credentialId);
  return readBack ? registered(job.id, readBack) : again;
};
