import { Fault } from '../../agent/protocol/fault';
import { passkeyWith } from '../entra';
import { whatStops } from '../service/guard';
import { passkeyOf } from '../service/subject';
import { causeOf } from '../tickets/standing';
import { plusMinutes, plusSeconds } from '../tickets/time';
import { DONE, type Result, type Run } from './effect';

/** How long after its challenge ended a registration that was sent may still come to light. */
const LAG_MINUTES = 4;
const LOOK_AGAIN_SECONDS = 3;

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

function failed(job: string, code: string): Result {
  return { kind: 'outcome', command: { kind: 'job-failed', job, code, orphan: true } };
}

/**
 * Registers in Entra what the key has made, and reads it back. Where a reply is lost the same attestation is sent again,
 * never a new one made, until the list shows it or the challenge has ended.
 */
export const registerPasskey: Run<'register-passkey'> = async (deps, ticket, effect) => {
  const { job } = ticket;
  if (job?.id !== effect.job || job.state !== 'made') return DONE;
  const subject = ticket.subject.id;
  const credentialId = bytes(effect.credentialId);

  const listed = passkeyWith(await deps.entra.passkeys.list(subject), credentialId);
  if (listed) {
    return { kind: 'outcome', command: { kind: 'passkey-registered', job: job.id, passkey: passkeyOf(listed) } };
  }
  const now = deps.now().toISOString();
  const challengeUntil = job.challengeUntil ?? now;
  if (now > plusMinutes(challengeUntil, LAG_MINUTES)) return failed(job.id, 'passkey-challenge-expired');
  const again: Result = { kind: 'again', at: plusSeconds(now, LOOK_AGAIN_SECONDS) };
  if (now > challengeUntil) return again;

  const stop = await whatStops(deps, ticket);
  if (stop) return failed(job.id, causeOf(stop));
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
    return failed(job.id, error.code);
  }
  const readBack = passkeyWith(await deps.entra.passkeys.list(subject), credentialId);
  if (!readBack) return again;
  return { kind: 'outcome', command: { kind: 'passkey-registered', job: job.id, passkey: passkeyOf(readBack) } };
};
