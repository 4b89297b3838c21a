import { type Ticket, type Told } from '../bot/tickets/ticket';
import { type Facts } from './fill';
import { escapeHtml, page, paragraph } from './html';
import { askedSentence, decidedSentence } from './mail';
import { freezeKeepsKeys } from './removals';
import { saidOf } from './said';
import { type Words } from './words/en';

/** What the page behind a mail's link shows. */
export interface NotMeModel {
  ticket: Ticket;
  told: Told;
  /** Whether stopping it blocks signing in as well. */
  blocks: boolean;
  state: 'ask' | 'stopped' | 'over';
  /** Why there is nothing to stop (any more). */
  refusal?: { code: string; facts?: Facts };
}

/** A page that asks once more before it stops a request: opening it does nothing, and it needs no script. */
export function notMePage(model: NotMeModel, words: Words): string {
  const { ticket, told, state } = model;
  const say = words.notMe;
  const above = `<p class="quiet">${escapeHtml(`${words.flows[ticket.flow]} · ${ticket.shortId}`)}</p>`;
  const whole = (title: string, body: string) => page(title, `${above}<h1>${escapeHtml(title)}</h1>${body}`, words);
  const happened = paragraph(askedSentence(ticket, words)) + paragraph(decidedSentence(ticket, words));
  switch (state) {
    case 'ask':
      return whole(told.via === 'other-address' ? say.titleOwn : say.title, happened + question(model, words));
    case 'stopped':
      return whole(say.stopped, paragraph(say.stoppedText) + paragraph(say.stoppedTodo));
    case 'over':
      return whole(say.over, happened + reason(model.refusal, words));
  }
}

function question({ ticket, blocks }: NotMeModel, words: Words): string {
  const say = words.notMe;
  const keeps = freezeKeepsKeys(ticket) ? [say.keeps] : [];
  const effects = [say.pass, say.key, say.sessions, ...(blocks ? [say.blocks] : []), ...keeps, say.helpdesk];
  return [
    `<section>${paragraph(say.what)}<ul>${effects.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>`,
    paragraph(say.undone),
    `<form method="post"><button type="submit">${escapeHtml(say.stop)}</button></form>`,
    paragraph(say.keep),
    '</section>',
  ].join('');
}

function reason(refusal: NotMeModel['refusal'], words: Words): string {
  const said = refusal && saidOf(refusal.code, refusal.facts, words);
  const { say, todo } = said ?? { say: words.refusal.generic, todo: words.refusal.genericTodo };
  return paragraph(say) + paragraph(todo);
}

/** A page that says why a link leads nowhere, by a fault's code. */
export function notMeTrouble(code: string, words: Words): string {
  const said = saidOf(code, undefined, words);
  const { say, todo } = said ?? { say: words.error.generic, todo: words.notMe.again };
  const { title } = words.error;
  return page(title, `<h1>${escapeHtml(title)}</h1>${paragraph(say)}${paragraph(todo)}`, words);
}
