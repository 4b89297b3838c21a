import { z } from 'zod';
import { type Approval, type Ticket } from '../tickets/ticket';
import { type TicketEvent } from '../tickets/events';
import { type Deps } from './deps';
import { signFreeze, signThaw } from './freeze-proof';
import { changed } from './signature-bad';
import { proofDigest, verifyApprovals } from './step-up-claims';

/** What the service signs when a ticket is approved: everything an effect relies on. */
const Decision = z.object({
  ticket: z.string(),
  flow: z.string(),
  subject: z.string(),
  requester: z.string(),
  hander: z.string().optional(),
  /** `for`: in whose place, where it was a delegate's. */
  approvals: z.array(
    z.object({
      by: z.string(),
      at: z.string(),
      how: z.string(),
      for: z.string().optional(),
      proof: z.string().optional(),
    }),
  ),
  needed: z.number(),
  /** The rule asks for the approvers' own signatures; `proof` is the digest of each. */
  stepUp: z.literal(true).optional(),
  vouch: z.boolean(),
  workstations: z.array(z.string()),
  /** Entra's ids of the passkeys that go. */
  removes: z.array(z.string()),
  /** How it was known that they are on the key that is erased with them: whether it must answer for them again. */
  matchedBy: z.enum(['silent', 'person']).optional(),
  useUntil: z.string(),
});
export type Decision = z.infer<typeof Decision>;

/** What the service signs when passkeys go by the subject's own report, without an approval. */
const Containment = z.object({
  ticket: z.string(),
  subject: z.string(),
  requester: z.string(),
  removes: z.array(z.string()),
  at: z.string(),
});

const removesOf = ({ removals }: Ticket): string[] => removals.map(({ passkey }) => passkey.methodId);

function containmentOf(ticket: Ticket): z.infer<typeof Containment> {
  const { id, subject, requester, openedAt } = ticket;
  return { ticket: id, subject: subject.id, requester: requester.id, removes: removesOf(ticket), at: openedAt };
}

function decisionOf(ticket: Ticket): Decision {
  const approvals = ticket.approvals.map(({ by, at, how, for: place, proof }: Approval) => ({
    ...{ by: by.id, at, how },
    ...(place && { for: place.id }),
    ...(proof && { proof: proofDigest(proof) }),
  }));
  return {
    ticket: ticket.id,
    flow: ticket.flow,
    subject: ticket.subject.id,
    requester: ticket.requester.id,
    ...(ticket.hander && { hander: ticket.hander.id }),
    approvals,
    needed: ticket.rule.needed,
    ...(ticket.rule.stepUp === true && { stepUp: true as const }),
    vouch: ticket.rule.vouch,
    workstations: ticket.approvedFor.map(({ id }) => id),
    removes: removesOf(ticket),
    ...(ticket.diagnosis?.matchedBy && { matchedBy: ticket.diagnosis.matchedBy }),
    useUntil: ticket.expiresAt,
  };
}

/** Puts the service's signature into an event from which effects follow. `after` is the ticket with that event taken. */
export async function signDecision(deps: Deps, event: TicketEvent, after: Ticket): Promise<TicketEvent> {
  if (event.kind === 'contained') {
    return { ...event, containment: await deps.keys.sign('keyvouch-containment+jwt', { ...containmentOf(after) }) };
  }
  if (event.kind === 'frozen') return { ...event, proof: await signFreeze(deps, after) };
  if (event.kind === 'thawed') return { ...event, proof: await signThaw(deps, after) };
  if (event.kind !== 'decided') return event;
  return { ...event, decision: await deps.keys.sign('keyvouch-decision+jwt', { ...decisionOf(after) }) };
}

/**
 * Holds a ticket against the decision that was signed. Whoever can write the tables can change the ticket, but cannot
 * sign: nothing is done for a ticket that says anything else than its decision, nor, where the rule asks for it, for one
 * that its approvers have not signed with their own keys.
 * @throws Fault `signature-bad`
 */
export async function verifyDecision(deps: Deps, ticket: Ticket): Promise<Decision> {
  const claims = await deps.keys.verify('keyvouch-decision+jwt', ticket.decision ?? '');
  const decision = Decision.parse(claims);
  const same = JSON.stringify(decision) === JSON.stringify(Decision.parse(decisionOf(ticket)));
  const { workstation } = ticket;
  const elsewhere = workstation && decision.workstations.length > 0 && !decision.workstations.includes(workstation.id);
  if (!same || elsewhere) throw changed();
  verifyApprovals(ticket);
  return decision;
}

/** The same for a removal that went by the subject's own report. @throws Fault `signature-bad` */
export async function verifyContainment(deps: Deps, ticket: Ticket): Promise<void> {
  const claims = await deps.keys.verify('keyvouch-containment+jwt', ticket.containment ?? '');
  if (JSON.stringify(Containment.parse(claims)) !== JSON.stringify(containmentOf(ticket))) throw changed();
}
