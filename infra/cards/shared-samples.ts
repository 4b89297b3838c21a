import { sharedView } from '../../bot/tickets/shared';
import {
  chatLink,
  groupCard,
  groupRefusalCard,
  helpdeskTicketCard,
  inPlace,
  publicPersonCard,
  publicTicketCard,
  sharedTicketCard,
  tooOldCard,
  withdrawnCard,
} from '../../cards';
import { type Sample } from './sample';
import { type State } from './states';
import { type Cast, seenBy } from './tickets';

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
        return inPlace(helpdeskTicketCard({ view }, words), view, words);
      }),
      sample(`found: ${name}`, (words) => publicTicketCard({ ...ticket, chat }, words)),
    ]),
    sample('shared: taken away', (words) => withdrawnCard({ shortId: 'KV-7Q2M-9D', chat }, words)),
    sample('found: a person', (words) => publicPersonCard({ name: cast.anna.name, chat }, words)),
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
