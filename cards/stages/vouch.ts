import { type TicketView } from '../../bot/tickets/view';
import { ticketButton } from '../actions';
import { type TextInput } from '../card';
import { problem, quiet, text } from '../elements';
import { fill } from '../fill';
import { INPUT } from '../inputs';
import { time } from '../moments';
import { names } from '../people';
import { plain } from '../plain';
import { stayingKeys } from '../removals';
import { type Words } from '../words/en';
import { otherWay } from './choose';
import { type ProgressModel, type Stage } from './stage';

const TRIES = 3;

/** The code from the approver. */
export function vouch(model: ProgressModel, words: Words): Stage {
  const { view } = model;
  const say = words.progress.vouch;
  if (view.vouch.triesLeft === 0)
    return { title: say.dead, body: [text(say.deadText), text(dead(view, words))], actions: [], tellsWhyStuck: true };
  const approver = names(view.approvals.map(({ by }) => by));
  const code: TextInput = {
    type: 'Input.Text',
    id: INPUT.code,
    label: say.label,
    isRequired: true,
    errorMessage: say.invalid,
    regex: '^\\s*(\\d\\s*){6}$',
    // Six digits and the spaces that people type between them.
    maxLength: 12,
    placeholder: '000 000',
  };
  const wrong = view.vouch.triesLeft < TRIES;
  return {
    title: fill(say.title, { approver }),
    body: [
      text(fill(view.hander ? say.textOther : say.text, { approver, subject: plain(view.subject.name, 60) })),
      quiet(say.tip),
      code,
      wrong ? problem(fill(say.left, { count: view.vouch.triesLeft })) : undefined,
    ],
    actions: [
      ticketButton(view, 'vouch', words.buttons.vouch, { style: 'positive', inputs: true }),
      otherWay(model, words),
    ],
  };
}

/** What now: whoever cancels while a lost key is still to go leaves it usable. */
function dead(view: TicketView, words: Words): string {
  const { deadLost, deadCancel, deadCall } = words.progress.vouch;
  const keys = stayingKeys(view);
  if (keys !== '' && view.removalsBy) return fill(deadLost, { names: keys, when: time(view.removalsBy) });
  return keys === '' && view.can.includes('cancel') ? deadCancel : deadCall;
}
