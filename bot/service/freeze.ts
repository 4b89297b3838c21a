import { type Command, type ThawFacts } from '../tickets/commands';
import { type Ticket } from '../tickets/ticket';
import { type Deps } from './deps';
import { type Member } from './member';
import { factsOf } from './subject';

type FreezeBody = Omit<Extract<Command, { kind: 'freeze' }>, 'at' | 'by'>;

/**
 * The command that freezes a ticket. Whether signing in is blocked is settled now: an account that was switched off
 * before is none that the thaw may switch on. A directory that cannot be read holds no freeze up.
 */
export async function freezeCommand(deps: Deps, ticket: Ticket, via: 'chat' | 'mail'): Promise<FreezeBody> {
  if (!deps.settings.freezeBlocksSignIn) return { kind: 'freeze', via, blocks: false };
  const subject = await deps.entra.people.find(ticket.subject.id).catch((error: unknown) => {
    deps.log('subject-unreadable', {
      ticket: ticket.shortId,
      error: error instanceof Error ? error.message : 'unknown',
    });
    return undefined;
  });
  return { kind: 'freeze', via, blocks: subject?.accountEnabled !== false };
}

/** Reads again all that is asked of who thaws: no second account of anybody who has had a part in the ticket. */
export async function thawFacts(deps: Deps, ticket: Ticket, member: Member): Promise<ThawFacts> {
  const { requester, subject, hander, approvals, told, freeze } = ticket;
  const parties = [requester, subject, hander, told?.person, freeze?.by, freeze?.thawSaid?.by];
  const ids = [...parties, ...approvals.map(({ by }) => by)].flatMap((one) => (one ? [one.id] : []));
  const found = await Promise.all([...new Set(ids)].map((id) => deps.entra.people.find(id)));
  return {
    actor: factsOf(member.person),
    others: found.flatMap((person) => (person ? [factsOf(person)] : [])),
    samePerson: deps.settings.samePerson,
  };
}
