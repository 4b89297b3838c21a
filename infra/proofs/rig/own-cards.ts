import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Status } from '../../../bot/tickets/ticket';
import { standingOn, ticketsOn } from '../../local/play/reading';
import { type TeamsStandIn } from '../../local/teams';

const Posted = z.object({ attachments: z.array(z.object({ content: z.unknown() })).default([]) });
const Replied = z.object({ id: z.string() });
/** botbuilder answers a line under that line's own id, which is a number; what it posts unasked goes under other ids. */
const ANSWER = /\/activities\/\d+$/;

/** Answers to typed lines: they tell how it stood when somebody asked, and are nobody's own card of a ticket. */
function answersIn(teams: TeamsStandIn): { ids: Set<string>; cards: unknown[] } {
  const answers = teams
    .traffic()
    .filter(({ way, method, path }) => way === 'from-bot' && method === 'POST' && ANSWER.test(path));
  const ids = answers.flatMap(({ reply }) => Replied.safeParse(reply).data?.id ?? []);
  // Where the reply was lost on purpose, Teams knows the id and the record does not.
  const cards = answers.flatMap(({ status, request }) =>
    status === 0 ? (Posted.safeParse(request).data?.attachments.map(({ content }) => content) ?? []) : [],
  );
  return { ids: new Set(ids), cards };
}

/** How the newest card of a ticket that came to a person by itself says it stands; undefined: there is none. */
export function ownCardSays(teams: TeamsStandIn, person: string, ticket: string): Status | undefined {
  const { ids, cards } = answersIn(teams);
  const own = teams.chat(person).findLast(({ id, card }) => {
    if (!card || ids.has(id) || !ticketsOn(card).includes(ticket)) return false;
    return !cards.some((answer) => isDeepStrictEqual(answer, card));
  });
  return own?.card && standingOn(own.card);
}
