import { type Freeze, type Ticket } from '../../bot/tickets/ticket';
import { approvalCard, helpdeskTicketCard, progressCard } from '../../cards';
import { type Sample } from './sample';
import { type State } from './states';
import { approvedTicket, type Cast, LATER, NOW, seenBy, ticketOf } from './tickets';

/** Hears of it by mail, and has no other part in it. */
const manager = (cast: Cast) => ({ id: 'a0000000-0000-4000-8000-000000000009', name: cast.mira.name });

/** States of a ticket of which a second person hears by mail, and that somebody says is not right. */
export function freezeStates(cast: Cast): State[] {
  const told: Partial<Ticket> = {
    flow: 'lost-key',
    way: 'pass',
    told: { person: manager(cast), via: 'manager', mails: [] },
    removals: [{ passkey: { methodId: 'old-1', name: 'Blue key' }, state: 'removed', removedAt: NOW }],
  };
  const issued = {
    ...{ number: 1, by: cast.anna, startedAt: NOW, state: 'issued' as const, methodId: 'm', validUntil: LATER },
  };
  const freeze: Freeze = { by: cast.anna, at: NOW, via: 'chat', before: 'done', blocks: true, takenBack: [] };
  const frozen = (change: Partial<Freeze>, more: Partial<Ticket> = {}) =>
    approvedTicket(cast, ['choose', 'vouch', 'show'], {
      ...told,
      ...{ status: 'frozen', freeze: { ...freeze, ...change }, generations: [{ ...issued, endedAt: NOW }] },
      ...more,
    });
  const settled = { takenBackAt: NOW, takenBack: ['thief'], sessionsRevokedAt: NOW, blockedAt: NOW };
  const said = { by: { id: 'a0000000-0000-4000-8000-000000000008', name: cast.jonas.name }, at: NOW };
  const failed = [{ about: 'opened' as const, at: NOW, failed: 'mailbox-denied' }];
  const other = { person: cast.anna, via: 'other-address' as const, mails: failed };
  return [
    { name: 'told by mail', ticket: ticketOf(cast, told) },
    { name: 'told by mail, not sent', ticket: ticketOf(cast, { ...told, told: other }) },
    { name: 'told by mail, done', ticket: approvedTicket(cast, [], { ...told, status: 'done', closedAt: NOW }) },
    {
      name: 'told by mail, code dead',
      ticket: approvedTicket(cast, ['choose'], {
        ...told,
        vouchTries: 3,
        parked: { step: 'vouch', code: 'code-dead', at: NOW },
      }),
    },
    { name: 'frozen, just now', ticket: frozen({ blocks: false }, { generations: [issued] }) },
    { name: 'frozen, all taken back', ticket: frozen(settled) },
    { name: 'frozen, no key came', ticket: frozen({ ...settled, takenBack: [] }) },
    { name: 'frozen, one has said thaw', ticket: frozen({ ...settled, thawSaid: said }) },
    {
      name: 'frozen, stuck',
      ticket: frozen({}, { parked: { step: 'remove', code: 'graph-denied', at: NOW } }),
    },
    {
      name: 'thawed',
      ticket: frozen(
        { ...settled, thawSaid: said, thawed: { by: cast.otto, at: NOW } },
        { status: 'cancelled', cancellation: { by: cast.otto, at: NOW }, closedAt: NOW },
      ),
    },
  ];
}

/** The same as those see it who have no other part in it: the one who is told, and somebody of the helpdesk. */
export function freezeSamples(cast: Cast): Sample[] {
  const neutral = { id: 'a0000000-0000-4000-8000-000000000007', name: cast.otto.name };
  return freezeStates(cast).flatMap(({ name, ticket }): Sample[] => {
    const told = ticket.told?.via === 'manager' ? ticket.told : undefined;
    return [
      {
        name: `helpdesk, no part in it: ${name}`,
        draw: (words) => helpdeskTicketCard({ view: seenBy(neutral, ticket, true) }, words),
        shows: [],
      },
      ...(told
        ? [
            {
              name: `progress: ${name}, as told by mail`,
              draw: (words) => progressCard({ view: seenBy(manager(cast), ticket) }, words),
              shows: [],
            } satisfies Sample,
            {
              name: `approval: ${name}, as told by mail`,
              draw: (words) =>
                approvalCard({ view: seenBy(cast.jonas, { ...ticket, told: { ...told, person: cast.jonas } }) }, words),
              shows: [],
            } satisfies Sample,
          ]
        : []),
    ];
  });
}
