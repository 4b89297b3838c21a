import { type Activity } from 'botbuilder';
import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import {
  type AdaptiveCard,
  chatLink,
  personPreview,
  type Preview,
  publicPersonCard,
  publicTicketCard,
  saidOf,
  ticketPreview,
  type Words,
  wordsFor,
} from '../../cards';
import { type Deps, memberOf, searchPeople, searchTickets } from '../service';
import { CARD } from './reply';
import { SEARCH_TEXT, SEARCHES } from './searches';
import { type Speaker } from './who';
import { late, within } from './within';

/** Teams waits five seconds for a search. */
const ANSWER_WITHIN_MS = 4_000;

/** `composeExtension/query`: which search, and what was typed; `initialRun`: nothing yet. */
const Query = z.object({
  commandId: z.enum(SEARCHES),
  parameters: z.array(z.object({ name: z.string(), value: z.string().max(2000).catch('') })).default([]),
});

const PREVIEW = 'application/vnd.microsoft.card.thumbnail';

interface Found {
  /** Put into the conversation, for all who read it. */
  card: AdaptiveCard;
  /** In the list of results, for the one who searches. */
  preview: Preview;
}

/** What Teams shows of a search: a list, or a sentence in its place (Teams docs, "Respond to search command"). */
export type Searched = { type: 'message'; text: string } | ReturnType<typeof resultOf>;

function resultOf(found: readonly Found[]) {
  return {
    type: 'result',
    attachmentLayout: 'list',
    attachments: found.map(({ card, preview }) => ({
      contentType: CARD,
      content: card,
      preview: { contentType: PREVIEW, content: preview },
    })),
  } as const;
}

async function tickets(deps: Deps, speaker: Speaker, text: string, words: Words): Promise<Searched> {
  const member = await memberOf(deps, speaker.person);
  const found = await searchTickets(
    deps,
    member,
    text,
    ({ flow, status }) => `${words.flows[flow]} ${words.statuses[status]}`,
  );
  if (found.length === 0) return { type: 'message', text: words.search.none };
  const { appId = '' } = deps.settings;
  return resultOf(
    found.map((view) => {
      const { shortId, flow, status } = view;
      const chat = chatLink(appId, shortId);
      return { card: publicTicketCard({ shortId, flow, status, chat }, words), preview: ticketPreview(view, words) };
    }),
  );
}

async function people(deps: Deps, speaker: Speaker, text: string, words: Words): Promise<Searched> {
  const member = await memberOf(deps, speaker.person);
  if (!member.helpdesk) return { type: 'message', text: words.search.helpdeskOnly };
  if (text.trim().length < 2) return { type: 'message', text: words.search.short };
  const found = await searchPeople(deps, member, text);
  if (found.length === 0) return { type: 'message', text: words.search.nonePeople };
  const { appId = '' } = deps.settings;
  return resultOf(
    found.map(({ displayName: name, userPrincipalName: upn, jobTitle }) => ({
      card: publicPersonCard({ name, chat: chatLink(appId, `who ${upn}`) }, words),
      preview: personPreview({ name, upn, ...(jobTitle && { jobTitle }) }),
    })),
  );
}

/**
 * What a search in a message box finds. Only its list is for the one who searches; what they choose is put into the
 * conversation they are in, so those cards hold public facts alone.
 */
export async function searched(deps: Deps, speaker: Speaker, activity: Partial<Activity>): Promise<Searched> {
  let words = wordsFor(speaker.locale ?? deps.settings.language);
  try {
    return await within(
      ANSWER_WITHIN_MS,
      (async () => {
        const known = await deps.conversations.get(speaker.person);
        words = wordsFor(known?.locale ?? speaker.locale ?? deps.settings.language);
        const query = Query.safeParse(activity.value);
        if (!query.success) return { type: 'message', text: words.search.unknown } as const;
        const text = query.data.parameters.find(({ name }) => name === SEARCH_TEXT)?.value ?? '';
        const search = query.data.commandId === 'people' ? people : tickets;
        return search(deps, speaker, text, words);
      })(),
    );
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'unexpected';
    deps.log('search-failed', { code });
    if (late(error)) return { type: 'message', text: words.search.slow };
    const said = code === 'not-a-member' ? saidOf(code, undefined, words) : undefined;
    return { type: 'message', text: said ? `${said.say} ${said.todo}` : words.search.failed };
  }
}
