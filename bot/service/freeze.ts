import { type Command, type ThawFacts } from '../tickets/commands';
import { type Ticket } from '../tickets/ticket';
import { type Deps } from './deps';
import { type Member } from './member';
import { factsOf } from './subject';
import { ticketsIn } from './tickets-in';

type FreezeBody = Omit<Extract<Command, { kind: 'freeze' }>, 'at' | 'by'>;

/** At most so many tickets of one person are looked at: while one is frozen, no other comes to anything. */
const FROZEN_AT_MOST = 100;

/** The other frozen tickets about the same person for which signing in is blocked. */
export async function othersThatBlock(deps: Deps, { id, subject }: Ticket): Promise<readonly Ticket[]> {
  const frozen = await ticketsIn(deps, await deps.tickets.frozenOf(subject.id, { size: FROZEN_AT_MOST }));
  return frozen.filter((other) => other.id !== id && other.freeze?.blocks);
}

/** The others are read first: a thaw that ends before they are read has switched the account on before it is read. */
async function couldSignIn(deps: Deps, ticket: Ticket): Promise<boolean> {
  if ((await othersThatBlock(deps, ticket)).length > 0) return true;
  return (await deps.entra.people.find(ticket.subject.id))?.accountEnabled !== false;
}

/**
 * The command that freezes a ticket. Whether signing in is blocked is settled now: an account that was switched off
 * before, but by another freeze, is none that the thaw may switch on. What cannot be read holds no freeze up.
 */
export async function freezeCommand(deps: Deps, ticket: Ticket, via: 'chat' | 'mail'): Promise<FreezeBody> {
  if (!deps.settings.freezeBlocksSignIn) return { kind: 'freeze', via, blocks: false };
  const blocks = await couldSignIn(deps, ticket).catch((error: unknown) => {
    deps.log('subject-unreadable', {
      ticket: ticket.shortId,
      error: error instanceof Error ? error.message : 'unknown',
    });
    return true;
  });
  return { kind: 'freeze', via, blocks };
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
