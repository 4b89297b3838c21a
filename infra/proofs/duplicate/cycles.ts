import { hasStep } from '../../../bot/tickets/plan';
import { isRecovery } from '../../../bot/tickets/freeze';
import { type Flow, type Ticket } from '../../../bot/tickets/ticket';
import { people } from '../../local/entra';
import { type Dice } from '../seed';

/** A click of one ticket's story, and what it is to bring about, once, however often it comes. */
export interface Step {
  person: { id: string };
  verb: string;
  inputs?: Readonly<Record<string, unknown>>;
  once: readonly string[];
  /** Waits until the ticket is so far: what is done in the background comes first. */
  ready?: (ticket: Ticket) => boolean;
  /** The inputs are the code that the approver was shown, true or not. */
  code?: 'true' | 'wrong';
}

const { sean, mara, jonas, suki } = people;

/** Who asks: takers-back are never the owner of the key. */
export function askerOf(flow: Flow): { id: string } {
  return flow === 'return-key' ? jonas : sean;
}

const approve: Step = { person: mara, verb: 'approve', inputs: { how: 'video' }, once: ['approved', 'decided'] };
const deny: Step = { person: mara, verb: 'deny', inputs: { denial: 'Not one of mine.' }, once: ['denied'] };
const note: Step = { person: suki, verb: 'comment', inputs: { comment: 'Seen.' }, once: ['commented'] };
const cancel: Step = { person: jonas, verb: 'cancel', once: ['cancelled'] };

const look: Step = { person: sean, verb: 'diagnose', once: ['job-offered'] };

const wrong: Step = { person: sean, verb: 'vouch', code: 'wrong', once: ['vouch-refused'] };
const right: Step = { person: sean, verb: 'vouch', code: 'true', once: ['vouched'] };

const pass: readonly Step[] = [
  { person: sean, verb: 'prepare-show', once: ['show-prepared'] },
  { person: sean, verb: 'show', once: ['pass-started', 'pass-issued'] },
];
const job: readonly Step[] = [{ person: sean, verb: 'start-job', once: ['job-offered'] }];

const taken = ({ freeze }: Ticket): boolean =>
  freeze?.takenBackAt !== undefined && freeze.sessionsRevokedAt !== undefined;
/** This was not me; and two of the helpdesk, who had no part in it, bring it to its end. */
const freeze: readonly Step[] = [
  { person: sean, verb: 'not-me', once: ['frozen'] },
  { person: suki, verb: 'thaw', once: ['thaw-said'], ready: taken },
  { person: jonas, verb: 'thaw', once: ['thawed', 'cancelled'] },
];

/** A story of a flow: one of those that it can have. */
export function storyOf(flow: Flow, dice: Dice): Step[] {
  // Its approvers are asked once a workstation has looked at the key.
  if (hasStep({ flow }, 'diagnose')) return [look, note, cancel];
  if (dice.below(6) === 0) return [deny];
  // Whoever takes keys back has nothing to choose and nothing to cancel: it goes on by itself.
  if (!hasStep({ flow }, 'vouch')) return [note, approve];
  const byJob = hasStep({ flow }, 'register') && dice.below(3) === 0;
  const choosing: Step = {
    person: sean,
    verb: byJob ? 'choose-workstation' : 'choose-pass',
    once: ['way-chosen'],
  };
  const freezes = isRecovery({ flow, requester: sean as never, subject: sean as never }) && dice.below(2) === 0;
  const done: Step = { person: sean, verb: 'finish', once: ['finished'] };
  const ends = freezes ? freeze : hasStep({ flow }, 'appear') ? [cancel] : [done];
  return [
    ...[approve, ...(hasStep({ flow }, 'choose') ? [choosing] : []), wrong, right],
    ...(byJob ? job : pass),
    ...(dice.below(3) === 0 ? [note] : []),
    ...ends,
  ];
}
