import { type Flow, type StepId, type Ticket, type Way } from './ticket';

/** A step of a flow: what it waits for, who does it, and on which way it lies. */
export interface PlanStep {
  id: StepId;
  after: readonly StepId[];
  who: 'approver' | 'recipient' | 'workstation' | 'service';
  /** Undefined: on every way. */
  way?: Way;
}

/** The ways back in, or in for the first time: a key from a workstation, or a pass with which the person adds one. */
const ONBOARDING: readonly PlanStep[] = [
  { id: 'approve', after: [], who: 'approver' },
  { id: 'choose', after: ['approve'], who: 'recipient' },
  { id: 'vouch', after: ['choose'], who: 'recipient' },
  { id: 'register', after: ['vouch'], who: 'workstation', way: 'workstation' },
  { id: 'confirm', after: ['register'], who: 'service', way: 'workstation' },
  { id: 'show', after: ['vouch'], who: 'recipient', way: 'pass' },
  { id: 'appear', after: ['show'], who: 'recipient', way: 'pass' },
  { id: 'tidy', after: ['appear'], who: 'service', way: 'pass' },
];

/** Never the other way round: whoever holds the key would sign in again. */
const REMOVAL: readonly PlanStep[] = [
  { id: 'remove', after: ['approve'], who: 'service' },
  { id: 'revoke', after: ['remove'], who: 'service' },
];

const PASS: readonly PlanStep[] = [
  { id: 'approve', after: [], who: 'approver' },
  { id: 'vouch', after: ['approve'], who: 'recipient' },
  { id: 'show', after: ['vouch'], who: 'recipient' },
  { id: 'tidy', after: ['show'], who: 'service' },
];

/**
 * First the key is looked at, because only some of what people call locked needs an approval and an empty key. Its
 * passkey goes from the account once the key is erased, for it is of no use any more; never before.
 */
const LOCKED_PIN: readonly PlanStep[] = [
  { id: 'diagnose', after: [], who: 'workstation' },
  { id: 'approve', after: ['diagnose'], who: 'approver' },
  { id: 'vouch', after: ['approve'], who: 'recipient' },
  { id: 'reset', after: ['vouch'], who: 'workstation' },
  { id: 'remove', after: ['reset'], who: 'service' },
  { id: 'register', after: ['reset'], who: 'workstation' },
  { id: 'confirm', after: ['register'], who: 'service' },
];

const PLANS: Readonly<Record<Flow, readonly PlanStep[]>> = {
  onboarding: ONBOARDING,
  'spare-key': ONBOARDING,
  'lost-key': [...ONBOARDING, ...REMOVAL],
  'locked-pin': LOCKED_PIN,
  pass: PASS,
  'return-key': [{ id: 'approve', after: [], who: 'approver' }, ...REMOVAL],
};

export function planOf({ flow }: Pick<Ticket, 'flow'>): readonly PlanStep[] {
  return PLANS[flow];
}

/** Whether a flow's plan has this step at all. */
export function hasStep(ticket: Pick<Ticket, 'flow'>, id: StepId): boolean {
  return planOf(ticket).some((step) => step.id === id);
}

export type StepState = 'done' | 'now' | 'later' | 'parked';

export interface StepView {
  id: StepId;
  who: PlanStep['who'];
  state: StepState;
  at?: string;
}

/** The steps of a ticket with where each stands; those of a way not taken are left out. */
export function stepsOf(ticket: Ticket): StepView[] {
  const vouched = ticket.rule.vouch;
  return planOf(ticket)
    .filter((step) => step.way === undefined || step.way === ticket.way)
    .filter((step) => step.id !== 'vouch' || vouched)
    .map((step) => {
      const at = ticket.done[step.id];
      return { id: step.id, who: step.who, state: stateOf(ticket, step), ...(at === undefined ? {} : { at }) };
    });
}

function stateOf(ticket: Ticket, step: PlanStep): StepState {
  if (ticket.done[step.id]) return 'done';
  if (ticket.parked?.step === step.id) return 'parked';
  const open = ticket.status === 'waiting' || ticket.status === 'approved';
  return open && isReady(ticket, step) ? 'now' : 'later';
}

function isReady(ticket: Ticket, { after }: Pick<PlanStep, 'after'>): boolean {
  return after.every((id) => ticket.done[id] !== undefined || (id === 'vouch' && !ticket.rule.vouch));
}

/** Whether a step is the one to do now, standing still or not. */
export function isNow(ticket: Ticket, id: StepId): boolean {
  const after = planOf(ticket).find((step) => step.id === id)?.after ?? [];
  const open = stepsOf(ticket).some((step) => step.id === id && (step.state === 'now' || step.state === 'parked'));
  return open && isReady(ticket, { after });
}
