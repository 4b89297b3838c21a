import { verifyFreeze } from '../service/freeze-proof';
import { DONE, type Run } from './effect';

/** Ends what was opened with a lost key: never before the key is off the account, or its holder signs in again. */
export const revokeSessions: Run<'revoke-sessions'> = async (deps, ticket) => {
  // Of a frozen ticket as often as it is wanted: after each thing that was taken back, also where the thaw was faster.
  if (ticket.freeze) {
    await verifyFreeze(deps, ticket);
    await deps.entra.sessions.revoke(ticket.subject.id);
    return { kind: 'outcome', command: { kind: 'sessions-revoked' } };
  }
  const owed = ticket.removals.every(({ state }) => state === 'removed') && !ticket.sessionsRevokedAt;
  if (!owed) return DONE;
  await deps.entra.sessions.revoke(ticket.subject.id);
  return { kind: 'outcome', command: { kind: 'sessions-revoked' } };
};
