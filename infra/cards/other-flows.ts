import { type Passkey, type Removal, type Ticket } from '../../bot/tickets/ticket';
import { type State } from './states';
import { approvedTicket, type Cast, LATER, NOW, SOON, ticketOf } from './tickets';

/** What Anna had before. */
export const OLD_KEYS: readonly Passkey[] = [
  { methodId: 'old-1', name: 'Blue key', model: 'YubiKey 5 NFC', createdAt: '2024-05-02T08:00:00.000Z' },
  { methodId: 'old-2', name: 'Key **from** [home](https://evil.example)', createdAt: '2023-11-20T08:00:00.000Z' },
];

const [BLUE] = OLD_KEYS;

function removing(state: Removal['state'], keys: readonly Passkey[] = OLD_KEYS.slice(0, 1)): readonly Removal[] {
  return keys.map((passkey) => ({ passkey, state, ...(state === 'removed' && { removedAt: NOW }) }));
}

const lost = (change: Partial<Ticket>): Partial<Ticket> => ({
  flow: 'lost-key',
  removals: removing('named'),
  ...change,
});

/** States of the flows that are more, or less, than a first key. */
export function otherFlows(cast: Cast): State[] {
  const gone = { removals: removing('removed'), sessionsRevokedAt: NOW };
  const noCode = { ...ticketOf(cast).rule, vouch: false };
  const issued = {
    number: 1,
    by: cast.anna,
    startedAt: NOW,
    state: 'issued' as const,
    methodId: 'm',
    validUntil: LATER,
  };
  const pass: Partial<Ticket> = { flow: 'pass', way: 'pass', generations: [issued] };
  const prepared = { by: cast.anna, until: SOON };
  const returned: Partial<Ticket> = { flow: 'return-key', requester: cast.mira, rule: noCode };
  const end = { closedAt: NOW };
  const dead = { way: 'pass', vouchTries: 3, parked: { step: 'vouch', code: 'code-dead', at: NOW } } as const;
  return [
    { name: 'lost key, waiting', ticket: ticketOf(cast, lost({ removals: removing('named', OLD_KEYS) })) },
    {
      name: 'lost key, reported by its owner',
      ticket: ticketOf(cast, lost({ ...gone, containment: 'jws', done: { remove: NOW, revoke: NOW } })),
    },
    { name: 'lost key, choose', ticket: approvedTicket(cast, [], lost({ decidedAt: NOW })) },
    { name: 'lost key, code dead', ticket: approvedTicket(cast, ['choose'], lost({ ...dead, decidedAt: NOW })) },
    {
      name: 'lost key, code dead, removed',
      ticket: approvedTicket(cast, ['choose', 'remove', 'revoke'], lost({ ...dead, ...gone })),
    },
    { name: 'lost key, being removed', ticket: approvedTicket(cast, [], lost({ removals: removing('due') })) },
    {
      name: 'lost key, done',
      ticket: approvedTicket(
        cast,
        ['choose', 'vouch', 'show', 'appear', 'remove', 'revoke', 'tidy'],
        lost({ ...gone, ...end, status: 'done', way: 'pass', passkey: { methodId: 'new', name: 'New key' } }),
      ),
    },
    { name: 'lost key, expired: it still works', ticket: ticketOf(cast, lost({ status: 'expired', ...end })) },
    {
      name: 'lost key, expired: its removal is stuck',
      ticket: approvedTicket(cast, [], {
        ...lost({ status: 'expired', removals: removing('due'), ...end }),
        parked: { step: 'remove', code: 'approver-no-longer-allowed', at: NOW },
      }),
    },
    { name: 'pass, waiting', ticket: ticketOf(cast, { flow: 'pass' }) },
    { name: 'no code is wanted, waiting', ticket: ticketOf(cast, { rule: noCode }) },
    { name: 'pass, to be shown', ticket: approvedTicket(cast, ['vouch'], { ...pass, generations: [] }) },
    { name: 'pass, in use', ticket: approvedTicket(cast, ['vouch', 'show'], pass) },
    { name: 'pass, just shown', ticket: approvedTicket(cast, ['vouch', 'show'], { ...pass, prepared }) },
    {
      name: 'pass, done',
      ticket: approvedTicket(cast, ['vouch', 'show', 'tidy'], {
        ...pass,
        ...{ status: 'done', generations: [{ ...issued, endedAt: NOW }], ...end },
      }),
    },
    { name: 'returned key, waiting', ticket: ticketOf(cast, { ...returned, removals: removing('named', OLD_KEYS) }) },
    {
      name: 'returned key, done',
      ticket: approvedTicket(cast, ['remove', 'revoke'], { ...returned, ...gone, ...end, status: 'done' }),
    },
    {
      name: 'choose, at a desk',
      ticket: approvedTicket(cast, [], { workstation: { id: 'desk-1', name: 'DESK-01', kind: 'desk' } }),
    },
    {
      name: 'spare key, waiting',
      ticket: ticketOf(cast, { flow: 'spare-key', passkeysBefore: BLUE ? [BLUE.methodId] : [] }),
    },
  ];
}
