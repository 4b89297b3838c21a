import {
  type AdaptiveCard,
  approvalCard,
  type FieldProblem,
  helpdeskTicketCard,
  INPUT,
  passCard,
  progressCard,
  refusalCard,
  staleCard,
  vouchCodeCard,
  type Words,
} from '../../cards';
import { type Outcome, type TicketDetails } from '../service';
import { type CardSlot } from '../tickets/effects';
import { type WorkstationRef } from '../tickets/ticket';

/** Refusals that belong to a field: the form is shown again with the field marked. */
const FIELD_OF: Readonly<Record<string, FieldProblem['field']>> = {
  'recognition-missing': INPUT.how,
  'denial-needs-reason': INPUT.denial,
  'reason-too-long': INPUT.denial,
  'code-wrong': INPUT.code,
  'outer-number-odd': INPUT.outerNumber,
  'outer-link-odd': INPUT.outerLink,
  'code-needed': INPUT.code,
  'colleague-missing': INPUT.colleague,
  'colleague-not-helpdesk': INPUT.colleague,
  'no-workstation': INPUT.workstation,
  'step-up-choose-workstation': INPUT.workstation,
  'workstation-not-approved': INPUT.workstation,
};

/** A click that came late: the card says so above the truth. */
const LATE = [
  'already-decided',
  'already-approved',
  'denied',
  'cancelled',
  'expired',
  'done',
  'frozen',
  'not-waiting',
  'job-over',
  'press-show-again',
];

/** The card of a slot, for posting. Never holds a secret. */
export function cardOfSlot(
  slot: CardSlot,
  details: TicketDetails,
  words: Words,
  problems: readonly FieldProblem[] = [],
  workstations?: readonly WorkstationRef[],
): AdaptiveCard {
  const { view, contact, jobNumber } = details;
  switch (slot) {
    case 'approval':
      return approvalCard(
        {
          ...{ view, problems },
          ...(contact && { contact }),
          ...(jobNumber && { jobNumber }),
          ...(workstations && { workstations }),
        },
        words,
      );
    case 'helpdesk':
      return helpdeskTicketCard({ view, problems, ...details.helpdesk }, words);
    case 'progress':
    case 'handover':
      return progressCard(
        { view, problems, ...(jobNumber && { jobNumber }), ...(workstations && { workstations }) },
        words,
      );
  }
}

/** Which of the ticket's cards a person sees who opens it: what they are asked for comes first. */
export function slotFor({ view }: TicketDetails): CardSlot {
  const { roles, can } = view;
  if (can.includes('approve')) return 'approval';
  // Who is of the helpdesk and can unstick a ticket is asked for that, whatever else they are to it.
  if (can.includes('take-over') || can.includes('retry') || can.includes('thaw')) return 'helpdesk';
  if (roles.includes('recipient') || roles.includes('requester') || roles.includes('subject')) return 'progress';
  if (roles.includes('approver')) return 'approval';
  return roles.includes('helpdesk') ? 'helpdesk' : 'progress';
}

/** The reply to a click or a word about a ticket: for that one person, that one time. */
export function outcomeCard(
  outcome: Outcome,
  words: Words,
  options: { slot?: CardSlot; workstations?: readonly WorkstationRef[] } = {},
): AdaptiveCard {
  const { details, refusal, vouchCode, pass } = outcome;
  if (!details) return refusalCard(refusal ?? { code: 'ticket-unknown' }, words);
  const { view } = details;
  if (pass) return passCard({ view, pass: pass.text, validUntil: pass.validUntil, showsLeft: pass.showsLeft }, words);
  if (vouchCode) return vouchCodeCard({ view, code: vouchCode, validUntil: view.expiresAt }, words);
  const slot = options.slot ?? slotFor(details);
  const { workstations } = options;
  // The card itself says that none is paired yet, and offers to pair one.
  const isSaid = refusal?.code === 'no-workstation' && workstations?.length === 0;
  if (!refusal || isSaid) return cardOfSlot(slot, details, words, [], workstations);
  if (LATE.includes(refusal.code)) {
    return staleCard({ ...details, refusal, ...(workstations && { workstations }) }, words);
  }
  const field = FIELD_OF[refusal.code] ?? INPUT.comment;
  return cardOfSlot(slot, details, words, [{ field, ...refusal }], workstations);
}
