import {
  approversView,
  type ApproverView,
  blockView,
  type BlockView,
  decidingVerbs,
  decidingView,
  isFormerApprover,
  mayLift,
} from './approvals-view';
import { cannotStop, jobRuns, nextAct } from './acts';
import { hasActed } from './alive';
import { diagnosisVerbs, type DiagnosisView, diagnosisView } from './diagnosis-view';
import { deskVerbs, deskView, type DeskView, mayRemind } from './desk-view';
import { mayFreeze, whyNoFreeze } from './freeze';
import { type FreezeView, freezeView, mayThaw } from './freeze-view';
import { isForPeople } from './help';
import { type JobView, jobView } from './job-view';
import { goneBy } from './due';
import { type PersonRef } from './people';
import { type OuterView, outerVerbs, outerView } from './outer-view';
import { hasStep, isNow, stepsOf, type StepView } from './plan';
import { type StandsFor } from './rule';
import { livePass, mayShow, showsLeft } from './shows';
import { type StepUpView, stepUpView } from './step-up';
import {
  type Approval,
  type Comment,
  type Denial,
  type Flow,
  type Moment,
  type Parked,
  type Passkey,
  recipientOf,
  type Removal,
  type Risk,
  type Status,
  type Ticket,
  type Way,
  type WorkstationRef,
} from './ticket';
import { plusSeconds } from './time';
import { type TicketVerb } from './verbs';

export const VOUCH_TRIES = 3;
/** How long the code stands on the approver's screen, in the reply to Approve, before that card follows the ticket. */
export const CODE_STANDS_SECONDS = 45;

export interface Viewer extends PersonRef {
  helpdesk: boolean;
}

/** `told`: hears of it by mail, and may say that it was not the subject. */
export type Role = 'requester' | 'subject' | 'recipient' | 'approver' | 'former-approver' | 'told' | 'helpdesk';

/** A ticket as one person may see it: what cards draw. Holds no secret. */
export interface TicketView {
  id: string;
  shortId: string;
  /** Goes into every button, so that the same click is the same command. Changes with every event of the ticket. */
  nonce: string;
  flow: Flow;
  status: Status;
  viewer: PersonRef;
  roles: readonly Role[];
  requester: PersonRef;
  subject: PersonRef;
  hander?: PersonRef;
  onBehalf: boolean;
  reason: string;
  openedAt: Moment;
  expiresAt: Moment;
  closedAt?: Moment;
  risks: readonly Risk[];
  steps: readonly StepView[];
  /** Those asked so far. */
  approvers: readonly ApproverView[];
  needed: number;
  approvals: readonly Approval[];
  /** Whether approvers sign with their own keys, and how the viewer's own signature stands. */
  stepUp?: { mine?: StepUpView };
  denial?: Denial;
  /** In whose place this person decides. */
  insteadOf?: StandsFor;
  /** For how many days a denial can bar repeats. */
  barsForDays?: number;
  /** The denial bars, or barred, that the same is asked again. */
  block?: BlockView;
  cancelledBy?: PersonRef;
  /** `codeStands`: this viewer has just approved, and reads the code to be passed on. */
  vouch: { on: boolean; triesLeft: number; done: boolean; codeStands: boolean };
  way?: Way;
  workstation?: WorkstationRef;
  job?: JobView;
  pass: { showsLeft: number; preparedUntil?: Moment; liveUntil?: Moment };
  passkey?: Passkey;
  /** The passkeys that go, or are gone, from the account. */
  removals: readonly Removal[];
  /** By when those go, at the latest, that are still named. Undefined: nobody can say yet, or it is over. */
  removalsBy?: Moment;
  /** They went by the subject's own report, before anybody approved. */
  contained: boolean;
  sessionsRevokedAt?: Moment;
  firstSignInAt?: Moment;
  parked?: Parked;
  /** Who hears of it by mail, and whether a mail could not be sent. */
  told?: { name: string; via: 'other-address' | 'manager'; failed: boolean };
  freeze?: FreezeView;
  /** Whether those who hear of it (`told`, and the subject) may still stop it as not right. */
  stoppable: boolean;
  outer?: OuterView;
  /** How the key was found that does not open. */
  diagnosis?: DiagnosisView;
  /** It ended because nothing need be done. */
  notNeeded?: true;
  unreached: readonly { person: PersonRef; code: string }[];
  /** For the helpdesk only; empty for others. */
  comments: readonly Comment[];
  /** For the helpdesk only. */
  desk?: DeskView;
  /** The buttons this person may press now. */
  can: readonly TicketVerb[];
}

