import { Fault } from '../../agent/protocol/fault';
import { whatStopsRemoval } from '../service/guard';
import { DONE, type Run } from './effect';

/** Takes a passkey off the account: exactly the one that was decided on. One that is gone already is as good. */
export const removePasskey: Run<'remove-passkey'> = async (deps, ticket, { methodId }) => {
  const due = ticket.removals.some(({ passkey, state }) => passkey.methodId === methodId && state === 'due');
  // A freeze stops whatever was still to go: it may be what is left of its owner's ways in.
  if (!due || ticket.freeze) return DONE;
  const stop = await whatStopsRemoval(deps, ticket);
  if (stop) {
    throw new Fault({
      code: stop.code,
      say: 'The passkey was not removed.',
      todo: 'See the ticket.',
      // Roles that could not be read now may be read in a moment, and a lost key must not live for longer.
      retry: stop.code === 'subject-privilege-unknown',
      ...(stop.facts && { facts: stop.facts }),
    });
  }
  const how = await deps.entra.passkeys.delete(ticket.subject.id, methodId);
  return { kind: 'outcome', command: { kind: 'passkey-removed', methodId, how } };
};
