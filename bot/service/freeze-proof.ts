import { z } from 'zod';
import { takesBack } from '../tickets/freeze';
import { type Ticket } from '../tickets/ticket';
import { type Deps } from './deps';
import { changed } from './signature-bad';

/** What the service signs when a ticket is frozen: whose it is, and exactly what may be taken off that account. */
const Frozen = z.object({
  ticket: z.string(),
  subject: z.string(),
  by: z.string(),
  via: z.string(),
  at: z.string(),
  blocks: z.boolean(),
  takes: z.object({
    methodIds: z.array(z.string()),
    credentialId: z.string().optional(),
    made: z.object({ from: z.string(), until: z.string() }).optional(),
    known: z.array(z.string()),
  }),
});

/** What it signs when two of the helpdesk have thawed it: signing in may be allowed again. */
const Thawed = z.object({ ticket: z.string(), subject: z.string(), by: z.array(z.string()).length(2), at: z.string() });

function frozenOf(ticket: Ticket): Record<string, unknown> {
  const { id, subject, freeze } = ticket;
  const { by, via, at, blocks } = freeze ?? {};
  return { ticket: id, subject: subject.id, by: by?.id, via, at, blocks, takes: takesBack(ticket) };
}

function thawedOf({ id, subject, freeze }: Ticket): Record<string, unknown> {
  const { thawSaid, thawed } = freeze ?? {};
  return { ticket: id, subject: subject.id, by: [thawSaid?.by.id, thawed?.by.id], at: thawed?.at };
}

/** @param ticket with the freeze in it */
export function signFreeze(deps: Pick<Deps, 'keys'>, ticket: Ticket): Promise<string> {
  return deps.keys.sign('keyvouch-freeze+jwt', frozenOf(ticket));
}

/** @param ticket with the thaw in it */
export function signThaw(deps: Pick<Deps, 'keys'>, ticket: Ticket): Promise<string> {
  return deps.keys.sign('keyvouch-thaw+jwt', thawedOf(ticket));
}

function hold(schema: z.ZodTypeAny, claims: unknown, said: unknown): void {
  const [signed, shown] = [schema.safeParse(claims), schema.safeParse(said)];
  const same = signed.success && shown.success && JSON.stringify(signed.data) === JSON.stringify(shown.data);
  if (!same) throw changed();
}

/** Holds a frozen ticket against the freeze that was signed. @throws Fault `signature-bad` */
export async function verifyFreeze(deps: Pick<Deps, 'keys'>, ticket: Ticket): Promise<void> {
  hold(Frozen, await deps.keys.verify('keyvouch-freeze+jwt', ticket.freeze?.proof ?? ''), frozenOf(ticket));
}

/** The same for a thaw, and for the freeze before it. @throws Fault `signature-bad` */
export async function verifyThaw(deps: Pick<Deps, 'keys'>, ticket: Ticket): Promise<void> {
  await verifyFreeze(deps, ticket);
  hold(Thawed, await deps.keys.verify('keyvouch-thaw+jwt', ticket.freeze?.thawed?.proof ?? ''), thawedOf(ticket));
}
