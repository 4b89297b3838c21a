import { type ApprovalStatement } from '../../agent/protocol/approval-statement';
import { type DecisionFacts } from './commands';
import { type PersonRef } from './people';
import { type Approval, type Moment, type Recognition, type Ticket, type WorkstationRef } from './ticket';
import { plusMinutes } from './time';

/** How long the job waits at the approver's workstation, and how much longer one that has started may take. */
export const SIGN_MINUTES = 10;
export const SIGN_GRACE_MINUTES = 5;

/**
 * An approver's own security key is asked for their signature: the newest such job of one approver. The approval counts
 * once the signature is there and everything it was asked on still holds.
 */
export interface StepUp {
  by: PersonRef;
  how: Recognition;
  job: string;
  /** The approver's own. */
  workstation: WorkstationRef;
  begunAt: Moment;
  validUntil: Moment;
  state: 'offered' | 'started' | 'failed' | 'signed';
  /** Why it failed, where it did. */
  code?: string;
  statement: ApprovalStatement;
}

/** How the viewer's own signature stands, for their card. */
export interface StepUpView {
  state: 'offered' | 'started' | 'failed';
  workstation: WorkstationRef;
  validUntil: Moment;
  code?: string;
}

function givenUpAt({ state, validUntil }: StepUp): Moment {
  return state === 'started' ? plusMinutes(validUntil, SIGN_GRACE_MINUTES) : validUntil;
}

/** Whether somebody may still sign: the ticket waits, and the job's time is not over. */
export function signingOpen(ticket: Pick<Ticket, 'status'>, one: StepUp, now: Moment): boolean {
  return ticket.status === 'waiting' && (one.state === 'offered' || one.state === 'started') && now < givenUpAt(one);
}

/** The job by which this person is asked for their signature, or was last. */
export function stepUpOf({ stepUps = [] }: Pick<Ticket, 'stepUps'>, person: string): StepUp | undefined {
  return stepUps.find(({ by }) => by.id === person);
}

/** The same by the job's id. */
export function stepUpWith({ stepUps = [] }: Pick<Ticket, 'stepUps'>, job: string): StepUp | undefined {
  return stepUps.find((one) => one.job === job);
}

/** Those whose time is over, and whom nobody has told so. */
export function lapsedStepUp({ stepUps = [] }: Pick<Ticket, 'stepUps'>, now: Moment): StepUp | undefined {
  return stepUps.find((one) => (one.state === 'offered' || one.state === 'started') && givenUpAt(one) <= now);
}

export function stepUpTimes({ stepUps = [] }: Pick<Ticket, 'stepUps'>): Moment[] {
  return stepUps.filter(({ state }) => state === 'offered' || state === 'started').map(givenUpAt);
}

export function stepUpView(ticket: Ticket, viewer: string, now: Moment): StepUpView | undefined {
  const one = stepUpOf(ticket, viewer);
  if (!one || one.state === 'signed' || ticket.status !== 'waiting') return undefined;
  const { workstation, validUntil, state, code } = one;
  const lapsed = state !== 'failed' && !signingOpen(ticket, one, now);
  if (lapsed) return { state: 'failed', workstation, validUntil, code: 'job-lapsed' };
  return { state, workstation, validUntil, ...(code && { code }) };
}

/**
 * The workstations that a decision names: the subject's now, but none that an earlier signature does not name.
 * Undefined: the earlier ones name others only, so that no workstation would be good to all.
 */
export function namedWorkstations(
  { approvals }: Pick<Ticket, 'approvals'>,
  now: readonly WorkstationRef[],
): readonly WorkstationRef[] | undefined {
  const signed = approvals.flatMap(({ proof }) => (proof ? [proof.statement.workstations] : []));
  const lists = signed.filter((list) => list.length > 0);
  const common = (ref: WorkstationRef) => lists.every((list) => list.some(({ id }) => id === ref.id));
  const left = now.filter(common);
  return left.length === 0 && lists.length > 0 ? undefined : left;
}

/** Until when a decision may be used that is made at a moment: never longer than any of its approvers has signed. */
export function useUntilOf(useUntil: Moment, approvals: readonly Approval[]): Moment {
  const signed = approvals.flatMap(({ proof }) => (proof ? [new Date(proof.statement.exp * 1000).toISOString()] : []));
  return [useUntil, ...signed].sort()[0] ?? useUntil;
}

const seconds = (moment: Moment) => Math.floor(Date.parse(moment) / 1000);

/** What an approver is asked to sign. */
export interface Asked {
  how: Recognition;
  job: string;
  audience: string;
  salt: string;
  at: Moment;
  /** In whose place the approver decides, where they are a delegate. */
  insteadOf?: PersonRef;
}

/** All that follows from this approval, as the approver's key will sign it. Undefined: see namedWorkstations. */
export function statementOf(ticket: Ticket, facts: DecisionFacts, asked: Asked): ApprovalStatement | undefined {
  const { actor, requester, hander, standing } = facts;
  const ref = ({ id, name }: PersonRef) => ({ id, name });
  const account = ({ id, name, userPrincipalName }: typeof actor) => ({ id, name, userPrincipalName });
  const workstations = namedWorkstations(ticket, facts.workstations);
  if (!workstations) return undefined;
  const { how, job, audience, salt, at, insteadOf } = asked;
  // Where others must approve too, the decision comes when the last of them has.
  const last = ticket.rule.needed - ticket.approvals.length <= 1;
  const decidedBy = last ? plusMinutes(at, SIGN_MINUTES + SIGN_GRACE_MINUTES) : ticket.expiresAt;
  return {
    ...{ audience, job, salt, ticket: ticket.shortId, flow: ticket.flow },
    ...{ subject: account(standing.subject), approver: account(actor), requester: ref(requester) },
    ...(insteadOf && { insteadOf: ref(insteadOf) }),
    ...(ticket.hander && { hander: ref(hander ?? ticket.hander) }),
    ...{ how, vouch: ticket.rule.vouch },
    removes: ticket.removals.map(({ passkey }) => ({ id: passkey.methodId, name: passkey.name })),
    workstations: workstations.map(ref).sort((a, b) => (a.id < b.id ? -1 : 1)),
    ...{ iat: seconds(at), exp: seconds(plusMinutes(decidedBy, ticket.rule.useWithin)) },
  };
}

/** Whether a statement still says what is so: everything in it but its time is made again, of the facts of this moment. */
export function stillSo(
  ticket: Ticket,
  facts: DecisionFacts,
  { statement, how, job, begunAt }: StepUp,
  insteadOf: PersonRef | undefined,
): boolean {
  const { audience, salt, iat, exp } = statement;
  const asked = { how, job, audience, salt, at: begunAt, ...(insteadOf && { insteadOf }) };
  const now = statementOf(ticket, facts, asked);
  return now !== undefined && JSON.stringify({ ...now, iat, exp }) === JSON.stringify({ ...statement, iat, exp });
}
