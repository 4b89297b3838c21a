import { placeNow } from '../service/places';
import { isSharedIn, sharedView } from '../tickets/shared';
import { asItIsNow } from './as-it-is-now';
import { DONE, type Result, type Run } from './effect';

function unshare(place: string, why: 'bot-removed' | 'members-changed'): Result {
  return { kind: 'outcome', command: { kind: 'unshare', place, why, helpdesk: false } };
}

/**
 * Brings a ticket's card in a group chat or channel up to date, for everybody there; takes it out where the ticket is not
 * shared there any more, or may not be.
 */
export const sharedCard: Run<'shared-card'> = (deps, ticket, { place: id }) =>
  asItIsNow(deps, ticket, async (now) => {
    if (!isSharedIn(now, id)) {
      await deps.messenger.withdrawCard({ ticket: now.id, shortId: now.shortId, place: id });
      return DONE;
    }
    const here = await placeNow(deps, id);
    if ('barred' in here) return unshare(id, here.barred === 'place-gone' ? 'bot-removed' : 'members-changed');
    const { place, readers } = here;
    const delivered = await deps.messenger.sharedCard({ place, view: sharedView(now), readers, nudge: false });
    return delivered === 'gone' ? unshare(id, 'bot-removed') : DONE;
  });
