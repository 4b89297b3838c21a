import { type TicketView } from '../bot/tickets/view';
import { asking, ticketButton } from './actions';
import { type CardElement, type ShowCardAction } from './card';
import { box, buttons, quiet, text } from './elements';
import { fill } from './fill';
import { INPUT } from './inputs';
import { plain } from './plain';
import { saidOf } from './said';
import { type Words } from './words/en';

/** Most that a number and a link may have: the same as in the rules of tickets. */
const NUMBER_AT_MOST = 40;
const LINK_AT_MOST = 500;

/** An address for a Markdown link: no sign of its own ends it. The heart has seen to it that it is https. */
function inMarkdown(url: string): string {
  return new URL(url).href.replace(/[()[\]<>"'`\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What the ticket is called in another system, with the way there; undefined where it has no number yet. */
export function outerNumber({ outer }: TicketView, words: Words): CardElement[] {
  if (!outer?.number) return [];
  const { number, url, by } = outer.number;
  const say = words.outer;
  const title = fill(say.number, { system: say.systems[by] });
  const shown = plain(number, NUMBER_AT_MOST);
  return [quiet(`${title}: **${url === undefined ? shown : `[${shown}](${inMarkdown(url)})`}**`)];
}

/** Who outside is not told, and why: for the helpdesk. */
function failures({ outer }: TicketView, words: Words): CardElement[] {
  const say = words.outer;
  return (outer?.failed ?? []).map(({ to, code }) => {
    const said = saidOf(code, undefined, words);
    return box('warning', [
      text(`! ${fill(say.failed, { system: say.systems[to] })}`, { weight: 'bolder' }),
      ...(said ? [text(said.say, { spacing: 'small' }), text(said.todo, { spacing: 'small' })] : []),
      quiet(say.failedNote),
    ]);
  });
}

function typing(view: TicketView, words: Words): ShowCardAction | undefined {
  const say = words.outer;
  const now = view.outer?.number;
  return asking(
    words.buttons.outer_number_,
    [
      {
        ...{ type: 'Input.Text', id: INPUT.outerNumber, label: say.numberLabel, placeholder: say.numberHint },
        ...{ isRequired: true, errorMessage: say.numberMissing, maxLength: NUMBER_AT_MOST },
        ...(now && { value: now.number }),
      },
      {
        ...{ type: 'Input.Text', id: INPUT.outerLink, label: say.linkLabel, placeholder: say.linkHint },
        ...{ maxLength: LINK_AT_MOST },
        ...(now?.url !== undefined && { value: now.url }),
      },
    ],
    ticketButton(view, 'outer-number', words.buttons['outer-number'], { inputs: true }),
  );
}

/** The link to the outer ticket system, as the helpdesk sees it: the number, a place to type one, and what is wrong. */
export function outerLink(view: TicketView, words: Words): CardElement[] {
  const action = typing(view, words);
  return [...outerNumber(view, words), ...(action ? [buttons([action])] : []), ...failures(view, words)];
}
