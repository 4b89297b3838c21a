import { sharedView } from '../../bot/tickets/shared';
import {
  chatLink,
  groupCard,
  groupRefusalCard,
  helpdeskTicketCard,
  inPlace,
  publicPersonCard,
  publicTicketCard,
  queueCard,
  sharedQueueCard,
  sharedTicketCard,
  tooOldCard,
  withdrawnCard,
} from '../../cards';
import { type Sample } from './sample';
import { type State } from './states';
import { type Cast, NOW, seenBy } from './tickets';

const APP = '3f6d2a10-7b0e-4f5e-9a55-1c2d3e4f5a6b';
const chat = chatLink(APP, 'KV-7Q2M-9D');

function sample(name: string, draw: Sample['draw']): Sample {
  return { name, draw, shows: [] };
}

/** The cards of group chats and channels, and those that a search puts into a conversation. */
export function sharedSamples(cast: Cast, states: readonly State[]): Sample[] {
  return [
    ...states.flatMap(({ name, ticket }) => [
      sample(`shared: ${name}`, (words) => sharedTicketCard({ view: sharedView(ticket), chat }, words)),
      sample(`shared: ${name}, as helpdesk`, (words) => {
        const view = seenBy(cast.otto, ticket, true);
        return inPlace(helpdeskTicketCard({ view }, words), { view, shared: true }, words);
      }),
      sample(`found: ${name}`, (words) => publicTicketCard({ ...ticket, chat }, words)),
    ]),
    sample('shared: taken away', (words) => withdrawnCard({ shortId: 'KV-7Q2M-9D', chat }, words)),
    sample('found: a person', (words) => publicPersonCard({ name: cast.anna.name, chat }, words)),
    ...states.slice(0, 1).map(({ ticket }) =>
      sample('shared: from the queue', (words) => {
        const view = seenBy(cast.otto, ticket, true);
        return inPlace(helpdeskTicketCard({ view }, words), { view, shared: false }, words);
      }),
    ),
    ...[0, 3].map((overdue) =>
      sample(`queue: for all, ${overdue} overdue`, (words) =>
        sharedQueueCard({ part: 'all', counts: { overdue, unassigned: 25 }, most: 25, at: NOW, chat }, words),
      ),
    ),
    sample('queue: in place', (words) => {
      const page = states.slice(0, 5).map(({ ticket }) => seenBy(cast.otto, ticket, true));
      const counts = { overdue: 3, unassigned: 25, mine: 2 };
      return queueCard({ part: 'all', page, counts, most: 25, next: 'cGFnZS0y', inPlace: true }, words);
    }),
    sample('group: mentioned', (words) => groupCard({ chat: chatLink(APP) }, words)),
    sample('group: client too old', (words) => tooOldCard({ chat: chatLink(APP) }, words)),
    ...[
      'personal-only',
      'share-helpdesk-only',
      'shared-enough',
      'place-gone',
      'place-too-large',
      'place-has-guests',
      'place-not-helpdesk',
    ].map((code) =>
      sample(`group refusal: ${code}`, (words) =>
        groupRefusalCard({ code, facts: { most: 5, place: '19:a1b2@thread.tacv2' }, chat }, words),
      ),
    ),
  ];
}
