import { type Refusal } from '../tickets/commands';
import { whyNoFreeze } from '../tickets/freeze';
import { type Ticket, type Told } from '../tickets/ticket';
import { type Deps, momentOf } from './deps';
import { dispatch } from './dispatch';
import { freezeCommand } from './freeze';
import { ticketOfLink } from './not-me-link';
import { settleNow } from './outbox';
import { letterbox } from './told';

/** A ticket as the page of its link shows it: to be stopped, stopped, or past it (then why). */
export interface NotMe {
  ticket: Ticket;
  told: Told;
  /** Of whoever the link was sent to: `de-DE`. */
  locale: string;
  /** Whether stopping it blocks signing in as well. */
  blocks: boolean;
  state: 'ask' | 'stopped' | 'over';
  refusal?: Refusal;
}

async function notMe(deps: Deps, ticket: Ticket, told: Told): Promise<NotMe> {
  const locale = await letterbox(deps, told).then(
    (box) => box.locale,
    () => deps.settings.language,
  );
  const blocks = ticket.freeze?.blocks ?? deps.settings.freezeBlocksSignIn;
  const shown = { ticket, told, locale, blocks };
  if (ticket.status === 'frozen') return { ...shown, state: 'stopped' };
  const refusal = whyNoFreeze(ticket, momentOf(deps));
  return refusal ? { ...shown, state: 'over', refusal } : { ...shown, state: 'ask' };
}

/** What a link is about. Changes nothing: whoever scans mails follows links. @throws Fault `link-odd`, `link-over` */
export async function notMeOf(deps: Deps, token: string): Promise<NotMe> {
  const { ticket, told } = await ticketOfLink(deps, token);
  return notMe(deps, ticket, told);
}

/**
 * Freezes the ticket of a link, in the name of whoever it was sent to. Said twice it is said once.
 * @throws Fault `link-odd`, `link-over`
 */
export async function sayNotMe(deps: Deps, token: string): Promise<NotMe> {
  const { ticket, told } = await ticketOfLink(deps, token);
  const by = { kind: 'person', ...told.person } as const;
  const command = { ...(await freezeCommand(deps, ticket, 'mail')), at: momentOf(deps), by };
  const { stored, repeated } = await dispatch(deps, ticket.id, command, `${ticket.id}~not-me~${told.person.id}`);
  if (!repeated) settleNow(deps, ticket.id);
  return notMe(deps, stored?.ticket ?? ticket, told);
}