/** What a person is to a ticket; none: the ticket is none of their business. */
export function rolesOf(ticket: Ticket, viewer: Viewer): Role[] {
  const roles: Role[] = [];
  if (viewer.id === ticket.requester.id) roles.push('requester');
  if (viewer.id === ticket.subject.id) roles.push('subject');
  if (viewer.id === recipientOf(ticket).id) roles.push('recipient');
  if (askedApprovers(ticket).some((approver) => approver.id === viewer.id)) roles.push('approver');
  else if (isFormerApprover(ticket, viewer.id)) roles.push('former-approver');
  if (viewer.id === ticket.told?.person.id && viewer.id !== ticket.subject.id) roles.push('told');
  if (viewer.helpdesk) roles.push('helpdesk');
  return roles;
}

export function askedApprovers(ticket: Ticket) {
  return ticket.approvers.filter((approver) => approver.circle <= ticket.askedCircle);
}

function codeStands(ticket: Ticket, viewer: Viewer, now: Moment): boolean {
  const approval = ticket.approvals.find(({ by }) => by.id === viewer.id);
  // Under step-up the answer to Approve is a number, and the code comes when it is asked for.
  const inReply = ticket.rule.vouch && ticket.rule.stepUp !== true;
  const awaited = ticket.status === 'approved' && inReply && !ticket.vouchedAt;
  return awaited && approval !== undefined && now < plusSeconds(approval.at, CODE_STANDS_SECONDS);
}

/** Whether a way can still be taken, or changed: no pass was begun, and no key is being written. */
export function mayChoose(ticket: Ticket, now: Moment): boolean {
  const begun = ticket.generations.length > 0 || ticket.job?.state === 'made' || ticket.job?.state === 'registered';
  return hasStep(ticket, 'choose') && !begun && !jobRuns(ticket, now);
}

function recipientVerbs(ticket: Ticket, now: Moment): TicketVerb[] {
  const verbs: TicketVerb[] = [];
  const choosing = ticket.done.approve !== undefined && mayChoose(ticket, now);
  if (choosing)
    verbs.push('choose-workstation', ...(ticket.workstation?.kind === 'desk' ? [] : ['choose-pass' as const]));
  if (isNow(ticket, 'vouch') && ticket.vouchTries < VOUCH_TRIES) verbs.push('vouch');
  if (nextAct(ticket) && !jobRuns(ticket, now)) verbs.push('start-job');
  if (mayShow(ticket) && showsLeft(ticket, now) > 0)
    verbs.push(ticket.prepared && ticket.prepared.until > now ? 'show' : 'prepare-show');
  if (!hasStep(ticket, 'appear') && livePass(ticket, now) && !ticket.finishedAt) verbs.push('finish');
  return verbs;
}

/** The old keys; a freeze stops whatever was still to go. */
function removalsOf({ removals, freeze }: Ticket): Removal[] {
  return removals.map((one) => (freeze && one.state === 'due' ? { ...one, state: 'named' } : one));
}

/** What the helpdesk does about a mark, also where its ticket has ended: first somebody takes it over. */
function stuckVerbs({ parked }: Ticket): TicketVerb[] {
  if (!parked) return [];
  if (!parked.takenBy) return ['take-over'];
  return isForPeople(parked) ? [] : ['retry'];
}

function verbsOf(ticket: Ticket, viewer: Viewer, roles: readonly Role[], now: Moment): TicketVerb[] {
  const verbs: TicketVerb[] = [];
  const approved = ticket.approvals.some((approval) => approval.by.id === viewer.id);
  if (ticket.status === 'waiting' && roles.includes('approver') && !approved) verbs.push(...decidingVerbs(ticket));
  if (ticket.status === 'approved') {
    if (approved && ticket.rule.vouch && !ticket.vouchedAt && ticket.vouchTries < VOUCH_TRIES)
      verbs.push('show-vouch-code');
    if (roles.includes('recipient')) verbs.push(...recipientVerbs(ticket, now));
  }
  if (roles.includes('helpdesk')) verbs.push(...stuckVerbs(ticket));
  const open = ticket.status === 'waiting' || ticket.status === 'approved';
  const registering = cannotStop(ticket.job);
  const mayCancel = roles.includes('helpdesk') || (roles.includes('requester') && !hasActed(ticket));
  if (open && mayCancel && !registering) verbs.push('cancel');
  const newKey = ticket.status === 'done' && ticket.passkey !== undefined;
  if (newKey && roles.includes('recipient') && !ticket.firstSignInAt) verbs.push('signed-in');
  verbs.push(...diagnosisVerbs(ticket, viewer.id, jobRuns(ticket, now)));
  if (mayThaw(ticket, viewer)) verbs.push('thaw');
  if (roles.includes('helpdesk') && mayLift(ticket, viewer.id, now)) verbs.push('lift-block');
  if (roles.includes('helpdesk')) verbs.push('comment', ...outerVerbs(ticket));
  if (roles.includes('helpdesk')) verbs.push(...deskVerbs(ticket, viewer.id, now));
  else if (roles.includes('requester') && mayRemind(ticket, now)) verbs.push('nudge');
  if (mayFreeze(ticket, viewer.id) && !whyNoFreeze(ticket, now)) verbs.push('not-me');
  return verbs;
}

