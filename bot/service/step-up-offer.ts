import { ENTRA_RP_ID, type JobOf } from '../../agent/protocol/job';
import { type StepUp } from '../tickets/step-up';
import { type Ticket } from '../tickets/ticket';
import { type Deps } from './deps';
import { signingKeys } from './step-up';

const seconds = (moment: string) => Math.floor(Date.parse(moment) / 1000);

/**
 * Signs the job that asks an approver's key, and lays it ready; one that lies there already stays.
 * @returns why it cannot be given out, where it cannot
 */
export async function offerSigning(deps: Deps, ticket: Ticket, stepUp: StepUp): Promise<string | undefined> {
  const { workstation, job: id, by, validUntil, statement } = stepUp;
  if (await deps.workstations.job(workstation.id, id)) return undefined;
  const found = await deps.workstations.get(workstation.id);
  const own = found?.value.state === 'active' && found.value.person === by.id && found.value.kind === 'own';
  if (!own) return 'workstation-removed';
  const keys = await signingKeys(deps, by.id);
  if (keys.length === 0) return 'step-up-no-key';
  const claims: JobOf<'approve'> = {
    iss: deps.settings.publicUrl,
    aud: workstation.id,
    jti: id,
    iat: seconds(deps.now().toISOString()),
    exp: seconds(validUntil),
    act: 'approve',
    ticket: ticket.shortId,
    subject: statement.subject,
    requestedBy: ticket.requester.name,
    approvedBy: [],
    rpId: ENTRA_RP_ID,
    decision: '',
    statement,
    credentialIds: keys.map(({ value }) => value.credentialId),
  };
  const jws = await deps.keys.sign('keyvouch-job+jwt', { ...claims });
  await deps.workstations.putJob({
    ...{ id, workstation: workstation.id, ticket: ticket.id, jws, validUntil, state: 'offered' },
  });
  return undefined;
}
