import { type PersonRef } from '../../bot/tickets/people';
import { type StepId, type Ticket } from '../../bot/tickets/ticket';
import { type TicketView, viewOf } from '../../bot/tickets/view';

/** The moment at which all samples are looked at. */
export const NOW = '2026-01-12T08:12:00.000Z';
const EARLIER = '2026-01-12T07:48:00.000Z';
export const SOON = '2026-01-12T08:13:00.000Z';
export const LATER = '2026-01-12T09:12:00.000Z';
const TOMORROW = '2026-01-13T08:12:00.000Z';

/** The people of the samples. */
export interface Cast {
  anna: PersonRef;
  jonas: PersonRef;
  mira: PersonRef;
  otto: PersonRef;
  reason: string;
  workstation: string;
}

export const CAST: Cast = {
  anna: { id: 'a0000000-0000-4000-8000-000000000001', name: 'Anna Keller' },
  jonas: { id: 'a0000000-0000-4000-8000-000000000002', name: 'Jonas Weber' },
  mira: { id: 'a0000000-0000-4000-8000-000000000003', name: 'Mira Öztürk-Lindqvist' },
  otto: { id: 'a0000000-0000-4000-8000-000000000004', name: 'Otto Brandt' },
  reason: 'My first key: I started in Accounts on Monday and cannot sign in to the payroll portal without one.',
  workstation: 'NB-KELLER-07',
};

export type Change = Partial<Ticket>;

/** A ticket that Anna opened for herself a while ago and that waits for Jonas. */
export function ticketOf(cast: Cast, change: Change = {}): Ticket {
  return {
    id: '01KESAMPLE000000000007Q2M9D',
    shortId: 'KV-7Q2M-9D',
    version: 4,
    flow: 'onboarding',
    status: 'waiting',
    requester: cast.anna,
    subject: cast.anna,
    reason: cast.reason,
    openedAt: EARLIER,
    rule: {
      circles: [[{ kind: 'manager' }]],
      needed: 1,
      remindAfter: 30,
      widenAfter: 60,
      expireAfter: 1440,
      useWithin: 1440,
      vouch: true,
    },
    risks: [],
    approvers: [{ ...cast.jonas, circle: 0, via: 'manager' }],
    askedCircle: 0,
    expiresAt: TOMORROW,
    approvals: [],
    approvedFor: [],
    vouchTries: 0,
    generations: [],
    passkeysBefore: [],
    removals: [],
    done: {},
    comments: [],
    unreached: [],
    ...change,
  };
}

/** The ticket once Jonas has approved, with the steps that are done since. */
export function approvedTicket(cast: Cast, done: readonly StepId[] = [], change: Change = {}): Ticket {
  return ticketOf(cast, {
    version: 7,
    status: 'approved',
    approvals: [{ by: cast.jonas, at: EARLIER, how: 'video' }],
    decidedAt: EARLIER,
    done: Object.fromEntries(['approve' as const, ...done].map((step) => [step, EARLIER])),
    ...(done.includes('vouch') && { vouchedAt: EARLIER }),
    ...change,
  });
}

/** The ticket as a person of the cast sees it. */
export function seenBy(person: PersonRef, ticket: Ticket, helpdesk = false): TicketView {
  const view = viewOf(ticket, { ...person, helpdesk }, NOW);
  if (!view) throw new Error(`${person.name} may not see the sample ${ticket.shortId}.`);
  return view;
}
