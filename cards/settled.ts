import { type TicketView } from '../bot/tickets/view';
import { ticketButton } from './actions';
import { type CardElement, type ExecuteAction } from './card';
import { box, quiet, text } from './elements';
import { fill } from './fill';
import { dayAndTime } from './moments';
import { plain } from './plain';
import { cancelled, denied, done, expired, frozen } from './stages/ended';
import { waiting } from './stages/waiting';
import { type Words } from './words/en';

interface Settled {
  body: (CardElement | undefined)[];
  actions: ExecuteAction[];
  tellsWhyStuck?: true;
}

/** What an approver reads who has nothing to decide (any more): who decided, how, and what is next. */
export function settled(view: TicketView, words: Words): Settled {
  const mine = view.approvals.find(({ by }) => by.id === view.viewer.id);
  const own =
    mine &&
    box('good', [
      text(`✓ ${words.approval.youApproved}`, { weight: 'bolder' }),
      quiet(fill(words.approval.youApprovedText, { how: words.recognised[mine.how], when: dayAndTime(mine.at) })),
      mine.proof ? quiet(words.stepUp.signed) : undefined,
    ]);
  if (view.status === 'waiting' && view.roles.includes('former-approver'))
    return { body: [own, text(words.delegate.noLonger)], actions: [] };
  switch (view.status) {
    case 'waiting':
      return { body: [own, text(words.approval.othersNeeded), ...waiting({ view }, words).body], actions: [] };
    case 'approved':
      return approved(view, own, words);
    case 'done':
      return ended(own, done({ view }, words));
    case 'denied':
      return ended(own, denied({ view }, words));
    case 'cancelled':
      return ended(own, cancelled({ view }, words));
    case 'expired':
      return ended(own, expired({ view }, words));
    case 'frozen':
      return ended(own, frozen({ view }, words));
  }
}

function approved(view: TicketView, own: CardElement | undefined, words: Words): Settled {
  const say = words.approval;
  const subject = { subject: plain(view.subject.name, 60) };
  if (!own) return { body: [text(say.decidedByOthers)], actions: [] };
  const code = ticketButton(view, 'show-vouch-code', words.buttons['show-vouch-code'], { style: 'positive' });
  if (code) return { body: [own, text(fill(say.giveCode, subject), { weight: 'bolder' })], actions: [code] };
  if (view.vouch.triesLeft === 0) {
    const todo = fill(view.can.includes('not-me') ? say.codeDeadStop : say.codeDeadTell, subject);
    return { body: [own, text(say.codeDead), text(todo)], actions: [], tellsWhyStuck: true };
  }
  const used = view.vouch.done ? text(fill(say.codeUsed, subject)) : undefined;
  return { body: [own, used], actions: [] };
}

function ended(
  own: CardElement | undefined,
  stage: { title: string; body: readonly (CardElement | undefined)[] },
): Settled {
  return { body: [own, text(stage.title, { weight: 'bolder' }), ...stage.body], actions: [] };
}
