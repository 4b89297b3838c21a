import { isDeepStrictEqual } from 'node:util';
import { detailsOf } from '../../../bot/service/details';
import { type SentCard } from '../../../bot/service/testing/recording-messenger';
import { WHO } from '../../../bot/service/testing/world';
import { type CardSlot } from '../../../bot/tickets/effects';
import { askedApprovers, type TicketView } from '../../../bot/tickets/view';
import { type Ticket } from '../../../bot/tickets/ticket';
import { type GatedWorld } from '../rig/gated/world';

const SLOTS: readonly CardSlot[] = ['progress', 'approval', 'handover', 'helpdesk'];

/** What a card says that must be so; its buttons follow from it and from the clock. */
const saidBy = (view: TicketView): unknown => ({
  status: view.status,
  approvals: view.approvals,
  denial: view.denial,
  cancelledBy: view.cancelledBy,
  closedAt: view.closedAt,
  removals: view.removals,
  passkey: view.passkey,
  sessionsRevokedAt: view.sessionsRevokedAt,
  vouched: view.vouch.done,
  triesLeft: view.vouch.triesLeft,
  way: view.way,
  job: view.job && { state: view.job.state, code: view.job.code },
  freeze: view.freeze,
  approvers: view.approvers,
});

/** Who must have a card by now. */
function concerned(ticket: Ticket): string[] {
  const handed = ticket.status !== 'waiting' && ticket.hander ? [ticket.hander.id] : [];
  return [ticket.requester.id, ticket.subject.id, ...handed, ...askedApprovers(ticket).map(({ id }) => id)];
}

const nameOf = (id: string): string => Object.entries(WHO).find(([, one]) => one === id)?.[0] ?? id;

/** Cards that do not say how the ticket stands, a line each. */
export async function untrueCards({ messenger, processes }: GatedWorld, ticket: Ticket): Promise<string[]> {
  const wrong: string[] = [];
  const holders = new Set(messenger.sent.map(({ person }) => person));
  for (const person of concerned(ticket)) if (!holders.has(person)) wrong.push(`${nameOf(person)} has no card`);
  for (const person of holders) {
    for (const slot of SLOTS) {
      const card: SentCard | undefined = messenger.latest(person, slot);
      if (!card) continue;
      const viewer = { id: person, name: nameOf(person), helpdesk: slot === 'helpdesk' };
      const now = await detailsOf(processes[0], ticket, viewer);
      if (!now) continue;
      const [shown, true_] = [saidBy(card.details.view), saidBy(now.view)];
      if (isDeepStrictEqual(shown, true_)) continue;
      wrong.push(`${nameOf(person)}'s ${slot} card says ${differing(shown, true_)}`);
    }
  }
  return wrong;
}

function differing(shown: unknown, now: unknown): string {
  const [a, b] = [shown as Record<string, unknown>, now as Record<string, unknown>];
  const keys = Object.keys(b).filter((key) => !isDeepStrictEqual(a[key], b[key]));
  return keys
    .map((key) => `${key} ${JSON.stringify(a[key])} for ${JSON.stringify(b[key])}`)
    .join(', ')
    .slice(0, 300);
}
