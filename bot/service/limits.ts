import { type Refusal } from '../tickets/commands';
import { blockedBy } from '../tickets/block';
import { type Flow, type Moment } from '../tickets/ticket';
import { plusMinutes } from '../tickets/time';
import { type CountedBy } from './approvals-port';
import { type Deps, momentOf } from './deps';
import { type Member } from './member';

const DAY = 24 * 60;
const HOUR = 60;

/** From when on one more is possible: once the oldest of as many as are allowed is old enough. */
async function fullUntil(deps: Deps, of: CountedBy, most: number, minutes: number): Promise<Moment | undefined> {
  if (most === 0) return undefined;
  const since = plusMinutes(momentOf(deps), -minutes);
  const openings = await deps.tickets.openings(of, since, most);
  const oldest = openings[most - 1];
  return oldest === undefined ? undefined : plusMinutes(oldest, minutes);
}

/** Until when the tenant's own limit is reached, so that nobody can ask; undefined: it is not. */
export function tenantFullUntil(deps: Deps): Promise<Moment | undefined> {
  return fullUntil(deps, 'tenant', deps.settings.limits.tenantAnHour, HOUR);
}

/**
 * Why there may be no further request now: too many by this requester, about this subject, or in the tenant. Counted
 * from what opening writes: as many rows are read as the limit allows, however many tickets there are. The helpdesk is
 * held by the tenant's limit alone: somebody must be able to help a person in whose name others have asked too often.
 */
export async function whyTooMany(deps: Deps, member: Member, subject: string): Promise<Refusal | undefined> {
  const { requesterADay, subjectADay, tenantAnHour } = deps.settings.limits;
  const [tenant, requester, about] = await Promise.all([
    tenantFullUntil(deps),
    member.helpdesk ? undefined : fullUntil(deps, { requester: member.id }, requesterADay, DAY),
    member.helpdesk ? undefined : fullUntil(deps, { subject }, subjectADay, DAY),
  ]);
  if (tenant !== undefined) {
    deps.log('limit-tenant', { anHour: tenantAnHour });
    return { code: 'limit-tenant', facts: { most: tenantAnHour, when: tenant } };
  }
  if (requester !== undefined) return { code: 'limit-requester', facts: { most: requesterADay, when: requester } };
  return about === undefined ? undefined : { code: 'limit-subject', facts: { most: subjectADay, when: about } };
}

/** Why this flow may not be asked for this subject: somebody denied it and barred repeats. The denied ticket says so. */
export async function whyBlocked(deps: Deps, subject: string, flow: Flow): Promise<Refusal | undefined> {
  const ids = await deps.tickets.blocks(subject, flow);
  const tickets = await Promise.all(ids.map((id) => deps.tickets.load(id)));
  for (const stored of tickets) {
    const about = stored?.ticket.subject.id === subject && stored.ticket.flow === flow;
    const refusal = stored && about ? blockedBy(stored.ticket, momentOf(deps)) : undefined;
    if (refusal) return refusal;
  }
  return undefined;
}
