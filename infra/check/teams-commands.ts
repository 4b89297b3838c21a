import { z } from 'zod';
import { matchCommand, wordsFor } from '../../cards';
import { SEARCH_TEXT, SEARCHES } from '../../bot/teams/searches';

/** What the manifest offers people to choose: words for the bot, and searches in message boxes. */
const Offers = z.object({
  bots: z.array(
    z.object({
      scopes: z.array(z.string()),
      commandLists: z.array(
        z.object({ scopes: z.array(z.string()), commands: z.array(z.object({ title: z.string() })) }),
      ),
    }),
  ),
  composeExtensions: z.array(
    z.object({
      commands: z.array(z.object({ id: z.string(), parameters: z.array(z.object({ name: z.string() })) })),
    }),
  ),
});

const offered = (manifest: unknown) =>
  Offers.parse(manifest).bots.flatMap(({ commandLists }, bot) =>
    commandLists.flatMap(({ commands, scopes }, list) =>
      commands.map(({ title }, at) => ({
        key: `bots[${bot}].commandLists[${list}].commands[${at}].title`,
        title,
        scopes,
      })),
    ),
  );

function unanswered(lang: string, title: string): string[] {
  return matchCommand(title, [wordsFor(lang)])
    ? []
    : [`The bot does not answer "${title}" (${lang}), which the manifest offers.`];
}

/**
 * Whether the bot does what its manifest promises: every command is one it answers, in each language as that language
 * words it, and every search is one it knows, and none is missing.
 * @param languages the texts of each language file, by its language
 */
export function commandBreaches(
  manifest: unknown,
  languages: ReadonlyMap<string, Readonly<Record<string, string>>>,
): string[] {
  const { bots, composeExtensions } = Offers.parse(manifest);
  const commands = offered(manifest);
  const said = [
    ...commands.flatMap(({ title }) => unanswered('en', title)),
    ...[...languages].flatMap(([lang, words]) => commands.flatMap(({ key }) => unanswered(lang, words[key] ?? key))),
  ];
  const searches = composeExtensions.flatMap((one) => one.commands);
  const ids = searches.map(({ id }) => id);
  const known: readonly string[] = SEARCHES;
  return [
    ...said,
    ...ids.filter((id) => !known.includes(id)).map((id) => `The bot does not know the search "${id}".`),
    ...known.filter((id) => !ids.includes(id)).map((id) => `The manifest does not offer the search "${id}".`),
    ...searches
      .filter(({ parameters }) => parameters.length !== 1 || parameters[0]?.name !== SEARCH_TEXT)
      .map(({ id }) => `The search "${id}" must have the one parameter "${SEARCH_TEXT}".`),
    ...bots.flatMap(({ scopes }) =>
      scopes
        .filter((scope) => !commands.some((command) => command.scopes.includes(scope)))
        .map((scope) => `The bot can be used in scope "${scope}", and offers no command there.`),
    ),
  ];
}
