import { hasStep } from '../../../bot/tickets/plan';
import { isRecovery } from '../../../bot/tickets/freeze';
import { type Flow, type Ticket } from '../../../bot/tickets/ticket';
import { type TicketVerb } from '../../../bot/tickets/verbs';
import { type Dice } from '../seed';

/** Who clicks: the one whose key it is about, the manager, and two of the helpdesk. */
export type Role = 'subject' | 'approver' | 'helpdesk' | 'colleague';

/** A click of one ticket's story, and what it is to bring about, once, however often it comes. */
export interface Step {
  who: Role;
  verb: TicketVerb;
  how?: 'video';
  text?: string;
  once: readonly string[];
  /** Waits until the ticket is so far: what is done in the background comes first. */
  ready?: (ticket: Ticket) => boolean;
  /** What is typed is the code that the approver was shown, true or not. */
  code?: 'true' | 'wrong';
}

/** Who asks: takers-back are never the owner of the key. */
export const askerOf = (flow: Flow): Role => (flow === 'return-key' ? 'helpdesk' : 'subject');

const approve: Step = { who: 'approver', verb: 'approve', how: 'video', once: ['approved', 'decided'] };
const deny: Step = { who: 'approver', verb: 'deny', text: 'Not one of mine.', once: ['denied'] };
const note: Step = { who: 'colleague', verb: 'comment', text: 'Seen.', once: ['commented'] };
const cancel: Step = { who: 'helpdesk', verb: 'cancel', once: ['cancelled'] };

const look: Step = { who: 'subject', verb: 'diagnose', once: ['job-offered'] };

const wrong: Step = { who: 'subject', verb: 'vouch', code: 'wrong', once: ['vouch-refused'] };
const right: Step = { who: 'subject', verb: 'vouch', code: 'true', once: ['vouched'] };

const pass: readonly Step[] = [
  { who: 'subject', verb: 'prepare-show', once: ['show-prepared'] },
  { who: 'subject', verb: 'show', once: ['pass-started', 'pass-issued'] },
];
const job: readonly Step[] = [{ who: 'subject', verb: 'start-job', once: ['job-offered'] }];

const taken = ({ freeze }: Ticket): boolean =>
  freeze?.takenBackAt !== undefined && freeze.sessionsRevokedAt !== undefined;
/** This was not me; and two of the helpdesk, who had no part in it, bring it to its end. */
const freeze: readonly Step[] = [
  { who: 'subject', verb: 'not-me', once: ['frozen'] },
  { who: 'colleague', verb: 'thaw', once: ['thaw-said'], ready: taken },
  { who: 'helpdesk', verb: 'thaw', once: ['thawed', 'cancelled'] },
];

/** Whoever gets their own key back. */
const SELF = { id: 'self', name: 'Self' };

/** A story of a flow: one of those that it can have. */
export function storyOf(flow: Flow, dice: Dice): Step[] {
  // Its approvers are asked once a workstation has looked at the key.
  if (hasStep({ flow }, 'diagnose')) return [look, note, cancel];
  if (dice.below(6) === 0) return [deny];
  // Whoever takes keys back has nothing to choose and nothing to cancel: it goes on by itself.
  if (!hasStep({ flow }, 'vouch')) return [note, approve];
  const byJob = hasStep({ flow }, 'register') && dice.below(3) === 0;
  const choosing: Step = {
    who: 'subject',
    verb: byJob ? 'choose-workstation' : 'choose-pass',
    once: ['way-chosen'],
  };
  const freezes = isRecovery({ flow, requester: SELF, subject: SELF }) && dice.below(2) === 0;
  const done: Step = { who: 'subject', verb: 'finish', once: ['finished'] };
  const ends = freezes ? freeze : hasStep({ flow }, 'appear') ? [cancel] : [done];
  return [
    ...[approve, ...(hasStep({ flow }, 'choose') ? [choosing] : []), wrong, right],
    ...(byJob ? job : pass),
    ...(dice.below(3) === 0 ? [note] : []),
    ...ends,
  ];
}

/** What is typed as the code that the approver was shown, or as one that it is not. */
export function typedCode(code: 'true' | 'wrong', shown: string): string {
  const spoken = shown.replace(/\s/g, '');
  if (code === 'true') return spoken;
  return spoken === '000000' ? '111111' : '000000';
}
