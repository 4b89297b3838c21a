import { type StepView } from '../bot/tickets/plan';
import { type TicketView } from '../bot/tickets/view';
import { type Color, type ColumnSet, type Container } from './card';
import { column, subheading, text } from './elements';
import { time } from './moments';
import { type Words } from './words/en';

type Mark = keyof Words['marks'];

const SIGN: Record<Mark, string> = { done: '✓', now: '●', next: '○', later: '○', parked: '!' };
const COLOR: Partial<Record<Mark, Color>> = { done: 'good', now: 'accent', parked: 'attention' };

/** Where each step stands, in one word. The first of those to come is `next`. */
export function marksOf(list: readonly StepView[]): Mark[] {
  const next = list.findIndex(({ state }) => state === 'later');
  return list.map(({ state }, at) => (state === 'later' && at === next ? 'next' : state));
}

/** A group knows nothing of passes. */
type Progress = Pick<TicketView, 'flow' | 'status' | 'steps'> & Partial<Pick<TicketView, 'pass'>>;

/**
 * The steps of a ticket, one a line: a sign, the step, and the sign again in a word. Of a ticket that ended early only
 * those that were done; undefined where that is none.
 */
export function steps(view: Progress, words: Words): Container | undefined {
  const open = view.status === 'waiting' || view.status === 'approved';
  const list = open ? view.steps : view.steps.filter(({ state }) => state === 'done');
  if (list.length === 0) return undefined;
  const marks = marksOf(list);
  const inUse = view.flow === 'pass' && view.pass?.liveUntil !== undefined;
  return {
    type: 'Container',
    spacing: 'medium',
    items: [
      subheading(words.progress.steps, { spacing: 'none' }),
      ...list.map((step, at) => line(step, marks[at] ?? 'later', words, inUse)),
    ],
  };
}

function line(step: StepView, mark: Mark, words: Words, inUse: boolean): ColumnSet {
  const names = words.steps[step.id];
  const now = inUse && step.id === 'tidy' ? words.steps.tidy.used : names.now;
  const name = mark === 'done' ? names.done : mark === 'now' || mark === 'parked' ? now : names.later;
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
