import { type StartReply } from '../../agent/protocol/messages';
import { type Command } from '../tickets/commands';
import { type PinFound } from '../tickets/diagnosis';
import { type Actor } from '../tickets/people';
import { type Job, type Ticket } from '../tickets/ticket';
import { type JobResult } from '../workstations';
import { type Deps, momentOf } from './deps';
import { dispatch, type Dispatched } from './dispatch';
import { jobGuard, modelFits } from './key-guard';
import { settleNow } from './outbox';
import { passkeyOf } from './subject';

type Inspected = Extract<JobResult, { act: 'inspect'; outcome: 'inspected' }>;
type Erased = Extract<JobResult, { act: 'reset'; outcome: 'erased' }>;
type Told = Extract<Command, { kind: 'act-started' | 'key-inspected' | 'key-erased' }>;
type Body = Told extends infer C ? (C extends Told ? Omit<C, 'at' | 'by'> : never) : never;

async function tell(deps: Deps, ticket: Ticket, by: Actor, body: Body): Promise<Dispatched> {
  const told = await dispatch(
    deps,
    ticket.id,
    { ...body, at: momentOf(deps), by },
    `${ticket.id}~${body.kind}~${body.job}`,
  );
  settleNow(deps, ticket.id);
  return told;
}

/** A job that looks at a key, or erases it, begins: all guards are asked again. Nothing fresh is needed of Entra. */
export async function startAct(
  deps: Deps,
  ticket: Ticket,
  job: Job & { act: 'inspect' | 'reset' },
  by: Actor,
): Promise<{ started: Dispatched; reply: StartReply }> {
  const standing = await jobGuard(deps, ticket, job);
  const started = await tell(deps, ticket, by, { kind: 'act-started', job: job.id, standing });
  return { started, reply: { act: job.act } };
}

function pinOf({ pin }: Inspected['report']): PinFound {
  const { set, retriesLeft, blocked, changeForced } = pin;
  return { set, blocked, changeForced, ...(retriesLeft !== null && { retriesLeft }) };
}

/** How a key was found: which of the account's passkeys answered, and whether its model is still allowed. */
export async function takeInspected(
  deps: Deps,
  ticket: Ticket,
  job: string,
  { report }: Inspected,
  by: Actor,
): Promise<Dispatched> {
  const aaguid = report.aaguid.toLowerCase();
  const [listed, modelAllowed] = await Promise.all([
    deps.entra.passkeys.list(ticket.subject.id),
    modelFits(deps, ticket.subject.id, aaguid),
  ]);
  const passkeys = listed.map(passkeyOf);
  const model = passkeys.find((passkey) => passkey.aaguid?.toLowerCase() === aaguid)?.model;
  return tell(deps, ticket, by, {
    ...{ kind: 'key-inspected', job, aaguid, pin: pinOf(report), passkeys, modelAllowed },
    ...(model && { model }),
    ...(report.answered && { answered: report.answered }),
  });
}

/** That a key is empty, or that nobody can tell. */
export function takeErased(deps: Deps, ticket: Ticket, job: string, result: Erased, by: Actor): Promise<Dispatched> {
  const { erased, aaguid, matched, matchedBy } = result;
  return tell(deps, ticket, by, { kind: 'key-erased', job, erased, aaguid: aaguid.toLowerCase(), matched, matchedBy });
}
