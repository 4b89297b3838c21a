import { Fault } from '../../agent/protocol/fault';
import { plusSeconds } from '../tickets/time';
import { DONE, type Run } from './effect';

/** Looks after seconds at first, then ever more rarely, at last once an hour: the log itself lags by minutes. */
function pauseSeconds(attempts: number): number {
  return Math.min(3600, 10 * 1.5 ** attempts);
}

/** Waits for the first sign-in with the new key. What the log tells is worth a line on the card, and no more. */
export const watchSignIn: Run<'watch-sign-in'> = async (deps, ticket, { until }, { attempts }) => {
  if (ticket.firstSignInAt || !ticket.closedAt) return DONE;
  const now = deps.now().toISOString();
  const over = now >= until;
  const recent = await deps.entra.signIns
    .recent(ticket.subject.id, new Date(ticket.closedAt))
    .catch((error: unknown) => {
      // A tenant without the log (no licence, no right) is not asked for ever.
      if (over || (error instanceof Fault && !error.retry)) return undefined;
      throw error;
    });
  if (!recent) return DONE;
  const used = recent.some(
    ({ succeeded, steps }) => succeeded && steps.some((step) => step.kind === 'passkey' && step.succeeded),
  );
  if (used) return { kind: 'outcome', command: { kind: 'signed-in', seen: 'log' } };
  return over ? DONE : { kind: 'again', at: plusSeconds(now, pauseSeconds(attempts)) };
};
