import { type StepView } from '../bot/tickets/plan';
import { type TicketView } from '../bot/tickets/view';
import { type Color, type ColumnSet, type Container } from './card';
import { column, subheading, text } from './elements';
import { time } from './moments';
import { type Words } from './words/en';

type Mark = keyof Words['marks'];

const SIGN: Record<Mark, string> = { done: '✓', now: '●', next: '○', later: '○', parked: '!', skipped: '–' };
const COLOR: Partial<Record<Mark, Color>> = { done: 'good', now: 'accent', parked: 'attention' };

/** Where a step stands, in one word. The first of those to come is `next`; in a ticket that has ended they are `skipped`. */
export function marksOf(view: Pick<TicketView, 'steps' | 'status'>): Mark[] {
  const open = view.status === 'waiting' || view.status === 'approved';
  const next = view.steps.findIndex(({ state }) => state === 'later');
  return view.steps.map(({ state }, at) => {
    if (state !== 'later') return state;
    if (!open) return 'skipped';
    return at === next ? 'next' : 'later';
  });
}

/** The steps of a ticket, one a line: a sign, the step, and the sign again in a word. */
export function steps(view: TicketView, words: Words): Container {
  const marks = marksOf(view);
  return {
    type: 'Container',
    spacing: 'medium',
    items: [
      subheading(words.progress.steps, { spacing: 'none' }),
      ...view.steps.map((step, at) => line(step, marks[at] ?? 'later', words)),
    ],
  };
}

function line(step: StepView, mark: Mark, words: Words): ColumnSet {
  const names = words.steps[step.id];
  const name = mark === 'done' ? names.done : mark === 'now' || mark === 'parked' ? names.now : names.later;
  const color = COLOR[mark];
  const alive = mark === 'now' || mark === 'parked';
  const look = { ...(color && { color }), ...(alive && { weight: 'bolder' as const }) };
  const when = step.at === undefined ? words.marks[mark] : `${words.marks[mark]} ${time(step.at)}`;
  return {
    type: 'ColumnSet',
    spacing: 'small',
    columns: [
      column('auto', [text(SIGN[mark], { ...look, weight: 'bolder' })]),
      column('stretch', [text(name, alive ? { weight: 'bolder' } : { isSubtle: mark !== 'done' })]),
      {
        ...column('auto', [text(when, { size: 'small', ...(alive ? look : { isSubtle: true }) })]),
        verticalContentAlignment: 'center',
      },
    ],
  };
}
