import { type HistoryLine, type HistoryPage } from '../bot/tickets/desk-lines';
import { type TicketId } from '../bot/tickets/ids';
import { button } from './actions';
import { type AdaptiveCard, type TextBlock } from './card';
import { card, heading, text } from './elements';
import { fill } from './fill';
import { stamp } from './moments';
import { names } from './people';
import { plain } from './plain';
import { entry, whyOf } from './said';
import { type Words } from './words/en';

export interface HistoryModel {
  ticket: { id: TicketId; shortId: string; nonce: string };
  page: HistoryPage;
}

/** A page of what happened to a ticket, newest first. */
export function historyCard({ ticket, page }: HistoryModel, words: Words): AdaptiveCard {
  const say = words.history;
  const { lines, newer, older } = page;
  const at = { ticket: ticket.id, nonce: ticket.nonce };
  const size = Math.max(lines.length, 1);
  const goTo = (from: number) => ({ ...at, subject: String(Math.max(0, from)) });
  return card(
    words,
    say.title,
    [
      heading(fill(say.of, { ticket: ticket.shortId })),
      ...(lines.length === 0 ? [text(say.none)] : lines.map((line) => historyLine(line, words))),
    ],
    [
      older > 0 ? button('history', words.buttons.older, goTo(newer + size)) : undefined,
      newer > 0 ? button('history', words.buttons.newer, goTo(newer - 12)) : undefined,
      button('open-ticket', fill(words.buttons.open_ticket, { ticket: ticket.shortId }), at),
    ],
  );
}

/** One thing that happened, in a sentence. */
export function historyLine(line: HistoryLine, words: Words): TextBlock {
  const { at, kind, by, text: written, code, names: named, facts } = line;
  const say = words.history;
  const who = doer(by, words);
  const why = code === undefined ? '' : whyOf(code, { ...facts, name: named[0] ?? say.someone }, words);
  const sentence = fill(special(line, words) ?? entry(say.events, kind) ?? say.events.generic, {
    who,
    why,
    kind: plain(kind, 40),
    names: named.length > 0 ? names(named.slice(0, 4).map((name) => ({ name }))) : say.someone,
    text: written === undefined ? '…' : plain(written, 200),
  });
  return text(`${stamp(at)} · ${sentence.trim()}`, { size: 'small', spacing: 'small', separator: true });
}

/** Of an event that can mean two things, the rarer one. */
function special({ kind, by, names: [name], facts }: HistoryLine, { history: say }: Words): string | undefined {
  if (kind === 'passkeys-taken-back' && facts['methodIds'] === 0) return say.noKeys;
  return kind === 'assigned' && name !== undefined && name === by.name ? say.looksAfter : undefined;
}

function doer({ kind, name }: HistoryLine['by'], words: Words): string {
  if (kind === 'service') return words.product;
  if (kind === 'workstation') return words.helpdesk.workstation;
  return name === undefined ? words.history.erased : plain(name, 60);
}
