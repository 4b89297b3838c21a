import { Fault } from '../../agent/protocol/fault';
import { type Deps } from '../service/deps';
import { othersThatBlock } from '../service/freeze';
import { verifyFreeze, verifyThaw } from '../service/freeze-proof';
import { type Ticket } from '../tickets/ticket';
import { DONE, type Run } from './effect';

/** Blocks signing in to the account of a frozen ticket. */
export const blockSignIn: Run<'block-sign-in'> = async (deps, ticket) => {
  const { status, freeze } = ticket;
  if (status !== 'frozen' || !freeze?.blocks || freeze.thawed || freeze.blockedAt) return DONE;
  await verifyFreeze(deps, ticket);
  await deps.entra.accounts.setEnabled(ticket.subject.id, false);
  return { kind: 'outcome', command: { kind: 'sign-in-blocked' } };
};

/** The oldest frozen ticket of the same person that nobody has thawed: the block is now its own. */
async function stillBlocking(deps: Deps, ticket: Ticket): Promise<Ticket | undefined> {
  const other = (await othersThatBlock(deps, ticket)).find(({ freeze }) => !freeze?.thawed);
  if (other) await verifyFreeze(deps, other);
  return other;
}

/** Where blocking was refused, so is this; an account that can sign in all the same need not be switched on. */
async function allow(deps: Deps, { subject, freeze }: Ticket): Promise<void> {
  try {
    await deps.entra.accounts.setEnabled(subject.id, true);
  } catch (error) {
    const refused = error instanceof Fault && !error.retry;
    if (!refused || freeze?.blockedAt) throw error;
    const person = await deps.entra.people.find(subject.id);
    if (!person?.accountEnabled) throw error;
  }
}

/**
 * Allows it again, where this ticket has blocked it and two of the helpdesk have thawed it; but with the last of the
 * person's frozen tickets only.
 */
export const unblockSignIn: Run<'unblock-sign-in'> = async (deps, ticket) => {
  if (!ticket.freeze?.blocks || !ticket.freeze.thawed) return DONE;
  await verifyThaw(deps, ticket);
  const other = await stillBlocking(deps, ticket);
  await (other ? deps.entra.accounts.setEnabled(ticket.subject.id, false) : allow(deps, ticket));
  // Another was frozen or thawed meanwhile, and may have switched the account before this did.
  if ((await stillBlocking(deps, ticket))?.id !== other?.id) return { kind: 'again', at: deps.now().toISOString() };
  const command = other
    ? ({ kind: 'sign-in-stays-blocked', other: other.shortId } as const)
    : ({ kind: 'sign-in-unblocked' } as const);
  return { kind: 'outcome', command };
};
