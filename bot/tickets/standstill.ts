import { isOtherKeyOpen } from './diagnosis';
import { placesAmong } from './rule';
import { type Parked, type Ticket } from './ticket';
import { VOUCH_TRIES } from './view';

/** Says of a ticket that stands still because another key was erased than was decided on. */
export const ANOTHER_KEY = 'erased-another-key';

/**
 * Why a ticket stands still for as long as people have not settled it, whatever else is tried again meanwhile. It knows
 * what is on the ticket alone: where two approvers are one person's accounts, `approversChange` says so.
 */
export function standstillOf(ticket: Ticket): Pick<Parked, 'step' | 'code'> | undefined {
  const { status, approvers, rule, vouchTries, vouchedAt } = ticket;
  if (status === 'waiting')
    return placesAmong(approvers) < rule.needed ? { step: 'approve', code: 'nobody-may-approve' } : undefined;
  if (status !== 'approved') return undefined;
  if (isOtherKeyOpen(ticket)) return { step: 'remove', code: ANOTHER_KEY };
  const dead = rule.vouch && !vouchedAt && vouchTries >= VOUCH_TRIES;
  return dead ? { step: 'vouch', code: 'code-dead' } : undefined;
}
