import { ENTRA_RP_ID, type Job as JobClaims } from '../../agent/protocol/job';
import { type Job, type Ticket } from '../tickets/ticket';
import { type Deps } from './deps';
import { guard } from './guard';
import { stopOf } from '../tickets/standing';
import { Fault } from '../../agent/protocol/fault';

function seconds(moment: string): number {
  return Math.floor(Date.parse(moment) / 1000);
}

async function claimsOf(deps: Deps, ticket: Ticket, job: Job): Promise<JobClaims> {
  const { userPrincipalName } = await deps.entra.people.get(ticket.subject.id);
  return {
    iss: deps.settings.publicUrl,
    aud: job.workstation.id,
    jti: job.id,
    iat: seconds(deps.now().toISOString()),
    exp: seconds(job.validUntil),
    act: 'register',
    ticket: ticket.shortId,
    subject: { id: ticket.subject.id, name: ticket.subject.name, userPrincipalName },
    requestedBy: ticket.requester.name,
    approvedBy: ticket.approvals.map(({ by }) => by.name),
    rpId: ENTRA_RP_ID,
    decision: ticket.decision ?? '',
  };
}

/** Signs a job for its workstation and lays it ready; one that lies there already stays. */
export async function offerJob(deps: Deps, ticket: Ticket, job: Job): Promise<void> {
  const before = await deps.workstations.job(job.workstation.id, job.id);
  if (before) return;
  const workstation = await deps.workstations.get(job.workstation.id);
  if (workstation?.value.state !== 'active') {
    throw new Fault({
      code: 'workstation-removed',
      say: 'The workstation has been removed.',
      todo: 'Choose another one.',
    });
  }
  const stop = stopOf(await guard(deps, ticket));
  if (stop) {
    throw new Fault({
      code: stop.code,
      say: 'The job was not given out.',
      todo: 'See the ticket.',
      ...(stop.facts && { facts: stop.facts }),
    });
  }
  const jws = await deps.keys.sign('keyvouch-job+jwt', { ...(await claimsOf(deps, ticket, job)) });
  await deps.workstations.putJob({
    id: job.id,
    workstation: job.workstation.id,
    ticket: ticket.id,
    jws,
    validUntil: job.validUntil,
    state: 'offered',
  });
}
