import { type AdaptiveCard, ALL, INPUT, refusalCard } from '../../cards';
import { act, type Outcome, workstationsOf } from '../service';
import { type CardSlot } from '../tickets/effects';
import { type TicketVerb } from '../tickets/verbs';
import { absence, sendAbsence, stopAbsence } from './absence';
import { type Asker, changeWorkstation, form, home, ownTickets, pair, request, toDecide, workstations } from './desk';
import { deliveries, helpdeskQueue, history, offerExport, who, withHelpdesk } from './helpdesk';
import { outcomeCard } from './render';
import { type Click } from './said-and-clicked';

/** Buttons on cards of one role: the reply is the same kind of card. */
const SLOTS: Readonly<Partial<Record<TicketVerb, CardSlot>>> = {
  approve: 'approval',
  deny: 'approval',
  'deny-block': 'approval',
  'lift-block': 'helpdesk',
  'take-over': 'helpdesk',
  retry: 'helpdesk',
  comment: 'helpdesk',
  assign: 'helpdesk',
  'assign-me': 'helpdesk',
  unassign: 'helpdesk',
  resend: 'helpdesk',
  'outer-number': 'helpdesk',
  thaw: 'helpdesk',
};

/** What a button of a ticket brings about, with what was typed and chosen on its card. */
export async function ticketOutcome(
  { deps, member }: Asker,
  verb: TicketVerb,
  click: Click,
  { ticket, nonce }: { ticket: string; nonce: string },
): Promise<Outcome> {
  const { how, denial, comment, code, workstation } = click;
  const text = verb === 'outer-number' ? click.outerNumber : (denial ?? comment);
  // A list sends what was chosen as an input; a button for one workstation names it.
  const chosen = workstation ?? click.subject;
  const person = click.colleague ?? (click.whose === ALL ? undefined : click.whose);
  return act(deps, member, {
    ticket,
    verb,
    nonce,
    ...(how && { how }),
    ...(text !== undefined && { text }),
    ...(code !== undefined && { code }),
    ...(click.outerLink !== undefined && { link: click.outerLink }),
    ...(chosen && { workstation: chosen }),
    ...(person !== undefined && { person }),
    ...(click.passkeys !== undefined && { passkey: click.passkeys }),
  });
}

async function ticketClick(asker: Asker, verb: TicketVerb, click: Click): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  const { ticket, nonce } = click;
  if (!ticket || !nonce) return refusalCard({ code: 'ticket-unknown' }, words);
  // A submitted click is answered by a message, which stays in the chat: no pass ever goes there.
  if (verb === 'show' && click.by === 'submit')
    return refusalCard({ code: 'show-needs-execute', ticket: { id: ticket, nonce } }, words);
  const outcome = await ticketOutcome(asker, verb, click, { ticket, nonce });
  const slot = SLOTS[verb];
  const can = outcome.details?.view.can ?? [];
  const choosing = can.includes('choose-workstation') || can.includes('diagnose');
  const signing = outcome.details?.view.stepUp !== undefined && can.includes('approve');
  const active = choosing || signing ? await workstationsOf(deps, member) : undefined;
  const own = active?.filter(({ state, kind }) => state === 'active' && (choosing || kind === 'own'));
  return outcomeCard(await withHelpdesk(asker, outcome, slot), words, {
    ...(slot && { slot }),
    ...(own && { workstations: own }),
  });
}

/** What a button brings about: the card that answers it. */
export function clicked(asker: Asker, click: Click): Promise<AdaptiveCard> {
  switch (click.verb) {
    case 'home':
      return home(asker);
    case 'away':
      return absence(asker);
    case 'send-away':
      return sendAbsence(asker, click);
    case 'end-away':
      return stopAbsence(asker, click.subject ?? '');
    case 'ask':
      return form(asker, { for: 'me', flow: click.flow ?? 'onboarding' });
    case 'ask-other':
      return form(asker, {
        ...{ for: 'other', flow: click.flow ?? 'onboarding' },
        ...(click.subject && { values: { [INPUT.person]: click.subject } }),
      });
    case 'send-request':
    case 'check-ready':
      return request(asker, click);
    case 'my-tickets':
      return ownTickets(asker);
    case 'waiting':
      return toDecide(asker);
    case 'queue':
      return helpdeskQueue(asker, click.subject ?? click.list);
    case 'history':
      return history(asker, click.ticket, click.subject);
    case 'deliveries':
      return deliveries(asker, click.ticket);
    case 'who':
      return who(asker, click.subject ?? '');
    case 'export':
      return offerExport(asker, click.subject, click.ticket);
    case 'pair':
      return pair(asker, click.subject === 'desk' ? 'desk' : 'own');
    case 'workstations':
      return workstations(asker);
    case 'confirm-workstation':
      return changeWorkstation(asker, 'confirm', click.subject ?? '');
    case 'refuse-workstation':
      return changeWorkstation(asker, 'refuse', click.subject ?? '');
    case 'remove-workstation':
      return changeWorkstation(asker, 'remove', click.subject ?? click.workstation ?? '');
    case 'open-ticket':
    case 'approve':
    case 'deny':
    case 'deny-block':
    case 'lift-block':
    case 'show-vouch-code':
    case 'cancel':
    case 'choose-workstation':
    case 'choose-pass':
    case 'vouch':
    case 'start-job':
    case 'diagnose':
    case 'forgotten':
    case 'pick-passkey':
    case 'not-needed':
    case 'prepare-show':
    case 'show':
    case 'finish':
    case 'signed-in':
    case 'take-over':
    case 'retry':
    case 'comment':
    case 'assign':
    case 'assign-me':
    case 'unassign':
    case 'nudge':
    case 'resend':
    case 'outer-number':
    case 'not-me':
    case 'thaw':
    case 'share':
    case 'unshare':
    case 'refresh':
      return ticketClick(asker, click.verb, click);
  }
}
