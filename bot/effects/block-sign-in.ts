import { verifyFreeze, verifyThaw } from '../service/freeze-proof';
import { DONE, type Run } from './effect';

/** Blocks signing in to the account of a frozen ticket. */
export const blockSignIn: Run<'block-sign-in'> = async (deps, ticket) => {
  const { status, freeze } = ticket;
  if (status !== 'frozen' || !freeze?.blocks || freeze.thawed || freeze.blockedAt) return DONE;
  await verifyFreeze(deps, ticket);
  await deps.entra.accounts.setEnabled(ticket.subject.id, false);
  return { kind: 'outcome', command: { kind: 'sign-in-blocked' } };
};

/** Allows it again, where this ticket has blocked it and two of the helpdesk have thawed it. */
export const unblockSignIn: Run<'unblock-sign-in'> = async (deps, ticket) => {
  if (!ticket.freeze?.blocks || !ticket.freeze.thawed) return DONE;
  await verifyThaw(deps, ticket);
  await deps.entra.accounts.setEnabled(ticket.subject.id, true);
  return { kind: 'outcome', command: { kind: 'sign-in-unblocked' } };
};
