import { Fault } from '../../agent/protocol/fault';
import { ticketMail, wordsFor } from '../../cards';
import { linkEnds, notMeLink } from '../service/not-me-link';
import { letterbox } from '../service/told';
import { plusMinutes } from '../tickets/time';
import { DONE, type Result, type Run } from './effect';

/** How long a mail is worth sending: after that the helpdesk knows that it was not. */
const TRY_MINUTES = 12 * 60;

/**
 * Tells whoever is told by mail. Where a reply was lost it is sent again: twice is better than never, and the second is
 * the same.
 */
export const mail: Run<'mail'> = async (deps, ticket, { about }) => {
  const { told } = ticket;
  const { mailbox } = deps.settings;
  if (!told || !mailbox || told.mails.some((sent) => sent.about === about) || ticket.freeze) return DONE;
  const failed = (code: string): Result => ({ kind: 'outcome', command: { kind: 'mail-failed', about, code } });
  const { address, locale } = await letterbox(deps, told);
  if (address === undefined) return failed('mail-no-address');
  const letter = ticketMail(
    { ticket, told, link: notMeLink(deps, ticket, told), until: linkEnds(ticket) },
    wordsFor(locale),
  );
  try {
    await deps.entra.mail.send(mailbox, { to: address, ...letter });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const since = about === 'opened' ? ticket.openedAt : (ticket.decidedAt ?? ticket.closedAt ?? ticket.openedAt);
    const tooLate = deps.now().toISOString() > plusMinutes(since, TRY_MINUTES);
    if (error.retry && !tooLate) throw error;
    return failed(error.code);
  }
  return { kind: 'outcome', command: { kind: 'mail-sent', about } };
};
