import { type Status } from '../bot/tickets/ticket';
import { type TicketView } from '../bot/tickets/view';
import { type Color, type ColumnSet } from './card';
import { column, quiet, text } from './elements';
import { type Words } from './words/en';

const SIGN: Record<Status, string> = {
  waiting: '●',
  approved: '●',
  done: '✓',
  denied: '✕',
  cancelled: '✕',
  expired: '✕',
  frozen: '!',
};

const COLOR: Record<Status, Color> = {
  waiting: 'warning',
  approved: 'accent',
  done: 'good',
  denied: 'attention',
  cancelled: 'default',
  expired: 'default',
  frozen: 'attention',
};

/** The first line of every card of a ticket: what it is and its number on the left, how it stands on the right. */
export function header(view: Pick<TicketView, 'status' | 'flow' | 'shortId'>, words: Words): ColumnSet {
  const { status, flow, shortId } = view;
  const standing = `${SIGN[status]} ${words.statuses[status]}`;
  return {
    type: 'ColumnSet',
    columns: [
      column('stretch', [quiet(`${words.flows[flow]} · ${shortId}`)]),
      column('auto', [text(standing, { size: 'small', weight: 'bolder', color: COLOR[status], spacing: 'small' })]),
    ],
  };
}
