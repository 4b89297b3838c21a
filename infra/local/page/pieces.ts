import { shownCard, type ChatMessage, type TeamsPerson } from '../teams';
import { type PageMessage, type PagePerson } from './wire';

export const pagePerson = ({ id, name, title, locale, userPrincipalName, installed }: TeamsPerson): PagePerson => ({
  id,
  name,
  title,
  locale,
  upn: userPrincipalName,
  installed,
});

export function pageMessage(message: ChatMessage): PageMessage {
  const { id, from, at, text, format, updatedAt, unread, busy, alert, revision, view } = message;
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
    ...(updatedAt && { updatedAt }),
    ...(alert && { alert }),
  };
}
