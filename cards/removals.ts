import { type Removal, type Ticket } from '../bot/tickets/ticket';
import { type TicketView } from '../bot/tickets/view';
import { type CardElement } from './card';
import { box, quiet, text } from './elements';
import { fill } from './fill';
import { keyRemovals, keyRemovalsAsked } from './key-found';
import { time } from './moments';
import { plain } from './plain';
import { type Words } from './words/en';

const SIGN: Record<Removal['state'], string> = { named: '○', due: '●', removed: '✓', kept: '○' };

/** What becomes of the old keys, one a line; undefined where none goes. */
export function removals(view: TicketView, words: Words, reader?: 'helpdesk'): CardElement | undefined {
  const { removals: list, contained, status, sessionsRevokedAt } = view;
  if (view.flow === 'locked-pin') return keyRemovals(view, words);
  if (list.length === 0) return undefined;
  const say = words.progress.removal;
  const waits = list.some(({ state }) => state === 'named');
  const over = status !== 'waiting' && status !== 'approved';
  const { stays, waits: untilThen } = reader ? say.desk : say;
  if (waits && over) return box('attention', [text(`! ${stays}`, { weight: 'bolder' })]);
  return box('emphasis', [
    text(say.title, { weight: 'bolder' }),
    ...list.map((one) => text(`${SIGN[one.state]} ${becomes(one, view, words)}`, { spacing: 'small' })),
    waits && status === 'waiting' ? quiet(untilThen) : undefined,
    contained ? quiet(say.contained) : undefined,
    sessionsRevokedAt ? text(`✓ ${say.revoked}`, { spacing: 'small' }) : undefined,
  ]);
}

function becomes({ passkey, state }: Removal, { status, removalsBy }: TicketView, words: Words): string {
  const say = words.progress.removal;
  const name = plain(passkey.name, 60);
  if (state !== 'named' || status === 'waiting') return fill(say[state], { name });
  return removalsBy ? fill(say.by, { name, when: time(removalsBy) }) : fill(say.due, { name });
}

/** The keys that can still be used where the request ends now; empty: none. */
export function stayingKeys({ flow, removals: list }: TicketView): string {
  // A locked key is in the hand of its owner.
  const stay = list.filter(({ state }) => state === 'named' && flow !== 'locked-pin');
  return stay.map(({ passkey }) => plain(passkey.name, 60)).join(', ');
}

/** Whether a freeze would leave a key on the account that is still to go: it stops every removal. */
export function freezeKeepsKeys({ removals: list }: Pick<Ticket, 'removals'>): boolean {
  return list.some(({ state }) => state === 'named' || state === 'due');
}

/** The same for the one who decides: what goes if they approve, or has gone already. */
export function removalsAsked(view: TicketView, words: Words): CardElement | undefined {
  if (view.flow === 'locked-pin') return keyRemovalsAsked(view, words);
  if (view.removals.length === 0) return undefined;
  const say = words.approval;
  const names = view.removals.map(({ passkey }) => plain(passkey.name, 60)).join(', ');
  const sentence = view.contained ? say.removed : say.removes;
  return text(fill(sentence, { names, subject: plain(view.subject.name, 60) }), { spacing: 'small', weight: 'bolder' });
}
