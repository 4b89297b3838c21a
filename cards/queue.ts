import { type QueuePart } from '../bot/tickets/queue';
import { type Moment } from '../bot/tickets/ticket';
import { type TicketView } from '../bot/tickets/view';
import { button, link, unfolding } from './actions';
import { type AdaptiveCard, type CardElement, type ChoiceSetInput, type ShowCardAction } from './card';
import { box, card, heading, present, quiet, text } from './elements';
import { fill } from './fill';
import { INPUT } from './inputs';
import { dayAndTime, stamp } from './moments';
import { lookedAfterBy, recipientIn } from './people';
import { plain } from './plain';
import { ticketRow } from './ticket-row';
import { type Words } from './words/en';

export interface QueueModel {
  part: QueuePart;
  /** Its tickets as the helpdesk sees them, in the queue's own order; at most ten. */
  page: readonly TicketView[];
  /** On the first page. A figure of `most` says "as many, or more". */
  counts?: { overdue: number; unassigned: number; mine: number };
  most: number;
  /** The mark of the next page. */
  next?: string;
  /** What was typed, where it names no part. */
  unknown?: string;
  /** In a group chat or channel, for this reader alone: without what belongs into the own chat. */
  inPlace?: true;
  /** Until when the tenant's limit of requests is reached; undefined: it is not. */
  fullUntil?: Moment;
}

/** Those with a button of their own; the others are in a list. */
const NEAR: readonly QueuePart[] = ['overdue', 'mine', 'unassigned'];
const OTHERS: readonly QueuePart[] = [
  ...(['all', 'oldest', 'on-helpdesk', 'on-approver'] as const),
  ...(['on-recipient', 'on-workstation', 'on-service'] as const),
];

/** The helpdesk's open tickets, or a part of them: what is stuck and what is overdue comes first. */
export function queueCard(model: QueueModel, words: Words): AdaptiveCard {
  const { part, page, next, unknown } = model;
  const say = words.queueMore;
  const named = part === 'all' ? undefined : text(words.queueParts[part], { weight: 'bolder', spacing: 'none' });
  const empty = next === undefined ? words.queueNone[part] : say.pageEmpty;
  const near = NEAR.filter((one) => one !== part).map((one) =>
    button('queue', words.queueParts[one], { subject: one }),
  );
  const files = (['csv', 'jsonl'] as const).map((format) =>
    button('export', words.buttons[`export_${format}`], { subject: `${format}~${part}` }),
  );
  return card(
    words,
    words.queue.title,
    [
      model.inPlace && quiet(words.shared.onlyYou),
      heading(words.queue.title),
      named,
      unknown === undefined ? undefined : quiet(fill(say.unknownPart, { said: plain(unknown, 60) })),
      counts(model, words),
      model.fullUntil === undefined ? undefined : full(model.fullUntil, words),
      ...(page.length === 0 ? [text(empty)] : page.map((view) => ticketRow(view, words, second(view, words)))),
    ],
    [
      next === undefined ? undefined : button('queue', words.buttons.next_page, { subject: `${part}~${next}` }),
      ...near,
      others(model, words),
      model.inPlace ? undefined : unfolding(words.buttons.export_, files),
    ],
  );
}

/** New requests are refused just now: that is unusual, and may be an attack. */
function full(until: Moment, words: Words): CardElement {
  return box('attention', [text(`! ${fill(words.block.queueFull, { when: dayAndTime(until) })}`)]);
}

/** The parts without a button of their own, and the way out. */
function others({ part, inPlace }: QueueModel, words: Words): ShowCardAction {
  const value = OTHERS.includes(part) ? part : 'all';
  const list: ChoiceSetInput = {
    type: 'Input.ChoiceSet',
    id: INPUT.list,
    label: words.queueMore.which,
    style: 'compact',
    value,
    choices: OTHERS.map((one) => ({ title: words.queueParts[one], value: one })),
  };
  const show = button('queue', words.buttons.show_list, { inputs: true });
  const refresh = button('queue', words.buttons.refresh, { subject: part });
  const home = inPlace ? undefined : button('home', words.buttons.home);
  return {
    type: 'Action.ShowCard',
    title: words.buttons.filter_,
    card: { type: 'AdaptiveCard', body: [list], actions: present([show, refresh, home]) },
  };
}

function figure(count: number, most: number, words: Words): string {
  return count < most ? String(count) : fill(words.queueMore.orMore, { count: most });
}

function counts({ counts: all, most }: QueueModel, words: Words) {
  if (!all || Object.values(all).every((count) => count === 0)) return undefined;
  const line = fill(words.queueMore.counts, {
    overdue: figure(all.overdue, most, words),
    unassigned: figure(all.unassigned, most, words),
    mine: figure(all.mine, most, words),
  });
  return all.overdue > 0 ? text(`! ${line}`, { weight: 'bolder' }) : text(line, { isSubtle: true });
}

function waits(view: TicketView, words: Words): string {
  const say = words.queue;
  const step = view.steps.find(({ state }) => state === 'now' || state === 'parked');
  if (step?.state === 'parked') return `**! ${fill(say.stuck, { step: words.steps[step.id].later })}**`;
  if (view.desk?.waitsOn === 'helpdesk') return `**! ${words.queueMore.stuck}**`;
  const who = step && fill(say.who[step.who], { name: plain(recipientIn(view).name, 60) });
  return fill(say.waitsOn, { who: who ?? words.statuses[view.status] });
}

function second(view: TicketView, words: Words): string {
  const say = words.queue;
  const assigned = lookedAfterBy(view);
  return [
    ...(view.desk?.overdue ? [`**! ${say.late}**`] : []),
    waits(view, words),
    fill(say.since, { when: stamp(view.openedAt) }),
    ...(assigned ? [fill(words.queueMore.assigned, { name: plain(assigned.name, 60) })] : []),
  ].join(' · ');
}

export interface SharedQueueModel {
  part: QueuePart;
  counts: { overdue: number; unassigned: number };
  most: number;
  at: Moment;
  /** Opens the reader's own chat with the bot. */
  chat?: string;
}

/**
 * The queue where it stands for everybody in a group chat or channel: figures alone, for who is there tomorrow reads
 * them too. The helpdesk's own clients put the requests in its place.
 */
export function sharedQueueCard({ part, counts: all, most, at, chat }: SharedQueueModel, words: Words): AdaptiveCard {
  const { counts: say, hint } = words.sharedQueue;
  const figures = {
    overdue: figure(all.overdue, most, words),
    unassigned: figure(all.unassigned, most, words),
  };
  return card(
    words,
    words.queue.title,
    [
      heading(words.queue.title),
      text(all.overdue > 0 ? `**! ${fill(say, figures)}**` : fill(say, figures)),
      quiet(fill(hint, { when: stamp(at) })),
    ],
    [
      button('queue', words.sharedQueue.show, { subject: part }),
      chat === undefined ? undefined : link(words.shared.chat, chat),
    ],
  );
}
