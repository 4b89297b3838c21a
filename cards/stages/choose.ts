import { ticketButton } from '../actions';
import { quiet, text } from '../elements';
import { fill } from '../fill';
import { plain } from '../plain';
import { pairButton, workstationChoice } from '../workstation-choice';
import { type Words } from '../words/en';
import { type ProgressModel, type Stage } from './stage';

/** Approved: at a workstation, or with a pass. */
export function choose({ view, workstations }: ProgressModel, words: Words): Stage {
  const say = words.progress.choose;
  const { workstation } = view;
  const desk = workstation?.kind === 'desk';
  const unpaired = !desk && workstations?.length === 0;
  const choice = desk ? undefined : workstationChoice(workstations, say.which);
  const only = desk ? workstation : workstations?.length === 1 ? workstations[0] : undefined;
  const atWorkstation = ticketButton(view, 'choose-workstation', words.buttons['choose-workstation'], {
    style: 'positive',
    inputs: choice !== undefined,
    ...(only && { subject: only.id }),
  });
  return {
    title: say.title,
    body: [
      text(desk ? fill(say.desk, { workstation: plain(workstation.name) }) : say.text),
      choice,
      unpaired ? quiet(say.unpaired) : undefined,
    ],
    actions: [
      unpaired ? pairButton(words, 'positive') : atWorkstation,
      ticketButton(view, 'choose-pass', words.buttons['choose-pass']),
    ],
  };
}

/** The button for the way that was not chosen, while that is still possible. */
export function otherWay({ view, workstations }: ProgressModel, words: Words) {
  if (view.way === 'workstation') return ticketButton(view, 'choose-pass', words.buttons.other_pass);
  if (workstations?.length === 0) return undefined;
  const first = workstations?.[0];
  const options = first ? { subject: first.id } : {};
  return ticketButton(view, 'choose-workstation', words.buttons.other_workstation, options);
}
