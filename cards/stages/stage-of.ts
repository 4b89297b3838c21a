import { type StepId } from '../../bot/tickets/ticket';
import { type TicketView } from '../../bot/tickets/view';
import { text } from '../elements';
import { fill } from '../fill';
import { isRecipient, recipientIn } from '../people';
import { plain } from '../plain';
import { type Words } from '../words/en';
import { choose } from './choose';
import { cancelled, denied, done, expired, frozen } from './ended';
import { diagnose, reset } from './locked';
import { register } from './register';
import { appear, show, using } from './show';
import { type ProgressModel, type Stage } from './stage';
import { vouch } from './vouch';
import { waiting } from './waiting';

/** The step that a ticket stands at; undefined where it has ended. */
export function stepNow(view: Pick<TicketView, 'steps'>): StepId | undefined {
  return view.steps.find(({ state }) => state === 'now' || state === 'parked')?.id;
}

/** What a ticket's card says is now, to the one who looks at it. */
export function stageOf(model: ProgressModel, words: Words): Stage {
  const { status } = model.view;
  switch (status) {
    case 'waiting':
      return stepNow(model.view) === 'diagnose' ? diagnose(model, words) : waiting(model, words);
    case 'approved':
      return running(model, words);
    case 'done':
      return done(model, words);
    case 'denied':
      return denied(model, words);
    case 'cancelled':
      return cancelled(model, words);
    case 'expired':
      return expired(model, words);
    case 'frozen':
      return frozen(model, words);
  }
}

function running(model: ProgressModel, words: Words): Stage {
  const { view } = model;
  const first = stepNow(view);
  // A key that is empty is set up anew while its old passkey goes.
  const step = first === 'remove' && view.can.includes('start-job') ? 'register' : first;
  const { confirm, tidy, elsewhere, service } = words.progress;
  if (step === 'confirm') return quietly(confirm.title, confirm.text);
  if (step === 'tidy' && view.pass.liveUntil !== undefined && view.flow === 'pass') return using(model, words);
  if (step === 'tidy') return quietly(tidy.title, view.flow === 'pass' ? service.text : tidy.text);
  if (step === undefined || step === 'diagnose' || step === 'approve' || step === 'remove' || step === 'revoke')
    return quietly(service.title, service.text);
  if (!isRecipient(view)) {
    return quietly(elsewhere.title, fill(elsewhere.text, { name: plain(recipientIn(view).name, 60) }));
  }
  switch (step) {
    case 'choose':
      return choose(model, words);
    case 'vouch':
      return vouch(model, words);
    case 'reset':
      return reset(model, words);
    case 'register':
      return register(model, words);
    case 'show':
      return show(model, words);
    case 'appear':
      return appear(model, words);
  }
}

function quietly(title: string, sentence: string): Stage {
  return { title, body: [text(sentence)], actions: [] };
}
