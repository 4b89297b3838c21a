import {
  deliveriesCard,
  fileOfferedCard,
  helpdeskTicketCard,
  historyCard,
  queueCard,
  whoCard,
  whoChoiceCard,
} from '../../cards';
import { type DeliveryReport, type HistoryLine } from '../../bot/tickets/desk-lines';
import { QUEUE_PARTS } from '../../bot/tickets/queue';
import { OLD_KEYS } from './other-flows';
import { type Sample } from './sample';
import { statesOf } from './states';
import { approvedTicket, type Cast, LATER, NOW, seenBy, SOON, ticketOf } from './tickets';

function sample(name: string, draw: Sample['draw']): Sample {
  return { name, draw, shows: [] };
}

/** What the helpdesk sees beside the states of a ticket: the queue, history, deliveries, people, files. */
export function helpdeskSamples(cast: Cast): Sample[] {
  return [...queues(cast), ...tickets(cast), ...lookingBack(cast), ...people(cast)];
}

function queues(cast: Cast): Sample[] {
  const assigned = { to: cast.otto, at: NOW };
  const all = statesOf(cast)
    .slice(4, 12)
    .map(({ ticket }, at) => ({
      ...ticket,
      id: `${ticket.id}-${at}`,
      ...(at < 2 && { openedAt: '2026-01-09T07:48:00.000Z', decidedAt: '2026-01-09T08:00:00.000Z' }),
      ...(at % 3 === 1 && { assigned }),
    }));
  const stuck = approvedTicket(cast, ['choose'], {
    id: 'stuck',
    parked: { step: 'vouch', code: 'code-dead', at: NOW },
    assigned: { to: cast.mira, at: NOW },
  });
  const page = [stuck, ...all].slice(0, 8).map((ticket) => seenBy(cast.otto, ticket, true));
  const rare = statesOf(cast)
    .filter(({ name }) => name === 'frozen' || name === 'confirm' || name === 'tidy')
    .map(({ name, ticket }) => seenBy(cast.otto, { ...ticket, id: name }, true));
  const counts = { overdue: 3, unassigned: 25, mine: 2 };
  const none = { overdue: 0, unassigned: 0, mine: 0 };
  return [
    sample('queue', (words) => queueCard({ part: 'all', page, counts, most: 25, next: 'cGFnZS0y' }, words)),
    sample('queue: second page, mine', (words) => queueCard({ part: 'mine', page: page.slice(0, 2), most: 25 }, words)),
    sample('queue: frozen, and at work', (words) => queueCard({ part: 'oldest', page: rare, most: 25 }, words)),
    sample('queue: a part nobody knows', (words) =>
      queueCard({ part: 'all', page: page.slice(0, 1), counts: none, most: 25, unknown: cast.reason }, words),
    ),
    sample('queue: nothing left on this page', (words) =>
      queueCard({ part: 'all', page: [], most: 25, next: 'eA' }, words),
    ),
    ...QUEUE_PARTS.map((part) =>
      sample(`queue: empty, ${part}`, (words) => queueCard({ part, page: [], counts: none, most: 25 }, words)),
    ),
  ];
}

const LINES = (cast: Cast): HistoryLine[] => {
  const person = { kind: 'person' as const, name: cast.anna.name };
  const line = (seq: number, kind: string, more: Partial<HistoryLine> = {}): HistoryLine => ({
    ...{ seq, at: NOW, kind, by: person, names: [], facts: {} },
    ...more,
  });
  const service = { by: { kind: 'service' as const } };
  return [
    line(9, 'commented', { text: cast.reason, by: { kind: 'person', name: cast.otto.name } }),
    line(8, 'nudged', { names: [cast.jonas.name, cast.mira.name] }),
    line(7, 'parked', { ...service, code: 'graph-unreachable' }),
    line(6, 'parked', { ...service, code: 'quite-new' }),
    line(5, 'assigned', { names: [cast.mira.name] }),
    line(5, 'assigned', { names: [cast.anna.name] }),
    line(5, 'passkeys-taken-back', { facts: { methodIds: 0 } }),
    line(4, 'unreached', { ...service, names: [cast.jonas.name], code: 'not-installed' }),
    line(3, 'denied', { by: { kind: 'person' }, text: cast.reason }),
    line(2, 'a-new-kind'),
    line(1, 'opened', { text: cast.reason }),
  ];
};

