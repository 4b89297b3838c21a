import { detailsOf } from '../service/details';
import { DONE, type Run } from './effect';

/** Tells the helpdesk about a ticket that needs them: a card to each member who has met the bot. */
export const helpdeskCards: Run<'helpdesk-cards'> = async (deps, ticket) => {
  const members = await deps.entra.people.members(deps.settings.helpdeskGroup);
  await Promise.all(
    members.map(async ({ id, displayName }) => {
      if (!(await deps.conversations.get(id))) return;
      const person = { id, name: displayName };
      const details = await detailsOf(deps, ticket, { ...person, helpdesk: true });
      if (details) await deps.messenger.card({ person, slot: 'helpdesk', nudge: false, details });
    }),
  );
  return DONE;
};
