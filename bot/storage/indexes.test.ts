import { type Ticket } from '../tickets/ticket';
import { ADA, BOB, EVE, START, openTicket } from './example.fixture';
import { indexRows } from './indexes';

/** Without those of the queue and those by which openings are counted, which have tests of their own. */
const rowsOf = (...of: Parameters<typeof indexRows>) =>
  indexRows(...of).filter(({ kind }) => kind !== 'opening' && kind !== 'queue');
const kinds = (ticket: Ticket) => rowsOf(ticket, [], [], START).map(({ pk }) => pk);

describe('the pointers that a ticket needs', () => {
  test.each<[string, Partial<Ticket>, string[]]>([
    ['waiting', {}, [`person~${ADA.id}`, `waiting~${BOB.id}`, 'open']],
    [
      'on behalf',
      { requester: EVE, hander: BOB },
      [`person~${EVE.id}`, `person~${ADA.id}`, `person~${BOB.id}`, `waiting~${BOB.id}`, 'open'],
    ],
    ['a circle not asked yet', { approvers: [{ ...BOB, circle: 1, via: 'group' }] }, [`person~${ADA.id}`, 'open']],
    [
      'one of two has approved',
      {
        approvers: [
          { ...BOB, circle: 0, via: 'group' },
          { ...EVE, circle: 0, via: 'group' },
        ],
        approvals: [{ by: BOB, at: START, how: 'video' }],
      },
      [`person~${ADA.id}`, `waiting~${EVE.id}`, 'open'],
    ],
    ['approved', { status: 'approved' }, [`person~${ADA.id}`, 'open']],
    ['frozen', { status: 'frozen' }, [`person~${ADA.id}`, `frozen~${ADA.id}`, 'open']],
    ...(['done', 'denied', 'cancelled', 'expired'] as const).map((status): [string, Partial<Ticket>, string[]] => [
      status,
      { status },
      [`person~${ADA.id}`],
    ]),
  ])('%s', (_, change, pks) => expect(kinds(openTicket(change))).toEqual(pks));

  test('lists sort by time: of a person newest first, else oldest first', () => {
    const rows = [0, 1].map((day) =>
      rowsOf(openTicket({ openedAt: `2025-03-0${day + 1}T00:00:00.000Z` }), [], [], START),
    );
    expect(rows[0]![0]!.rk > rows[1]![0]!.rk).toBe(true);
    expect(rows[0]!.at(-1)!.rk < rows[1]!.at(-1)!.rk).toBe(true);
  });

  test('due rows: the earliest moment, and never before now', () => {
    const ticket = openTicket({ status: 'done' });
    const wanted = [{ effect: { kind: 'helpdesk-cards' } as const, notBefore: '2025-03-04T12:00:00.000Z' }];
    const due = (times: string[], now: string) =>
      rowsOf(ticket, wanted, times, now)
        .slice(1)
        .map(({ pk, rk }) => `${pk} ${rk}`);
    expect(due(['2025-03-05T01:00:00.000Z', '2025-03-04T23:59:59.000Z'], START)).toEqual([
      `due-time~2025030423 2025-03-04T23:59:59.000Z~${ticket.id}`,
      `due-outbox~2025030412 2025-03-04T12:00:00.000Z~${ticket.id}`,
    ]);
    const late = '2025-03-06T07:08:09.000Z';
    expect(due(['2025-03-05T01:00:00.000Z'], late)).toEqual([
      `due-time~2025030607 ${late}~${ticket.id}`,
      `due-outbox~2025030607 ${late}~${ticket.id}`,
    ]);
  });
});
