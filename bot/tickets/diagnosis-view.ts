import { type Diagnosis, isAsked, wantsReset } from './diagnosis';
import { isNow } from './plan';
import { recipientOf, type Ticket } from './ticket';
import { type TicketVerb } from './verbs';

/** How the key was found, and what is known of its erasing: for cards. */
export interface DiagnosisView extends Diagnosis {
  /** Nothing but erasing helps. */
  wantsReset: boolean;
  /** Its person has to say which passkey is on it. */
  wantsPick: boolean;
  /** Undefined: not begun. `unknown`: begun, and nobody knows whether it was done. */
  reset?: 'under-way' | 'erased' | 'unknown';
}

export function diagnosisView(ticket: Ticket): DiagnosisView | undefined {
  const { diagnosis, reset, job } = ticket;
  if (!diagnosis) return undefined;
  const wants = wantsReset(ticket);
  const runs = reset?.state === 'started' && job?.id === reset.job && job.state === 'started';
  const known = reset && (runs ? 'under-way' : reset.state === 'erased' ? 'erased' : 'unknown');
  return {
    ...diagnosis,
    wantsReset: wants,
    wantsPick: wants && diagnosis.matchedBy === undefined && diagnosis.modelAllowed,
    ...(known && { reset: known }),
  };
}

/** What can be pressed while the key is still to be looked at, by whom it concerns. */
export function diagnosisVerbs(ticket: Ticket, viewer: string, jobRuns: boolean): TicketVerb[] {
  if (ticket.status !== 'waiting' || isAsked(ticket) || !isNow(ticket, 'diagnose') || jobRuns) return [];
  const { diagnosis, requester } = ticket;
  const recipient = viewer === recipientOf(ticket).id;
  const view = diagnosisView(ticket);
  const verbs: TicketVerb[] = [];
  if (recipient && view?.wantsPick) verbs.push('pick-passkey');
  if (recipient && view && !view.wantsReset && view.modelAllowed) verbs.push('forgotten');
  if (diagnosis && (recipient || viewer === requester.id)) verbs.push('not-needed');
  if (recipient) verbs.push('diagnose');
  return verbs;
}
