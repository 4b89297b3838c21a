import { type Denial, type Ticket } from '../../bot/tickets/ticket';
import { type AbsenceModel, absenceCard, approvalCard, helpdeskTicketCard, queueCard } from '../../cards';
import { type Sample } from './sample';
import { type State } from './states';
import { approvedTicket, type Cast, LATER, NOW, seenBy, ticketOf } from './tickets';

/** Is away, or was the manager before; has no other part in the sample. */
const other = (cast: Cast) => ({ id: 'a0000000-0000-4000-8000-000000000006', name: cast.mira.name });

const UNTIL = '2026-01-19T23:00:00.000Z';

function decidedBy(cast: Cast): Partial<Ticket> {
  const rule = { ...ticketOf(cast).rule, blockMinutes: 7 * 24 * 60 };
  const away = { ...other(cast), circle: 0, via: 'manager' as const, away: UNTIL };
  const inPlace = { ...cast.jonas, circle: 0, via: 'manager' as const, for: { ...other(cast), until: UNTIL } };
  return { rule, approvers: [away, inPlace] };
}

/** States of a ticket that a delegate decides, of a denial that bars repeats, and of a manager who is new. */
export function approvalStates(cast: Cast): State[] {
  const place = { ...other(cast), until: UNTIL };
  const denial: Denial = {
    by: cast.jonas,
    at: NOW,
    reason: 'I do not know this person.',
    for: place,
    blockedUntil: UNTIL,
  };
  const lifted = { by: { ...other(cast), id: 'a0000000-0000-4000-8000-000000000005' }, at: NOW, reason: cast.reason };
  const denied = (change: Partial<Denial> = {}) =>
    ticketOf(cast, { ...decidedBy(cast), status: 'denied', denial: { ...denial, ...change }, closedAt: NOW });
  const risks = ['manager-changed', 'manager-not-checked'].map((code) => ({ code }));
  return [
    { name: 'waiting, a delegate is asked', ticket: ticketOf(cast, { ...decidedBy(cast), risks }) },
    {
      name: 'waiting, a delegate has approved',
      ticket: ticketOf(cast, {
        ...decidedBy(cast),
        rule: { ...ticketOf(cast).rule, needed: 2 },
        approvals: [{ by: cast.jonas, at: NOW, how: 'video', for: place }],
      }),
    },
    { name: 'denied, no repeats', ticket: denied() },
    { name: 'denied, repeats were barred', ticket: denied({ blockedUntil: NOW }) },
    { name: 'denied, repeats allowed again', ticket: denied({ lifted }) },
  ];
}

const sample = (name: string, draw: Sample['draw']): Sample => ({ name, draw, shows: [] });

/** What only some see of them: who was asked and is no longer, the helpdesk without a part, and who is away. */
export function approvalSamples(cast: Cast): Sample[] {
  const neutral = { id: 'a0000000-0000-4000-8000-000000000007', name: cast.otto.name };
  const former = ticketOf(cast, { formerApprovers: [other(cast)] });
  const others = approvedTicket(cast, [], {
    approvers: [cast.jonas, cast.mira].map((one) => ({ ...one, circle: 0, via: 'group' })),
  });
  const barred = approvalStates(cast).find(({ name }) => name === 'denied, no repeats')?.ticket ?? former;
  return [
    ...(['in-person', 'called-back'] as const).map((how) => {
      const given = approvedTicket(cast, [], { approvals: [{ by: cast.jonas, at: NOW, how }] });
      return sample(`approval: given, ${how}`, (words) => approvalCard({ view: seenBy(cast.jonas, given) }, words));
    }),
    sample('approval: decided by others', (words) => approvalCard({ view: seenBy(cast.mira, others) }, words)),
    sample('approval: asked no longer', (words) => approvalCard({ view: seenBy(other(cast), former) }, words)),
    sample('helpdesk, no part in it: denied, no repeats', (words) =>
      helpdeskTicketCard({ view: seenBy(neutral, barred, true) }, words),
    ),
    sample('queue: no further requests', (words) =>
      queueCard({ part: 'all', page: [seenBy(neutral, former, true)], most: 50, fullUntil: LATER }, words),
    ),
    ...Object.entries(absences(cast)).map(([name, model]) =>
      sample(`absence: ${name}`, (words) => absenceCard(model, words)),
    ),
  ];
}

function absences(cast: Cast): Record<string, AbsenceModel> {
  const inForce = { delegate: cast.jonas, from: NOW, until: UNTIL, inForce: true };
  const later = { delegate: cast.otto, from: LATER, until: UNTIL, inForce: false };
  const values = { awayFrom: '2026-01-12', awayUntil: '2026-01-10', person: cast.mira.name };
  return {
    none: { absences: [] },
    entered: { absences: [inForce], news: { kind: 'entered', name: cast.jonas.name } },
    'as many as there can be': { absences: [inForce, later, { ...later, delegate: cast.mira }] },
    ended: { absences: [], news: { kind: 'ended' } },
    'odd days': { absences: [inForce], values, problems: [{ field: 'awayUntil', code: 'away-times-odd' }] },
    'several people': {
      absences: [],
      values,
      problems: [{ field: 'person', code: 'person-ambiguous', facts: { name: cast.mira.name } }],
      candidates: [cast.mira, cast.otto],
    },
    'the other is away': {
      absences: [],
      values,
      problems: [{ field: 'person', code: 'delegate-away', facts: { name: cast.mira.name, when: UNTIL } }],
    },
  };
}
