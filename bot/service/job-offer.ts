import { CredentialId, ENTRA_RP_ID, type Job as JobClaims, type JobOf } from '../../agent/protocol/job';
import { type Job, type Ticket } from '../tickets/ticket';
import { type Deps } from './deps';
import { desksInUse } from './desks';
import { whatStopsJob } from './key-guard';
import { approvalClaims } from './step-up-claims';
import { Fault } from '../../agent/protocol/fault';

type About =
  | Pick<JobOf<'register'>, 'act'>
  | Pick<JobOf<'inspect'>, 'act' | 'credentialIds'>
  | Pick<JobOf<'reset'>, 'act' | 'credentialIds' | 'expected'>;

function seconds(moment: string): number {
  return Math.floor(Date.parse(moment) / 1000);
}

/** What a job is about besides its person: the passkeys by which a key is known. */
async function aboutOf(deps: Deps, { subject, removals, diagnosis }: Ticket, { act }: Job): Promise<About> {
  if (!act) return { act: 'register' };
  const listed = await deps.entra.passkeys.list(subject.id);
  const decided = removals.map(({ passkey }) => passkey.methodId);
  const ids = [...decided, ...listed.map(({ id }) => id)];
  const credentialIds = [...new Set(ids)].filter((id) => CredentialId.safeParse(id).success);
  if (act === 'inspect') return { act, credentialIds };
  if (!diagnosis) throw new Error('a key is looked at before it is erased');
  // It must give the same answer again before it is erased: none, where its passkey was picked by hand.
  const answered = diagnosis.matchedBy === 'silent' ? decided : [];
  return { act, credentialIds, expected: { aaguid: diagnosis.aaguid, answered } };
}

async function claimsOf(deps: Deps, ticket: Ticket, job: Job): Promise<JobClaims> {
  const [{ userPrincipalName }, about] = await Promise.all([
    deps.entra.people.get(ticket.subject.id),
    aboutOf(deps, ticket, job),
  ]);
  return {
    ...about,
    iss: deps.settings.publicUrl,
    aud: job.workstation.id,
    jti: job.id,
    iat: seconds(deps.now().toISOString()),
    exp: seconds(job.validUntil),
    ticket: ticket.shortId,
    subject: { id: ticket.subject.id, name: ticket.subject.name, userPrincipalName },
    requestedBy: ticket.requester.name,
    approvedBy: ticket.approvals.map(({ by }) => by.name),
    rpId: ENTRA_RP_ID,
    decision: ticket.decision ?? '',
    ...approvalClaims(ticket),
  };
}

/** Whether a workstation may be given jobs now. */
async function isInUse(deps: Deps, id: string): Promise<boolean> {
  const workstation = (await deps.workstations.get(id))?.value;
  if (workstation?.kind === 'desk') return (await desksInUse(deps)).some((one) => one.id === id);
  return workstation?.state === 'active';
}

/** Signs a job for its workstation and lays it ready; one that lies there already stays. @returns why it cannot be */
export async function offerJob(deps: Deps, ticket: Ticket, job: Job): Promise<'workstation-removed' | undefined> {
  const before = await deps.workstations.job(job.workstation.id, job.id);
  if (before) return undefined;
  if (!(await isInUse(deps, job.workstation.id))) return 'workstation-removed';
  const stop = await whatStopsJob(deps, ticket, job);
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
  return undefined;
}
