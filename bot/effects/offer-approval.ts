import { offerSigning } from '../service/step-up-offer';
import { signingOpen, stepUpWith } from '../tickets/step-up';
import { DONE, type Run } from './effect';

/** Lays the job ready by which an approver's own key is asked for their signature. */
export const offerApproval: Run<'offer-approval'> = async (deps, ticket, { job }) => {
  const stepUp = stepUpWith(ticket, job);
  if (stepUp?.state !== 'offered' || !signingOpen(ticket, stepUp, deps.now().toISOString())) return DONE;
  const stop = await offerSigning(deps, ticket, stepUp);
  return stop === undefined ? DONE : { kind: 'outcome', command: { kind: 'approval-failed', job, code: stop } };
};
