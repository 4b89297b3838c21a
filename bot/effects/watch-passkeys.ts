import { appearsUntil } from '../tickets/shows';
import { plusSeconds } from '../tickets/time';
import { passkeyOf } from '../service/subject';
import { DONE, type Run } from './effect';

const SKEW_MS = 60_000;

/** Looks every few seconds at first, then every minute. */
function pauseSeconds(attempts: number): number {
  return Math.min(60, 5 + attempts * 2);
}

/** Waits for the passkey that the subject makes with the pass. */
export const watchPasskeys: Run<'watch-passkeys'> = async (deps, ticket, { generation }, { attempts }) => {
  const pass = ticket.generations.find(({ number }) => number === generation);
  if (ticket.status !== 'approved' || ticket.passkey || !pass?.validUntil) return DONE;
  const passkeys = await deps.entra.passkeys.list(ticket.subject.id);
  const fresh = passkeys.find(
    ({ id, createdAt }) =>
      !ticket.passkeysBefore.includes(id) && (createdAt?.getTime() ?? Infinity) >= Date.parse(pass.startedAt) - SKEW_MS,
  );
  if (fresh) {
    return { kind: 'outcome', command: { kind: 'passkey-appeared', generation, passkey: passkeyOf(fresh) } };
  }
  const now = deps.now().toISOString();
  if (now > appearsUntil(pass.validUntil)) return DONE;
  return { kind: 'again', at: plusSeconds(now, pauseSeconds(attempts)) };
};
