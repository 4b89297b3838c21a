import { shownCard, type ChatMessage, type FilePart, type TeamsGroup, type TeamsPerson } from '../teams';
import { type PageGroup, type PageMessage, type PagePerson } from './wire';

export const pagePerson = ({ id, name, title, locale, userPrincipalName, installed }: TeamsPerson): PagePerson => ({
  id,
  name,
  title,
  locale,
  upn: userPrincipalName,
  installed,
});

export const pageGroup = ({ id, name, kind, members }: TeamsGroup): PageGroup => ({ id, name, kind, members });

/** A message of a conversation of several, for one reader. */
export function groupMessage(message: ChatMessage, reader: string, nameOf: (person: string) => string): PageMessage {
  const { by } = message;
  const other = by !== undefined && by !== reader ? { by: { id: by, name: nameOf(by) } } : {};
  // Nobody counts what is new in a conversation of several.
  return { ...pageMessage(message), unread: false, ...other };
}

export function pageMessage(message: ChatMessage): PageMessage {
  const { id, from, at, text, format, updatedAt, unread, busy, alert, revision, view, file } = message;
  const card = shownCard(message);
  return {
    id,
    from,
    at,
    text,
    format,
    unread,
    busy,
    revision,
    own: view !== undefined,
    ...(card && { card }),
    ...(file && { file: pageFile(file) }),
    ...(updatedAt && { updatedAt }),
    ...(alert && { alert }),
  };
}

/** Without what goes back to the bot: the page has no use for it. */
function pageFile(file: FilePart): NonNullable<PageMessage['file']> {
  return file.kind === 'file' ? file : { kind: 'offer', name: file.name, description: file.description };
}
