import { detailsOf } from '../service/details';
import { helpdeskMembers } from '../service/helpdesk-members';
import { needsHelp } from '../tickets/help';
import { asItIsNow } from './as-it-is-now';
import { DONE, type Run } from './effect';

/**
 * Tells the helpdesk about a ticket that needs them: a card to each member who has met the bot. Once it needs them no
 * more, the cards that are out there are brought up to date, and no new one is posted.
 */
export const helpdeskCards: Run<'helpdesk-cards'> = (deps, ticket, { nudge = false, to }) =>
  asItIsNow(deps, ticket, async (now, first) => {
    const posts = await deps.conversations.cardsOf(now.id);
    const holders = posts.filter(({ slot }) => slot === 'helpdesk').map(({ person }) => person);
    const needed = needsHelp(now);
    if (!needed && holders.length === 0 && to === undefined) return DONE;
    const members = await helpdeskMembers(deps);
    const concerned = members.filter(({ id }) => needed || holders.includes(id) || id === to);
    // All come to their end before one that failed is told: what still runs then would bring an old state late.
    const tellings = await Promise.allSettled(
      concerned.map(async ({ id, displayName }) => {
        if (!(await deps.conversations.get(id))) return;
        const person = { id, name: displayName };
        const details = await detailsOf(deps, now, { ...person, helpdesk: true });
        if (details)
          await deps.messenger.card({ person, slot: 'helpdesk', nudge: (nudge || id === to) && first, details });
      }),
    );
    const failed = tellings.find((telling) => telling.status === 'rejected');
    if (failed) throw failed.reason;
    return DONE;
  });
