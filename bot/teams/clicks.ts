import { type AdaptiveCard, refusalCard } from '../../cards';
import { act, workstationsOf } from '../service';
import { type CardSlot } from '../tickets/effects';
import { type TicketVerb } from '../tickets/verbs';
import {
  type Asker,
  changeWorkstation,
  form,
  helpdeskQueue,
  home,
  ownTickets,
  pair,
  request,
  toDecide,
  workstations,
} from './desk';
import { outcomeCard } from './render';
import { type Click } from './said-and-clicked';

/** Buttons on cards of one role: the reply is the same kind of card. */
const SLOTS: Readonly<Partial<Record<TicketVerb, CardSlot>>> = {
  approve: 'approval',
  deny: 'approval',
  'take-over': 'helpdesk',
  retry: 'helpdesk',
  comment: 'helpdesk',
  thaw: 'helpdesk',
};

async function ticketClick(asker: Asker, verb: TicketVerb, click: Click): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  const { ticket, nonce, how, denial, comment, code, workstation } = click;
  if (!ticket || !nonce) return refusalCard({ code: 'ticket-unknown' }, words);
  // A submitted click is answered by a message, which stays in the chat: no pass ever goes there.
  if (verb === 'show' && click.by === 'submit')
    return refusalCard({ code: 'show-needs-execute', ticket: { id: ticket, nonce } }, words);
  const text = denial ?? comment;
  // A list sends what was chosen as an input; a button for one workstation names it.
  const chosen = workstation ?? click.subject;
  const outcome = await act(deps, member, {
    ticket,
    verb,
    nonce,
    ...(how && { how }),
    ...(text !== undefined && { text }),
    ...(code !== undefined && { code }),
    ...(chosen && { workstation: chosen }),
  });
  const slot = SLOTS[verb];
  const choosing = outcome.details?.view.can.includes('choose-workstation') === true;
  const own = choosing ? (await workstationsOf(deps, member)).filter(({ state }) => state === 'active') : undefined;
  return outcomeCard(outcome, words, { ...(slot && { slot }), ...(own && { workstations: own }) });
}

/** What a button brings about: the card that answers it. */
export function clicked(asker: Asker, click: Click): Promise<AdaptiveCard> {
  switch (click.verb) {
    case 'home':
      return home(asker);
    case 'ask':
      return form(asker, { for: 'me', flow: click.flow ?? 'onboarding' });
    case 'ask-other':
      return form(asker, { for: 'other', flow: click.flow ?? 'onboarding' });
    case 'send-request':
    case 'check-ready':
      return request(asker, click);
    case 'my-tickets':
      return ownTickets(asker);
    case 'waiting':
      return toDecide(asker);
    case 'queue':
      return helpdeskQueue(asker, click.subject);
    case 'pair':
      return pair(asker, click.subject === 'desk' ? 'desk' : 'own');
    case 'workstations':
      return workstations(asker);
    case 'confirm-workstation':
      return changeWorkstation(asker, 'confirm', click.subject ?? '');
    case 'refuse-workstation':
    case 'remove-workstation':
      return changeWorkstation(asker, 'remove', click.subject ?? click.workstation ?? '');
    case 'open-ticket':
    case 'approve':
    case 'deny':
    case 'show-vouch-code':
    case 'cancel':
    case 'choose-workstation':
    case 'choose-pass':
    case 'vouch':
    case 'start-job':
    case 'prepare-show':
    case 'show':
    case 'finish':
    case 'signed-in':
    case 'take-over':
    case 'retry':
    case 'comment':
    case 'not-me':
    case 'thaw':
    case 'refresh':
      return ticketClick(asker, click.verb, click);
  }
}
