import { type Ticket, type Told } from '../bot/tickets/ticket';
import { fill } from './fill';
import { escapeHtml, moment, paragraph } from './html';
import { inert } from './plain';
import { type Words } from './words/en';

export interface MailModel {
  ticket: Ticket;
  told: Told;
  /** Where the reader can say that it is not right. */
  link: string;
  /** Until when the link holds. */
  until: string;
}

/** Who asked for what and when, in one sentence: of a mail, and of the page behind its link. */
export function askedSentence({ flow, requester, subject, openedAt }: Ticket, words: Words): string {
  const say = words.mail;
  const facts = {
    requester: inert(requester.name, 60),
    subject: inert(subject.name, 60),
    flow: words.flows[flow],
    when: moment(openedAt, words),
  };
  return fill(requester.id === subject.id ? say.askedSelf : say.asked, facts);
}

/** How it stands: nobody has decided, or who has, when, and how they recognised the subject. */
export function decidedSentence(ticket: Ticket, words: Words): string {
  const say = words.mail;
  const { status, approvals, denial, decidedAt } = ticket;
  if (denial) return fill(say.denied, { name: inert(denial.by.name, 60), when: moment(denial.at, words) });
  if (decidedAt === undefined) return status === 'waiting' ? say.waiting : say.ended;
  const names = approvals.map(({ by, how }) => `${inert(by.name, 60)} (${words.recognised[how]})`).join(', ');
  return fill(say.approved, { names, when: moment(decidedAt, words) });
}

/**
 * The mail to whoever is told of a request beside the subject's chat. It holds no secret, and nothing that anybody typed:
 * the reason would be a place for a thief to write to the reader.
 */
export function ticketMail({ ticket, told, link, until }: MailModel, words: Words): { subject: string; html: string } {
  const say = words.mail;
  const subject = inert(ticket.subject.name, 60);
  const own = told.via === 'other-address';
  const facts = { subject, name: inert(told.person.name, 60) };
  const line = (sentence: string) => paragraph(fill(sentence, facts));
  const button = escapeHtml(own ? say.linkOwn : say.link);
  return {
    subject: fill(say.title, { flow: words.flows[ticket.flow], ticket: ticket.shortId, subject }),
    html: [
      `<!doctype html><html lang="${words.lang}"><head><meta charset="utf-8"></head><body>`,
      line(say.hello),
      paragraph(askedSentence(ticket, words)),
      paragraph(decidedSentence(ticket, words)),
      line(say.fine),
      line(own ? say.stopOwn : say.stop),
      `<p><a href="${escapeHtml(link)}"><b>${button}</b></a></p>`,
      paragraph(fill(say.asksAgain, { until: moment(until, words) })),
      `<p><small>${escapeHtml(fill(own ? say.whyOwn : say.why, facts))}</small></p>`,
      '</body></html>',
    ].join('\n'),
  };
}
