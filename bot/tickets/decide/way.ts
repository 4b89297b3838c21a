import { hasStep, isNow } from '../plan';
import { recipientOf, type Ticket } from '../ticket';
import { actorId } from '../people';
import { mayChoose, VOUCH_TRIES } from '../view';
import { type Command, type Refusal } from '../commands';
import { type Answer, type CommandOf, happened, NOTHING, refused } from './answer';

/** What stops anyone but the recipient of an approved ticket. */
export function barredOthers(ticket: Ticket, { by }: Pick<Command, 'by'>): Answer | undefined {
  if (actorId(by) !== recipientOf(ticket).id) return refused('not-yours');
  if (ticket.status === 'waiting') return refused('not-approved');
  return ticket.status === 'approved' ? undefined : refused(ticket.status);
}

/** The same, and what stops also the recipient once the time of the approval is over. */
export function barredRecipient(ticket: Ticket, command: Pick<Command, 'at' | 'by'>): Answer | undefined {
  return barredOthers(ticket, command) ?? (command.at >= ticket.expiresAt ? refused('expired') : undefined);
}

export function choose(ticket: Ticket, command: CommandOf<'choose'>): Answer {
  const barred = barredRecipient(ticket, command);
  if (barred) return barred;
  if (!hasStep(ticket, 'choose')) return refused('way-missing');
  if (ticket.generations.length > 0) return refused('pass-under-way');
  if (!mayChoose(ticket, command.at)) return refused('job-runs');
  const { way, workstation } = command;
  if (way === 'pass') {
    // A ticket opened for a desk workstation was approved for that: no pass is shown to anyone.
    if (ticket.workstation?.kind === 'desk') return refused('way-missing');
    return ticket.way === 'pass' ? NOTHING : happened(command, { kind: 'way-chosen', way });
  }
  if (!workstation) return refused(command.several ? 'choose-workstation-first' : 'no-workstation');
  const named = ticket.approvedFor.length === 0 || ticket.approvedFor.some(({ id }) => id === workstation.id);
  if (!named) return refused('workstation-not-approved', { name: workstation.name });
  if (ticket.way === 'workstation' && ticket.workstation?.id === workstation.id) return NOTHING;
  return happened(command, { kind: 'way-chosen', way, workstation });
}

/** The vouch code, as the recipient typed it. Three tries; then it is dead and only a new request helps. */
export function vouch(ticket: Ticket, command: CommandOf<'vouch'>): Answer {
  const barred = barredRecipient(ticket, command);
  if (barred) return barred;
  if (ticket.vouchedAt || !ticket.rule.vouch) return NOTHING;
  if (!isNow(ticket, 'vouch')) return refused('way-missing');
  const triesLeft = VOUCH_TRIES - ticket.vouchTries - 1;
  if (triesLeft < 0) return refused('code-dead');
  if (command.matches) return happened(command, { kind: 'vouched' });
  return { ...happened(command, { kind: 'vouch-refused', triesLeft }), refusal: codeRefused(triesLeft) };
}

function codeRefused(triesLeft: number): Refusal {
  return triesLeft > 0 ? { code: 'code-wrong', facts: { triesLeft } } : { code: 'code-dead' };
}

/** A refusal that comes again, of a command that was taken before: a code that was wrong then costs no further try. */
export function refusedAgain(refusal: Refusal, { vouchTries }: Ticket): Refusal {
  return refusal.code.startsWith('code-') ? codeRefused(VOUCH_TRIES - vouchTries) : refusal;
}

/** Whether the vouch code is still owed. */
export function vouchOwed(ticket: Ticket): boolean {
  return ticket.rule.vouch && ticket.vouchedAt === undefined;
}