/** The ticket as this person may see it now, or undefined where it is none of their business. */
export function viewOf(ticket: Ticket, viewer: Viewer, now: Moment): TicketView | undefined {
  const roles = rolesOf(ticket, viewer);
  if (roles.length === 0) return undefined;
  const live = livePass(ticket, now);
  const { job, told } = ticket;
  const freeze = freezeView(ticket);
  const signing = stepUpView(ticket, viewer.id, now);
  const diagnosis = diagnosisView(ticket);
  const block = blockView(ticket, now);
  const removalsBy = goneBy(ticket);
  return {
    id: ticket.id,
    shortId: ticket.shortId,
    nonce: `v${ticket.version}`,
    flow: ticket.flow,
    status: ticket.status,
    viewer: { id: viewer.id, name: viewer.name },
    roles,
    requester: ticket.requester,
    subject: ticket.subject,
    ...(ticket.hander && { hander: ticket.hander }),
    onBehalf: ticket.requester.id !== ticket.subject.id,
    reason: ticket.reason,
    openedAt: ticket.openedAt,
    expiresAt: ticket.expiresAt,
    ...(ticket.closedAt && { closedAt: ticket.closedAt }),
    risks: ticket.risks,
    steps: stepsOf(ticket),
    approvers: approversView(ticket),
    needed: ticket.rule.needed,
    approvals: ticket.approvals,
    ...(ticket.rule.stepUp === true && { stepUp: signing ? { mine: signing } : {} }),
    ...(ticket.denial && { denial: ticket.denial }),
    ...(block && { block }),
    ...decidingView(ticket, viewer.id),
    ...(ticket.cancellation && { cancelledBy: ticket.cancellation.by }),
    vouch: {
      on: ticket.rule.vouch,
      triesLeft: VOUCH_TRIES - ticket.vouchTries,
      done: ticket.vouchedAt !== undefined,
      codeStands: codeStands(ticket, viewer, now),
    },
    ...(ticket.way && { way: ticket.way }),
    ...(ticket.workstation && { workstation: ticket.workstation }),
    ...(job && { job: jobView(job) }),
    pass: {
      showsLeft: showsLeft(ticket, now),
      ...(ticket.prepared && ticket.prepared.until > now && { preparedUntil: ticket.prepared.until }),
      ...(live?.validUntil && { liveUntil: live.validUntil }),
    },
    ...(ticket.passkey && { passkey: ticket.passkey }),
    removals: removalsOf(ticket),
    ...(removalsBy && removalsBy > now && { removalsBy }),
    contained: ticket.containment !== undefined,
    ...(ticket.sessionsRevokedAt && { sessionsRevokedAt: ticket.sessionsRevokedAt }),
    ...(ticket.firstSignInAt && { firstSignInAt: ticket.firstSignInAt }),
    ...(diagnosis && { diagnosis }),
    ...(ticket.notNeededAt && { notNeeded: true as const }),
    ...(ticket.parked && { parked: ticket.parked }),
    ...(told && {
      told: { name: told.person.name, via: told.via, failed: told.mails.some(({ failed }) => failed !== undefined) },
    }),
    ...(freeze && { freeze }),
    stoppable: mayFreeze(ticket, ticket.subject.id) && !whyNoFreeze(ticket, now),
    ...(ticket.outer && { outer: outerView(ticket.outer, viewer.helpdesk) }),
    unreached: ticket.unreached,
    comments: viewer.helpdesk ? ticket.comments : [],
    ...(viewer.helpdesk && { desk: deskView(ticket, now) }),
    can: verbsOf(ticket, viewer, roles, now),
  };
}
