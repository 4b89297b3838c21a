import { type WorkstationRef } from '../bot/tickets/ticket';
import { type TicketView } from '../bot/tickets/view';
import { ticketButton } from './actions';
import { type CardElement, type ExecuteAction } from './card';
import { box, buttons, letters, quiet, subheading, text } from './elements';
import { fill } from './fill';
import { type FieldProblem } from './inputs';
import { time } from './moments';
import { plain } from './plain';
import { saidOf } from './said';
import { pairButton, workstationChoice } from './workstation-choice';
import { type Words } from './words/en';

interface SigningModel {
  view: TicketView;
  jobNumber?: string;
  workstations?: readonly WorkstationRef[];
  problems?: readonly FieldProblem[];
}

/** Under step-up: that the approver's own key will be asked, where, and why the last time came to nothing. */
export function signingAsked(
  { view, workstations, problems = [] }: SigningModel,
  words: Words,
): (CardElement | undefined)[] {
  if (!view.stepUp) return [];
  const say = words.stepUp;
  const { mine } = view.stepUp;
  const why = mine?.state === 'failed' ? saidOf(mine.code ?? '', undefined, words) : undefined;
  const failed =
    mine?.state === 'failed'
      ? box('warning', [
          text(say.failed, { weight: 'bolder' }),
          text(why?.say ?? say.failedText, { spacing: 'small' }),
          why ? text(why.todo, { spacing: 'small' }) : undefined,
        ])
      : undefined;
  const unpaired = problems.some(({ code }) => code === 'step-up-no-workstation');
  const pairing = unpaired ? buttons([pairButton(words)]) : undefined;
  return [failed, text(say.ask, { spacing: 'small' }), workstationChoice(workstations, say.which), pairing];
}

/** While the approver's own key is asked: what to do at the workstation, in place of the question. */
export function signingNow(
  { view, jobNumber }: SigningModel,
  words: Words,
): { body: (CardElement | undefined)[]; actions: (ExecuteAction | undefined)[] } | undefined {
  const mine = view.stepUp?.mine;
  if (!mine || mine.state === 'failed') return undefined;
  const say = words.stepUp;
  const workstation = plain(mine.workstation.name, 60);
  const refresh = ticketButton(view, 'refresh', words.buttons.refresh);
  if (mine.state === 'started') {
    const body = [subheading(fill(say.started, { workstation })), text(say.startedText), quiet(say.notYet)];
    return { body, actions: [refresh] };
  }
  const number = jobNumber === undefined ? undefined : letters(jobNumber);
  const until = quiet(fill(say.numberTip, { when: time(mine.validUntil) }));
  const body = [
    subheading(say.offered),
    box('accent', [text(fill(say.number, { workstation })), number, until]),
    quiet(say.notYet),
  ];
  return { body, actions: [ticketButton(view, 'approve', words.buttons.start_again), refresh] };
}
