import { passMayLive } from './alive';
import { isParty, isTakenBack } from './freeze';
import { type PersonRef } from './people';
import { type Moment, type Ticket } from './ticket';
import { type Viewer } from './view';

/** Who has said that this was not them, and what was taken back since. */
export interface FreezeView {
  by: PersonRef;
  at: Moment;
  via: 'chat' | 'mail';
  passGone: boolean;
  /** How many passkeys were taken off the account; undefined: not looked yet. */
  takenBack?: number;
  sessionsRevoked: boolean;
  /** Whether signing in is blocked; undefined: it is not to be. */
  blocked?: boolean;
  /** Nothing is left to take back. */
  settled: boolean;
  thawSaidBy?: PersonRef;
  thawed: boolean;
}

/** Whether this person may say thaw now: of the helpdesk, without a part in the ticket, once all is taken back. */
export function mayThaw(ticket: Ticket, { id, helpdesk }: Viewer): boolean {
  const { status, freeze } = ticket;
  const waits = status === 'frozen' && freeze && !freeze.thawed && freeze.thawSaid?.by.id !== id;
  return helpdesk && Boolean(waits) && !isParty(ticket, id) && isTakenBack(ticket);
}

export function freezeView(ticket: Ticket): FreezeView | undefined {
  const { freeze } = ticket;
  return (
    freeze && {
      by: freeze.by,
      at: freeze.at,
      via: freeze.via,
      passGone: !passMayLive(ticket),
      ...(freeze.takenBackAt && { takenBack: freeze.takenBack.length }),
      sessionsRevoked: freeze.sessionsRevokedAt !== undefined,
      ...(freeze.blocks && { blocked: freeze.blockedAt !== undefined && ticket.status === 'frozen' }),
      settled: isTakenBack(ticket),
      ...(freeze.thawSaid && { thawSaidBy: freeze.thawSaid.by }),
      thawed: freeze.thawed !== undefined,
    }
  );
}
