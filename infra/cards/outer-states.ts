import { type OuterLink } from '../../bot/tickets/outer';
import { type State } from './states';
import { approvedTicket, type Cast, NOW, ticketOf } from './tickets';

/** States of a ticket that another ticket system is told of. The number of a hostile cast is as hostile as it may be. */
export function outerStates(cast: Cast): State[] {
  const outer = (change: Partial<OuterLink>): { outer: OuterLink } => ({
    outer: { to: ['webhook', 'servicenow'], failed: [], ...change },
  });
  const given = { number: 'INC0010023', by: 'servicenow' as const, at: NOW };
  const url = 'https://contoso.service-now.com/nav_to.do?uri=incident.do%3Fsys_id%3D0a1b';
  const failed = ['outer-unreachable', 'outer-gone', 'outer-sign-in', 'outer-quite-new'].map((code) => ({
    ...{ to: 'servicenow' as const, code, at: NOW },
  }));
  const long = { number: 'IT_*_'.repeat(8), by: 'webhook' as const, at: NOW };
  return [
    { name: 'no number yet', ticket: ticketOf(cast, outer({})) },
    { name: 'a number', ticket: ticketOf(cast, outer({ number: given })) },
    { name: 'a number with a link', ticket: approvedTicket(cast, [], outer({ number: { ...given, url } })) },
    { name: 'a number typed by hand', ticket: ticketOf(cast, outer({ number: { ...long, url, by: 'hand' } })) },
    { name: 'a long number', ticket: ticketOf(cast, outer({ number: long })) },
    { name: 'cannot be told', ticket: approvedTicket(cast, [], outer({ failed })) },
    {
      name: 'done, cannot be told',
      ticket: approvedTicket(cast, [], {
        ...outer({ number: { ...given, url }, failed: failed.slice(0, 1) }),
        status: 'done',
        closedAt: NOW,
      }),
    },
  ];
}
