import { type EntraStandIn } from '../../entra';
import { type MailPort } from '../ports';

const SIGNS: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

/** What a mail program shows of a mail in simple HTML: its paragraphs, and behind each link where it leads. */
export function textOf(html: string): string {
  return html
    .replace(/<head>[\s\S]*?<\/head>/g, '')
    .replace(/<a href="([^"]*)">([\s\S]*?)<\/a>/g, '$2: $1')
    .replace(/<\/p>\s*/g, '\n\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => SIGNS[name] ?? '')
    .trim();
}

/** Every mail that Graph was asked to send. */
export function mailPort(entra: EntraStandIn): MailPort {
  return {
    mails: () =>
      entra
        .mails()
        .map(({ at, to, subject, body }, index) => ({
          id: `${index} ${at}`,
          at: new Date(at).toISOString(),
          to: to.join(', '),
          subject,
          text: textOf(body),
        }))
        .toReversed(),
    subscribe: (changed) => entra.subscribe(changed),
  };
}
