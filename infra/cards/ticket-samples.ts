import { approvalCard, helpdeskTicketCard, progressCard, sentCard, staleCard } from '../../cards';
import { type Ticket } from '../../bot/tickets/ticket';
import { type Sample } from './sample';
import { type State, workstationOf } from './states';
import { type Cast, NOW, seenBy } from './tickets';

const contact = {
  phones: ['+49 89 5550 1234', '+49 170 555 0199'],
  jobTitle: 'Accountant',
  department: 'Accounts payable',
  manager: 'Jonas Weber',
};
const unknown = { phones: [], workstations: [] };

/** The cards of a ticket, as each person of it sees it in each state. */
export function ticketSamples(cast: Cast, states: readonly State[]): Sample[] {
  return states.flatMap((state) => [
    ...progress(cast, state),
    ...approval(cast, state),
    helpdesk(cast, state),
    stale(cast, state),
    sent(cast, state),
  ]);
}

function sample(name: string, draw: Sample['draw']): Sample {
  return { name, draw, shows: [] };
}

/** The same ticket, asked by Mira and handed over by Otto. */
function onBehalf(cast: Cast, ticket: Ticket): Ticket {
  return { ...ticket, requester: cast.mira, hander: cast.otto };
}

function progress(cast: Cast, { name, ticket }: State): Sample[] {
  const job = ticket.job?.state === 'offered' ? { jobNumber: '42' } : {};
  const workstation = workstationOf(cast);
  const own = seenBy(cast.anna, ticket);
  const behalf = onBehalf(cast, ticket);
  const choosing = name === 'choose';
  const several = [workstation, { id: 'ws-2', name: 'WS-LAB-2', kind: 'own' as const }];
  const drawn = (who: string, view = own, list = [workstation]) =>
    sample(`progress: ${name}, ${who}`, (words) => progressCard({ view, ...job, workstations: list }, words));
  return [
    drawn('as subject'),
    ...(choosing ? [drawn('nothing paired', own, []), drawn('several paired', own, several)] : []),
    drawn('as requester on behalf', seenBy(cast.mira, behalf)),
    drawn('as hander', seenBy(cast.otto, behalf)),
  ];
}

function approval(cast: Cast, { name, ticket }: State): Sample[] {
  // Nobody is asked yet.
  if (ticket.askedCircle < 0) return [];
  const asked =
    ticket.approvers.length > 0
      ? ticket
      : { ...ticket, approvers: [{ ...cast.jonas, circle: 0, via: 'person' as const }] };
  const undecided = name === 'waiting, one of two' ? cast.mira : cast.jonas;
  const view = seenBy(undecided, asked);
  const missing = name !== 'waiting' && view.can.includes('approve');
  const problems = missing ? [{ field: 'how' as const, code: 'recognition-missing' }] : [];
  const paired = { ...contact, workstations: [cast.workstation, 'WS-LAB-2'] };
  return [
    sample(`approval: ${name}`, (words) => approvalCard({ view, problems, contact: paired }, words)),
    ...(name === 'waiting' || name === 'waiting, with risks'
      ? [sample(`approval: ${name}, nothing known`, (words) => approvalCard({ view, contact: unknown }, words))]
      : []),
  ];
}

function helpdesk(cast: Cast, { name, ticket }: State): Sample {
  const comments = [{ by: cast.otto, at: NOW, text: cast.reason }];
  const view = seenBy(cast.otto, { ...onBehalf(cast, ticket), comments }, true);
  return sample(`helpdesk: ${name}`, (words) => helpdeskTicketCard({ view }, words));
}

function stale(cast: Cast, { name, ticket }: State): Sample {
  return sample(`stale: ${name}`, (words) =>
    staleCard({ view: seenBy(cast.anna, ticket), contact, refusal: { code: 'already-decided' } }, words),
  );
}

function sent(cast: Cast, { name, ticket }: State): Sample {
  return sample(`sent: ${name}`, (words) => sentCard({ view: seenBy(cast.anna, ticket) }, words));
}
