import { type HistoryPage } from '../bot/tickets/desk-lines';
import { type PersonRef } from '../bot/tickets/people';
import { type TicketView } from '../bot/tickets/view';
import { asking, ticketButton, unfolding } from './actions';
import { risks } from './approval';
import { canDo } from './can-do';
import { approverName } from './approver-name';
import { type AdaptiveCard, type CardElement } from './card';
import { assigning, lookingBack, posting } from './desk-actions';
import { card, facts, heading, quiet, subheading, text } from './elements';
import { fill } from './fill';
import { header } from './header';
import { historyLine } from './history';
import { type FieldProblem, INPUT } from './inputs';
import { keyFound } from './key-found';
import { dayAndTime, stamp } from './moments';
import { outerLink } from './outer';
import { lookedAfterBy, names } from './people';
import { plain } from './plain';
import { cancelButton, stuck } from './progress';
import { removals } from './removals';
import { problemLine } from './said';
import { stageOf } from './stages/stage-of';
import { steps } from './steps';
import { standing } from './ticket-row';
import { type Words } from './words/en';

export interface HelpdeskTicketModel {
  view: TicketView;
  /** What happened last. Read when somebody looks: a posted card is without. */
  history?: HistoryPage;
  /** The others of the helpdesk, likewise. */
  colleagues?: readonly PersonRef[];
  problems?: readonly FieldProblem[];
}

const COMMENTS = 5;
/** Most that a comment may have: the same as in the rules of tickets. */
const COMMENT_AT_MOST = 1000;

/** A ticket as the helpdesk sees it: everybody in it, its comments and its history, and what the helpdesk may do. */
export function helpdeskTicketCard(model: HelpdeskTicketModel, words: Words): AdaptiveCard {
  const { view, history, colleagues, problems = [] } = model;
  const open = view.status === 'waiting' || view.status === 'approved';
  const first = view.freeze?.thawSaidBy === undefined;
  const stage = open ? undefined : stageOf({ view }, words);
  return card(
    words,
    `${words.flows[view.flow]}: ${words.statuses[view.status]}`,
    [
      header(view, words),
      heading(plain(view.subject.name, 60)),
      text(stage?.title ?? standing(view, words), { spacing: 'none' }),
      ...problems.map((one) => problemLine(one, words)),
      stuck(model, words, 'helpdesk'),
      canDo(view, words),
      ...(stage?.body ?? []),
      people(view, words),
      risks(view, words),
      ...outerLink(view, words),
      keyFound(view, words),
      removals(view, words, 'helpdesk'),
      steps(view, words),
      ...section(words.helpdesk.comments, view.comments.slice(-COMMENTS), ({ by, at, text: said }) =>
        text(`${plain(said, 300)} · **${plain(by.name, 60)}**, ${stamp(at)}`, { spacing: 'small' }),
      ),
      ...section(words.helpdesk.history, history?.lines ?? [], (line) => historyLine(line, words)),
      history && history.older > 0 ? quiet(fill(words.history.older, { count: history.older })) : undefined,
    ],
    [
      ticketButton(view, 'retry', words.buttons.retry, { style: 'positive' }),
      ticketButton(view, 'take-over', words.buttons['take-over'], { style: 'positive' }),
      comment(view, words),
      asking(
        first ? words.buttons.thaw_ : words.buttons.thaw_second_,
        [text(first ? words.helpdesk.thawAsk : words.helpdesk.thawSecond)],
        ticketButton(view, 'thaw', words.buttons.thaw, { style: 'positive' }),
      ),
      lifting(view, words),
      // In this order they stand in two rows on a phone.
      posting(view, words),
      unfolding(words.buttons.more_about_, [...refresh(view, words), ...lookingBack(view, words)]),
      assigning(view, words, colleagues),
      cancelButton(model, words),
    ],
  );
}

/** Lets the same be asked again after a denial that bars repeats; the reason is kept. */
function lifting(view: TicketView, words: Words) {
  const say = words.block;
  return asking(
    words.buttons.lift_,
    [
      {
        type: 'Input.Text',
        id: INPUT.denial,
        label: say.liftWhy,
        isMultiline: true,
        isRequired: true,
        errorMessage: say.liftMissing,
        maxLength: 500,
      },
    ],
    ticketButton(view, 'lift-block', words.buttons['lift-block'], { inputs: true }),
  );
}

function refresh(view: TicketView, words: Words) {
  const button = ticketButton(view, 'refresh', words.buttons.refresh);
  return button ? [button] : [];
}

function people(view: TicketView, words: Words): CardElement {
  const say = words.progress;
  const asked = view.approvers.map((one) => {
    const { approved, denied, open, notReached } = words.helpdesk;
    const silent = one.reached ? open : notReached;
    const absent = one.away === undefined ? silent : fill(words.delegate.away, { when: dayAndTime(one.away) });
    const decided = one.approved ? approved : one.denied && denied;
    return `${approverName(one, words)} (${decided ?? absent})`;
  });
  const desk = lookedAfterBy(view);
  return facts([
    [say.requester, names([view.requester])],
    view.hander ? [say.hander, names([view.hander])] : undefined,
    [say.reason, plain(view.reason, 200)],
    [say.opened, dayAndTime(view.openedAt)],
    view.status === 'waiting' || view.status === 'approved' || desk
      ? [words.assigning.now, desk ? plain(desk.name, 60) : words.assigning.nobody]
      : undefined,
    view.told ? [words.helpdesk.told, toldText(view.told, words)] : undefined,
    asked.length > 0 ? [words.helpdesk.asked, asked.join(', ')] : undefined,
    view.workstation ? [words.helpdesk.workstation, plain(view.workstation.name, 60)] : undefined,
    view.unreached.length > 0
      ? [words.helpdesk.notReached, names(view.unreached.map(({ person }) => person))]
      : undefined,
  ]);
}

function toldText({ name, via, failed }: NonNullable<TicketView['told']>, words: Words): string {
  const say = words.helpdesk;
  const who = fill(say.toldVia[via], { name: plain(name, 60) });
  return failed ? `${who} (${say.toldFailed})` : who;
}

function section<T>(title: string, list: readonly T[], line: (one: T) => CardElement): CardElement[] {
  return list.length === 0 ? [] : [subheading(title), ...list.map(line)];
}

function comment(view: TicketView, words: Words) {
  const say = words.helpdesk;
  return asking(
    words.buttons.comment_,
    [
      {
        type: 'Input.Text',
        id: INPUT.comment,
        label: say.comment,
        placeholder: say.commentHint,
        isMultiline: true,
        isRequired: true,
        errorMessage: say.commentMissing,
        maxLength: COMMENT_AT_MOST,
      },
    ],
    ticketButton(view, 'comment', words.buttons.comment, { inputs: true }),
  );
}
