import { Fault } from '../../agent/protocol/fault';
import { type Deps } from '../service/deps';
import { whatStopsRemoval } from '../service/guard';
import { causeOf } from '../tickets/standing';
import { type Ticket } from '../tickets/ticket';
import { DONE, type Run } from './effect';

async function isListed(deps: Deps, { subject }: Ticket, methodId: string): Promise<boolean> {
  return (await deps.entra.passkeys.list(subject.id)).some(({ id }) => id === methodId);
}

/**
 * Takes a passkey off the account: exactly the one that was decided on. One that is gone already is as good, also where
 * something stands in the way by now.
 */
export const removePasskey: Run<'remove-passkey'> = async (deps, ticket, { methodId }) => {
  const due = ticket.removals.some(({ passkey, state }) => passkey.methodId === methodId && state === 'due');
  // A freeze stops whatever was still to go: it may be what is left of its owner's ways in.
  if (!due || ticket.freeze) return DONE;
  const stop = await whatStopsRemoval(deps, ticket);
  if (stop && (await isListed(deps, ticket, methodId))) {
    throw new Fault({
      code: causeOf(stop),
      say: 'The passkey was not removed.',
      todo: 'See the ticket.',
      // Roles that could not be read now may be read in a moment, and a lost key must not live for longer.
      retry: stop.code === 'subject-privilege-unknown',
      ...(stop.facts && { facts: stop.facts }),
    });
  }
  const how = stop ? 'gone' : await deps.entra.passkeys.delete(ticket.subject.id, methodId);
  return { kind: 'outcome', command: { kind: 'passkey-removed', methodId, how } };
};
