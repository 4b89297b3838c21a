import { modelAllowed, targetGroups } from '../entra';
import { type Refusal, type Standing } from '../tickets/commands';
import { stopOf } from '../tickets/standing';
import { type Job, type Ticket } from '../tickets/ticket';
import { type Deps } from './deps';
import { guard } from './guard';
import { readSubject } from './subject';

/** Whether a key of this model may be registered by this person now. That it is attested, only registering shows. */
export async function modelFits(deps: Deps, subject: string, aaguid: string, attested = true): Promise<boolean> {
  const policy = await deps.entra.policies.fido2();
  const groups = await deps.entra.people.isMember(subject, targetGroups(policy));
  return modelAllowed(policy, groups, aaguid, attested).allowed;
}

/** What stops a look at the key: it needs no approval, but a person of whom the flow could do something afterwards. */
export async function lookGuard(deps: Deps, ticket: Ticket): Promise<Standing> {
  const { standing } = await readSubject(deps, ticket.subject.id, ticket);
  const { attestationRoots, unattested } = deps.settings;
  // Without roots no key could be registered again once it is erased.
  const rootless = attestationRoots.length === 0 && unattested === 'refuse' ? ['no-attestation-roots'] : [];
  return { ...standing, stops: [...standing.stops, ...rootless] };
}

/**
 * All that a job relies on, read again right before it. A job that writes rests on the signed decision; one that erases
 * also on a model that may be registered again, so that nobody is left with an empty key.
 */
export async function jobGuard(deps: Deps, ticket: Ticket, { act }: Pick<Job, 'act'>): Promise<Standing> {
  if (act === 'inspect' && ticket.status === 'waiting') return lookGuard(deps, ticket);
  const standing = await guard(deps, ticket);
  const aaguid = ticket.diagnosis?.aaguid;
  if (act !== 'reset' || aaguid === undefined || (await modelFits(deps, ticket.subject.id, aaguid))) return standing;
  return { ...standing, stops: [...standing.stops, 'passkey-model-not-allowed'] };
}

export async function whatStopsJob(deps: Deps, ticket: Ticket, job: Pick<Job, 'act'>): Promise<Refusal | undefined> {
  return stopOf(await jobGuard(deps, ticket, job));
}