function tickets(cast: Cast): Sample[] {
  const history = { lines: LINES(cast).slice(0, 5), newer: 0, older: 4 };
  const colleagues = [cast.mira, cast.jonas];
  const draw = (name: string, ticket: ReturnType<typeof ticketOf>): Sample =>
    sample(`helpdesk: ${name}`, (words) =>
      helpdeskTicketCard({ view: seenBy(cast.otto, ticket, true), history, colleagues }, words),
    );
  const risks = ['pass-live', 'no-phone'].map((code) => ({ code }));
  const approvers = [cast.jonas, cast.mira].map((one) => ({ ...one, circle: 0, via: 'group' as const }));
  return [
    draw('looked at, waiting', ticketOf(cast, { risks, approvers, assigned: { to: cast.mira, at: NOW } })),
    draw('looked at, mine, all reminded', {
      ...ticketOf(cast, { approvers, assigned: { to: cast.otto, at: NOW } }),
      postedAnew: { [cast.jonas.id]: NOW, [cast.mira.id]: NOW },
    }),
    draw(
      'looked at, stuck',
      approvedTicket(cast, ['choose'], {
        parked: { step: 'vouch', code: 'code-dead', at: NOW, takenBy: cast.otto },
        comments: [{ by: cast.otto, at: NOW, text: cast.reason }],
      }),
    ),
  ];
}

function lookingBack(cast: Cast): Sample[] {
  const ticket = { id: '01KESAMPLE000000000007Q2M9D', shortId: 'KV-7Q2M-9D', nonce: 'v4' };
  const lines = LINES(cast);
  const report: DeliveryReport = {
    lines: [
      { person: cast.jonas, slot: 'approval', state: 'posted', at: NOW, inPlace: false },
      { person: cast.mira, slot: 'approval', state: 'not-reached', code: 'not-installed' },
      { person: cast.anna, slot: 'progress', state: 'posted', at: SOON, inPlace: true },
      { person: cast.otto, slot: 'handover', state: 'none' },
    ],
    helpdesk: 2,
  };
  return [
    sample('history', (words) => historyCard({ ticket, page: { lines, newer: 0, older: 7 } }, words)),
    sample('history: last page', (words) =>
      historyCard({ ticket, page: { lines: lines.slice(-2), newer: 12, older: 0 } }, words),
    ),
    sample('history: none', (words) => historyCard({ ticket, page: { lines: [], newer: 0, older: 0 } }, words)),
    sample('deliveries', (words) => deliveriesCard({ ticket, report, at: LATER }, words)),
    sample('file offered', (words) => fileOfferedCard(words)),
  ];
}

function people(cast: Cast): Sample[] {
  const nothing = {
    ...{ person: cast.anna, userPrincipalName: 'anna.keller@contoso.example', enabled: true, external: false },
    ...{ methods: [], keys: [], readiness: [], workstations: [], open: [], recent: [] },
  };
  const tickets_ = statesOf(cast).map(({ ticket }) => seenBy(cast.otto, ticket, true));
  const everything = {
    ...nothing,
    ...{
      jobTitle: 'Accountant',
      department: cast.workstation,
      manager: cast.jonas.name,
      enabled: false,
      external: true,
    },
    methods: [
      { kind: 'password' },
      { kind: 'phone', name: 'mobile' },
      ...['windowsHelloForBusiness', 'platformCredential', 'microsoftAuthenticator'].map((kind) => ({ kind })),
      { kind: 'temporaryAccessPass', usable: true, createdAt: NOW },
      { kind: 'a-new-kind', name: cast.workstation },
    ],
    keys: OLD_KEYS,
    readiness: [
      { state: 'ok' as const, code: 'account-enabled' },
      { state: 'stop' as const, code: 'self-service-off' },
      { state: 'not-checked' as const, code: 'conditional-access-not-checked' },
    ],
    workstations: [
      { name: cast.workstation, kind: 'own' as const, state: 'active', lastSeenAt: NOW },
      { name: 'DESK-01', kind: 'desk' as const, state: 'pairing' },
    ],
    open: tickets_.slice(0, 2),
    recent: tickets_.slice(-3),
  };
  return [
    sample('who: nothing known', (words) => whoCard(nothing, words)),
    sample('who: everything', (words) => whoCard(everything, words)),
    sample('who: several', (words) =>
      whoChoiceCard({ said: cast.anna.name, candidates: [cast.anna, cast.jonas, cast.mira] }, words),
    ),
    sample('who: nobody', (words) => whoChoiceCard({ said: cast.anna.name, candidates: [] }, words)),
    sample('who: not said', (words) => whoChoiceCard({ said: '', candidates: [] }, words)),
  ];
}
